package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.model.ModelIdentity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What was answered, as it is recorded and released.
///
/// @param quotations the words that answer, best first; also when a composed answer follows
/// @param sources the passages that the sentences and the model worked with, by their numbers
/// @param model which wrote the sentences; empty when none took part
public record Answer(
    UUID id,
    Body body,
    List<Citation> quotations,
    List<Citation> sources,
    Optional<ModelIdentity> model,
    Optional<Note> note,
    Timings timings) {
  public Answer {
    requireNonNull(id, "id");
    requireNonNull(body, "body");
    quotations = List.copyOf(quotations);
    sources = List.copyOf(sources);
    requireNonNull(model, "model");
    requireNonNull(note, "note");
    requireNonNull(timings, "timings");
  }

  /// The three kinds of answer.
  public sealed interface Body {
    /// A model's sentences, each checked against the passages.
    ///
    /// @param sentences in order, those without support among them
    record Composed(List<Sentence> sentences) implements Body {
      public Composed {
        sentences = List.copyOf(sentences);
      }

      public long withheld() {
        return sentences.stream().filter(one -> one.verdict() == Verdict.WITHHELD).count();
      }
    }

    /// The quotations are the answer.
    record Quoted() implements Body {}

    /// The documents do not say it, as far as the caller may read them.
    ///
    /// @param nearest what comes nearest, for the caller to look
    record Refused(Reason reason, List<Citation> nearest) implements Body {
      public Refused {
        requireNonNull(reason, "reason");
        nearest = List.copyOf(nearest);
      }
    }
  }

  /// Why there is no answer.
  public enum Reason {
    /// Nothing that the caller may read has anything to do with the question.
    NOTHING_FOUND,
    /// What was found is near the question, but does not state its answer.
    NOT_STATED
  }

  /// A sentence of a composed answer.
  ///
  /// @param text without citation marks; empty when withheld: unsupported words are not released
  /// @param citations numbers of the sources that support it
  public record Sentence(String text, List<Integer> citations, Verdict verdict) {
    public Sentence {
      requireNonNull(text, "text");
      citations = List.copyOf(citations);
      if ((verdict == Verdict.SUPPORTED) == citations.isEmpty()) {
        throw new IllegalArgumentException("A sentence is supported by what it cites");
      }
    }
  }

  /// What checking a sentence against its passages found.
  public enum Verdict {
    SUPPORTED,
    WITHHELD
  }

  /// What the caller should know about how the answer came about.
  public enum Note {
    NO_MODEL("No language model is installed, so the answer is quoted from your documents."),
    MODEL_LOADING(
        "The language model is still loading, so the answer is quoted from your documents."),
    MODEL_BUSY("The language model is busy, so the answer is quoted from your documents."),
    MODEL_FAILED(
        "The language model could not write an answer, so it is quoted from your documents."),
    NOT_STATED_BY_MODEL(
        "The language model found no answer in these passages; they are what comes nearest to your"
            + " question."),
    NOTHING_SUPPORTED(
        "What the language model wrote is not supported by your documents, so the answer is quoted"
            + " from them."),
    BESIDE_THE_QUESTION(
        "What the language model wrote stands in your documents, but is not what comes nearest to"
            + " your question, so the answer is quoted from them.");

    private final String text;

    Note(String text) {
      this.text = text;
    }

    /// One sentence for the caller.
    public String text() {
      return text;
    }
  }

  /// Milliseconds since the question came in, and tokens. -1: did not happen.
  ///
  /// @param cachedTokens of the prompt's, those that the engine had read before
  public record Timings(
      long retrieveMillis,
      long quotationMillis,
      long firstTokenMillis,
      long totalMillis,
      int promptTokens,
      int cachedTokens,
      int generatedTokens) {}
}
