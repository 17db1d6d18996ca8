package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.answer.Answer.Body;
import dev.docent.answer.Answer.Note;
import dev.docent.answer.Answer.Reason;
import dev.docent.answer.Answer.Sentence;
import dev.docent.answer.Answer.Timings;
import dev.docent.answer.Answer.Verdict;
import dev.docent.answer.AnswerEvent.Step;
import dev.docent.answer.AnswerRecorder.Intent;
import dev.docent.answer.AnswerRecorder.Outcome;
import dev.docent.answer.AnswerRecorder.Receipt;
import dev.docent.index.SearchScope;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.model.LocalChatModel;
import dev.docent.model.ModelBusyException;
import dev.docent.model.ModelException;
import dev.docent.retrieve.Passage;
import dev.docent.retrieve.Retrieval;
import dev.docent.retrieve.Retriever;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The way of a question to an answer that can be checked.
///
/// ```
/// Question ─intent▶ ─retrieve▶ Passage* ─quote▶ ─prompt▶ model ─ground▶ Answer ─outcome▶ released
///  + Caller recorded under the │                         tokens    every       recorded
///                    caller's  └▶ nothing that           streamed  sentence is
///                    filter       answers: refused                 supported or
///                                                                  withheld
/// ```
///
/// The quotation, verbatim, is shown before the model writes a word; what the model writes is a
/// draft until it is checked. Without a model, or when it fails, the quotation is the answer.
///
/// Fails closed: without a durable intent nothing is retrieved, without a durable outcome nothing
/// is released. Safe for concurrent use. Owns none of its parts.
public final class Answerer {
  private static final int QUOTATIONS = 3;

  // Some sixty words. With the sentences around the likeliest one, one of three quotations holds
  // the
  // answer to .91 of SQuAD's questions, by itself to .885.
  private static final int QUOTATION_CHARACTERS = 350;

  private static final Draft NOTHING_WRITTEN = new Draft("", -1, -1, -1);

  private final AnswerRecorder recorder;
  private final Retriever retriever;
  private final Supplier<Optional<LocalChatModel>> model;
  private final AnswerLimits limits;
  private final Supplier<UUID> ids;
  private final QuotationFinder quotations;
  private final Grounding grounding;

  /// @param embeddings the model that made the index's vectors
  /// @param model the chat model as it is at the moment; empty while there is none
  /// @param ids a new answer's id
  public Answerer(
      AnswerRecorder recorder,
      Retriever retriever,
      OnnxEmbeddingModel embeddings,
      Supplier<Optional<LocalChatModel>> model,
      AnswerLimits limits,
      Supplier<UUID> ids) {
    this.recorder = requireNonNull(recorder, "recorder");
    this.retriever = requireNonNull(retriever, "retriever");
    this.model = requireNonNull(model, "model");
    this.limits = requireNonNull(limits, "limits");
    this.ids = requireNonNull(ids, "ids");
    this.quotations = new QuotationFinder(embeddings);
    this.grounding = new Grounding(embeddings);
  }

  /// Has a model read what every prompt begins with, so that the first question finds it in the
  /// engine's cache. Blocks.
  ///
  /// @throws ModelException when the model cannot be used
  public static void prepare(LocalChatModel model) {
    Prompt.begin(model);
  }

  /// Answers, and returns what was released. Blocks; call it on a virtual thread.
  ///
  /// @throws RecordUnavailableException when intent or outcome cannot be recorded
  /// @throws AnswerCancelledException when it was cancelled, by the handle or by interruption
  public Answer answer(
      Question question, Caller caller, AnswerListener listener, Cancellation cancellation) {
    Intent intent = recorder.intend(question, caller);
    Run run = new Run(intent, question, caller, listener, cancellation);
    Answer answer;
    try {
      answer = run.answer();
    } catch (AnswerCancelledException cancelled) {
      // Only the end of the service interrupts a question that nobody stopped.
      recorder.outcome(
          intent,
          new Outcome.Cancelled(
              run.shown, cancellation.cause().orElse(Cancellation.Cause.SHUTDOWN)));
      throw cancelled;
    } catch (RuntimeException failure) {
      recordFailure(intent, run, failure);
      throw failure;
    }
    Receipt receipt = recorder.outcome(intent, new Outcome.Answered(answer));
    listener.on(new AnswerEvent.Answered(answer, receipt));
    return answer;
  }

