package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.index.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a caller asks.
///
/// @param text the question as typed, not blank
/// @param collections where to look; empty: wherever the caller may read
/// @param documents likewise
/// @param period days that the documents are of
/// @param earlier the conversation so far, oldest first
/// @param conversation that it belongs to; empty where none is kept
/// @param compose whether a model may write an answer; otherwise it is quoted only
public record Question(
    String text,
    Set<CollectionId> collections,
    Set<DocumentId> documents,
    Period period,
    List<Turn> earlier,
    Optional<UUID> conversation,
    boolean compose) {
  /// Longer questions are pasted documents, which retrieval cannot use.
  public static final int MAX_CHARACTERS = 4_000;

  public Question {
    requireNonNull(text, "text");
    text = text.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("A question has words");
    }
    if (text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "A question has at most " + MAX_CHARACTERS + " characters");
    }
    collections = Set.copyOf(collections);
    documents = Set.copyOf(documents);
    requireNonNull(period, "period");
    earlier = List.copyOf(earlier);
    requireNonNull(conversation, "conversation");
  }

  /// A question by itself, anywhere.
  public static Question of(String text) {
    return new Question(text, Set.of(), Set.of(), Period.ALWAYS, List.of(), Optional.empty(), true);
  }

  /// A question asked before in this conversation, and what was answered.
  ///
  /// @param answer the released sentences; empty when it was refused or quoted only
  public record Turn(String question, String answer) {
    public Turn {
      requireNonNull(question, "question");
      requireNonNull(answer, "answer");
    }

    boolean isAnswered() {
      return !answer.isBlank();
    }

    /// @param sentences of the answer; those that were withheld are empty
    public static Turn of(String question, Stream<String> sentences) {
      return new Turn(
          question, sentences.filter(text -> !text.isEmpty()).collect(Collectors.joining(" ")));
    }
  }
}
