package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.answer.Answer.Body;
import dev.docent.answer.Answer.Note;
import dev.docent.answer.Answer.Reason;
import dev.docent.answer.Answer.Sentence;
import dev.docent.answer.Answer.Timings;
import dev.docent.answer.AnswerEvent.Step;
import dev.docent.answer.AnswerRecorder.Intent;
import dev.docent.answer.AnswerRecorder.Outcome;
import dev.docent.answer.AnswerRecorder.Receipt;
import dev.docent.index.IndexedChunk;
import dev.docent.index.SearchScope;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.model.LocalChatModel;
import dev.docent.model.ModelBusyException;
import dev.docent.model.ModelException;
import dev.docent.retrieve.Passage;
import dev.docent.retrieve.Retrieval;
import dev.docent.retrieve.Retriever;
import java.util.LinkedHashSet;
import java.util.List;
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
  // Of what the 0.5B wrote on the samples and the passages support, the nine right answers begin at
  // one of so many likeliest sentences, four of the nine others do not.
  private static final int NEAREST = 4;

  private static final Draft NOTHING_WRITTEN = new Draft("", -1, -1, -1, -1);

  private final AnswerRecorder recorder;
  private final Retriever retriever;
  private final Supplier<Writer> writer;
  private final AnswerLimits limits;
  private final Supplier<UUID> ids;
  private final QuotationFinder quotations;
  private final Grounding grounding;
  private final ReadSoFar readSoFar = new ReadSoFar();

  /// @param embeddings the model that made the index's vectors
  /// @param writer the chat model as it is at the moment
  /// @param ids a new answer's id
  public Answerer(
      AnswerRecorder recorder,
      Retriever retriever,
      OnnxEmbeddingModel embeddings,
      Supplier<Writer> writer,
      AnswerLimits limits,
      Supplier<UUID> ids) {
    this.recorder = requireNonNull(recorder, "recorder");
    this.retriever = requireNonNull(retriever, "retriever");
    this.writer = requireNonNull(writer, "writer");
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
              run.shown,
              run.draft.close(),
              cancellation.cause().orElse(Cancellation.Cause.SHUTDOWN)));
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

  /// What the caller sees of the model's text before it is checked. Once it is closed no more is
  /// passed on, so that what is on record is all that was seen.
  private static final class ReleasedDraft {
    private final AnswerListener listener;
    private final StringBuilder text = new StringBuilder();
    private boolean closed;

    ReleasedDraft(AnswerListener listener) {
      this.listener = listener;
    }

    synchronized void add(String token) {
      if (!closed) {
        text.append(token);
        listener.on(new AnswerEvent.Token(token));
      }
    }

    synchronized String close() {
      closed = true;
      return text.toString();
    }
  }

  /// One question on its way.
  private final class Run {
    private final Intent intent;
    private final Question question;
    private final Caller caller;
    private final AnswerListener listener;
    private final Cancellation cancellation;
    private final ReleasedDraft draft;
    private final long began = System.nanoTime();

    private List<Citation> shown = List.of();
    private Optional<Prompt> given = Optional.empty();
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
      this.draft = new ReleasedDraft(listener);
    }

    Answer answer() {
      Answer answer = made();
      remember(answer.body());
      return answer;
    }

    private void remember(Body body) {
      Question.Turn turn =
          Question.Turn.of(
              question.text(),
              body instanceof Body.Composed(var sentences)
                  ? sentences.stream().map(Sentence::text)
                  : Stream.empty());
      given.ifPresentOrElse(
          prompt -> readSoFar.add(question, turn, prompt), () -> readSoFar.add(question, turn));
    }

    private SearchScope scope() {
      return new SearchScope(
          caller.access(), question.collections(), question.documents(), question.period());
    }

    private Answer made() {
      enter(Step.SEARCHING);
      String searchText = FollowUp.searchText(question);
      Retrieval retrieval = retriever.retrieve(searchText, scope(), Confidence.PASSAGES);
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
      List<Stretch> likeliest = Quotations.of(candidates, passages);
      List<Citation> quoted =
          likeliest.stream().map(one -> citation(one, candidates, passages)).toList();
      show(quoted, sources);

      if (!question.compose()) {
        return quoted(quoted, sources, Optional.empty());
      }
      return switch (writer.get()) {
        case Writer.Ready(var model) ->
            composed(model, candidates, passages, likeliest, quoted, sources);
        case Writer.Loading() -> quoted(quoted, sources, Optional.of(Note.MODEL_LOADING));
        case Writer.None() -> quoted(quoted, sources, Optional.of(Note.NO_MODEL));
      };
    }

    /// The passages to be read, those with the likeliest sentences first.
    private List<Passage> sources(List<Candidate> candidates, Retrieval retrieval) {
      Set<Passage> passages = new LinkedHashSet<>();
      candidates.stream().limit(Quotations.MOST).map(Candidate::passage).forEach(passages::add);
      passages.addAll(retrieval.passages());
      return passages.stream().limit(limits.passages()).toList();
    }

    private static Citation citation(
        Stretch quoted, List<Candidate> candidates, List<Passage> passages) {
      Stretch likeliest =
          candidates.stream()
              .map(Candidate::stretch)
              .filter(quoted::holds)
              .findFirst()
              .orElseThrow();
      return Citations.of(passages.indexOf(quoted.passage()) + 1, quoted, likeliest);
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
        List<Candidate> candidates,
        List<Passage> passages,
        List<Stretch> likeliest,
        List<Citation> quoted,
        List<Citation> sources) {
      enter(Step.WRITING);
      Draft written;
      Prompt prompt;
      try {
        prompt = prompt(writer, likeliest, Quotations.brief(candidates, passages));
        written = Composer.compose(writer, prompt, limits, cancellation, draft::add, this::millis);
      } catch (ModelBusyException busy) {
        return quoted(quoted, sources, Optional.of(Note.MODEL_BUSY));
      } catch (ModelException failure) {
        return quoted(quoted, sources, Optional.of(Note.MODEL_FAILED));
      }
      given = Optional.of(prompt);
      if (Prompt.saysNotStated(written.text())) {
        return unused(writer, written, Note.NOT_STATED_BY_MODEL, quoted, sources);
      }
      enter(Step.CHECKING);
      Checked checked = Checked.of(written.text(), question.text(), passages, prompt, grounding);
      if (!checked.isSupported()) {
        return unused(writer, written, Note.NOTHING_SUPPORTED, quoted, sources);
      }
      List<Stretch> nearest = candidates.stream().limit(NEAREST).map(Candidate::stretch).toList();
      if (!checked.isAbout(nearest, sources.size())) {
        return unused(writer, written, Note.BESIDE_THE_QUESTION, quoted, sources);
      }
      List<Citation> cited = checked.citations(sources);
      if (cited.size() > sources.size()) {
        recorder.showing(intent, cited.subList(sources.size(), cited.size()));
        shown = cited;
      }
      return answered(
          new Body.Composed(checked.sentences()),
          quoted,
          cited,
          Optional.of(writer),
          Optional.empty(),
          written);
    }

    /// Goes on from what the model has read in this conversation, where the caller may read that
    /// still.
    private Prompt prompt(LocalChatModel writer, List<Stretch> likeliest, Stretch brief) {
      return readSoFar
          .after(question.earlier())
          .filter(told -> retriever.stillHolds(sourcesOf(told), scope()))
          .flatMap(told -> Prompt.following(question, told, likeliest, brief, writer, limits))
          .orElseGet(() -> Prompt.of(question, likeliest, writer, limits));
    }

    private static List<IndexedChunk> sourcesOf(List<Prompt.Told> told) {
      return told.stream()
          .flatMap(one -> one.read().stream())
          .map(one -> one.passage().source())
          .toList();
    }

    /// What the model wrote is no answer: the quotations are.
    private Answer unused(
        LocalChatModel writer,
        Draft draft,
        Note note,
        List<Citation> quoted,
        List<Citation> sources) {
      return answered(
          new Body.Quoted(), quoted, sources, Optional.of(writer), Optional.of(note), draft);
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
              draft.cachedTokens(),
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