  private void recordFailure(Intent intent, Run run, RuntimeException failure) {
    try {
      recorder.outcome(intent, new Outcome.Failed(run.shown, failure.getClass().getSimpleName()));
    } catch (RecordUnavailableException unrecorded) {
      unrecorded.addSuppressed(failure);
      throw unrecorded;
    }
  }

  /// One question on its way.
  private final class Run {
    private final Intent intent;
    private final Question question;
    private final Caller caller;
    private final AnswerListener listener;
    private final Cancellation cancellation;
    private final long began = System.nanoTime();

    private List<Citation> shown = List.of();
    private long retrieveMillis = -1;
    private long quotationMillis = -1;

    Run(
        Intent intent,
        Question question,
        Caller caller,
        AnswerListener listener,
        Cancellation cancellation) {
      this.intent = intent;
      this.question = question;
      this.caller = caller;
      this.listener = listener;
      this.cancellation = cancellation;
    }

    Answer answer() {
      enter(Step.SEARCHING);
      String searchText = FollowUp.searchText(question);
      Retrieval retrieval =
          retriever.retrieve(
              searchText,
              new SearchScope(caller.access(), question.collections(), question.documents()),
              Confidence.PASSAGES);
      retrieveMillis = millis();
      recorder.retrieved(intent, Citations.numbered(retrieval.passages()), retrieval.took());

      enter(Step.READING);
      Evidence evidence = quotations.find(searchText, retrieval);
      List<Candidate> candidates = evidence.candidates();
      if (candidates.isEmpty()) {
        return refused(Reason.NOTHING_FOUND, List.of());
      }
      List<Passage> passages = sources(candidates, retrieval);
      List<Citation> sources = Citations.numbered(passages);
      if (!Confidence.isAnswered(searchText, retrieval, evidence)) {
        return refused(Reason.NOT_STATED, sources);
      }
      List<Citation> quoted = quoted(candidates, passages);
      show(quoted, sources);

      if (!question.compose()) {
        return quoted(quoted, sources, Optional.empty());
      }
      Optional<LocalChatModel> writer = model.get();
      if (writer.isEmpty()) {
        return quoted(quoted, sources, Optional.of(Note.NO_MODEL));
      }
      return composed(writer.get(), passages, quoted, sources);
    }

    /// The passages to be read, those with the likeliest sentences first.
    private List<Passage> sources(List<Candidate> candidates, Retrieval retrieval) {
      Set<Passage> passages = new LinkedHashSet<>();
      candidates.stream().limit(QUOTATIONS).map(Candidate::passage).forEach(passages::add);
      passages.addAll(retrieval.passages());
      return passages.stream().limit(limits.passages()).toList();
    }

    /// The likeliest sentences with what stands around them, none twice.
    private List<Citation> quoted(List<Candidate> candidates, List<Passage> passages) {
      List<Citation> quoted = new ArrayList<>();
      Map<Passage, List<Sentences.Span>> taken = new HashMap<>();
      for (Candidate one : candidates) {
        List<Sentences.Span> spans = taken.computeIfAbsent(one.passage(), _ -> new ArrayList<>());
        if (quoted.size() < QUOTATIONS
            && passages.contains(one.passage())
            && spans.stream().noneMatch(one.span()::overlaps)) {
          Sentences.Span grown =
              Sentences.grown(
                  one.passage().source().chunk().text(), one.span(), QUOTATION_CHARACTERS);
          Sentences.Span span = spans.stream().anyMatch(grown::overlaps) ? one.span() : grown;
          spans.add(span);
          quoted.add(Citations.of(passages.indexOf(one.passage()) + 1, one.passage(), span));
        }
      }
      return quoted;
    }

    private void show(List<Citation> quoted, List<Citation> sources) {
      recorder.showing(intent, Stream.concat(quoted.stream(), sources.stream()).toList());
      quotationMillis = millis();
      shown = sources;
      tell(new AnswerEvent.Quoted(quoted));
      tell(new AnswerEvent.Sources(sources));
    }

    private Answer refused(Reason reason, List<Citation> nearest) {
      shown = nearest;
      return answered(
          new Body.Refused(reason, nearest),
          List.of(),
          nearest,
          Optional.empty(),
          Optional.empty(),
          NOTHING_WRITTEN);
    }

    private Answer quoted(List<Citation> quoted, List<Citation> sources, Optional<Note> note) {
      return answered(new Body.Quoted(), quoted, sources, Optional.empty(), note, NOTHING_WRITTEN);
    }

    private Answer composed(
        LocalChatModel writer,
        List<Passage> passages,
        List<Citation> quoted,
        List<Citation> sources) {
      enter(Step.WRITING);
      Draft draft;
      List<Passage> read;
      try {
        Prompt prompt = Prompt.of(question, passages, writer, limits);
        read = prompt.passages();
        draft =
            Composer.compose(
                writer,
                prompt,
                limits,
                cancellation,
                token -> tell(new AnswerEvent.Token(token)),
                this::millis);
      } catch (ModelBusyException busy) {
        return quoted(quoted, sources, Optional.of(Note.MODEL_BUSY));
      } catch (ModelException failure) {
        return quoted(quoted, sources, Optional.of(Note.MODEL_FAILED));
      }
      if (Prompt.saysNotStated(draft.text())) {
        return answered(
            new Body.Quoted(),
            quoted,
            sources,
            Optional.of(writer),
            Optional.of(Note.NOT_STATED_BY_MODEL),
            draft);
      }
      enter(Step.CHECKING);
      var checked = grounding.check(draft.text(), question.text(), read);
      List<Sentence> sentences = checked.stream().map(Grounding.Grounded::sentence).toList();
      boolean supported = sentences.stream().anyMatch(one -> one.verdict() == Verdict.SUPPORTED);
      return supported
          ? answered(
              new Body.Composed(sentences),
              quoted,
              narrowed(sources, passages, checked),
              Optional.of(writer),
              Optional.empty(),
              draft)
          : answered(
              new Body.Quoted(),
              quoted,
              sources,
              Optional.of(writer),
              Optional.of(Note.NOTHING_SUPPORTED),
              draft);
    }

    /// The sources that support sentences, cut down to the words that do; the others whole.
    private List<Citation> narrowed(
        List<Citation> sources, List<Passage> passages, List<Grounding.Grounded> checked) {
      List<Citation> narrowed = new ArrayList<>(sources);
      for (int i = 0; i < sources.size(); i++) {
        int number = i + 1;
        List<Sentences.Span> spans =
            checked.stream()
                .flatMap(one -> one.support().stream())
                .filter(support -> support.number() == number)
                .map(Grounding.Support::span)
                .toList();
        if (!spans.isEmpty()) {
          int start = spans.stream().mapToInt(Sentences.Span::start).min().getAsInt();
          int end = spans.stream().mapToInt(Sentences.Span::end).max().getAsInt();
          narrowed.set(i, Citations.of(number, passages.get(i), new Sentences.Span(start, end)));
        }
      }
      return narrowed;
    }

    private Answer answered(
        Body body,
        List<Citation> quoted,
        List<Citation> sources,
        Optional<LocalChatModel> writer,
        Optional<Note> note,
        Draft draft) {
      checkCancelled();
      Timings timings =
          new Timings(
              retrieveMillis,
              quotationMillis,
              draft.firstTokenMillis(),
              millis(),
              draft.promptTokens(),
              draft.generatedTokens());
      return new Answer(
          ids.get(), body, quoted, sources, writer.map(LocalChatModel::identity), note, timings);
    }

    private void enter(Step step) {
      checkCancelled();
      tell(new AnswerEvent.Stage(step, millis()));
    }

    private void tell(AnswerEvent event) {
      listener.on(event);
    }

    private void checkCancelled() {
      if (cancellation.isCancelled()) {
        throw new AnswerCancelledException();
      }
    }

    private long millis() {
      return (System.nanoTime() - began) / 1_000_000;
    }
  }
}
