package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.answer.Answer;
import dev.docent.answer.AnswerRecorder;
import dev.docent.answer.Cancellation;
import dev.docent.answer.Citation;
import dev.docent.answer.Question;
import dev.docent.answer.RecordUnavailableException;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.audit.AuditWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Questions and what became of them, on record. Safe for concurrent use.
final class AnswerTrail implements AnswerRecorder {
  private final AuditWriter writer;
  private final Pseudonyms people;

  /// What is known of a question between its intent and its outcome.
  ///
  /// @param found records on their way into the log
  private record Asked(ActorRef actor, long beganNanos, List<AuditWriter.Pending> found) {}

  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  AnswerTrail(AuditWriter writer, Pseudonyms people) {
    this.writer = requireNonNull(writer, "writer");
    this.people = requireNonNull(people, "people");
  }

  @Override
  public Intent intend(Question question, Caller caller) {
    long began = System.nanoTime();
    try {
      ActorRef actor = people.of(caller);
      UUID intent =
          writer
              .append(
                  new AuditEvent.QuestionAsked(
                      actor,
                      people.digester(actor).digest(question.text()),
                      question.compose()
                          ? AuditEvent.QuestionForm.COMPOSE
                          : AuditEvent.QuestionForm.QUOTE,
                      Translation.collections(question.collections()),
                      Translation.documents(question.documents()),
                      question.period().from(),
                      question.period().until(),
                      question.conversation()))
              .event();
      asked.put(intent.toString(), new Asked(actor, began, new CopyOnWriteArrayList<>()));
      return new Intent(intent.toString());
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("The question cannot be recorded", e);
    }
  }

  @Override
  public void retrieved(Intent intent, List<Citation> found, Duration took) {
    Asked question = inHand(intent);
    try {
      question
          .found()
          .add(
              writer.submit(
                  new AuditEvent.PassagesRetrieved(
                      question.actor(),
                      UUID.fromString(intent.id()),
                      Translation.passages(found),
                      took.toMillis())));
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("What was found cannot be recorded", e);
    }
  }

  @Override
  public void showing(Intent intent, List<Citation> citations) {
    Asked question = inHand(intent);
    try {
      // Submitted first, so that both records share a commit.
      AuditWriter.Pending shown =
          writer.submit(
              new AuditEvent.PassagesShown(
                  question.actor(), UUID.fromString(intent.id()), Translation.passages(citations)));
      question.found().forEach(AuditWriter.Pending::await);
      question.found().clear();
      shown.await();
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("What would be shown cannot be recorded", e);
    }
  }

  private Asked inHand(Intent intent) {
    return requireNonNull(asked.get(intent.id()), "an intent in hand");
  }

  @Override
  public Receipt outcome(Intent intent, Outcome outcome) {
    Asked question = asked.remove(intent.id());
    if (question == null) {
      throw new IllegalStateException("An intent has one outcome");
    }
    UUID id = UUID.fromString(intent.id());
    long took = Duration.ofNanos(System.nanoTime() - question.beganNanos()).toMillis();
    try {
      question.found().forEach(AuditWriter.Pending::await);
      AuditEvent event =
          switch (outcome) {
            case Outcome.Answered(Answer answer) -> ended(question.actor(), id, answer, took);
            case Outcome.Cancelled(var shown, var draft, var cause) ->
                new AuditEvent.AnswerCancelled(
                    question.actor(),
                    id,
                    cause(cause),
                    Translation.passages(shown),
                    Optional.of(draft)
                        .filter(text -> !text.isEmpty())
                        .map(people.digester(question.actor())::digest),
                    took);
            case Outcome.Failed(var shown, var error) ->
                new AuditEvent.AnswerFailed(
                    question.actor(), id, error, Translation.passages(shown), took);
          };
      return new Receipt(intent.id(), writer.append(event).event().toString());
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("The answer cannot be recorded", e);
    }
  }

  private static AuditEvent.CancelCause cause(Cancellation.Cause cause) {
    return switch (cause) {
      case REQUESTED -> AuditEvent.CancelCause.REQUESTED;
      case DISCONNECTED -> AuditEvent.CancelCause.DISCONNECTED;
      case ACCESS_ENDED -> AuditEvent.CancelCause.ACCESS_ENDED;
      case SHUTDOWN -> AuditEvent.CancelCause.SHUTDOWN;
    };
  }

  private AuditEvent ended(ActorRef actor, UUID intent, Answer answer, long took) {
    return switch (answer.body()) {
      case Answer.Body.Composed composed ->
          answered(
              actor,
              intent,
              AuditEvent.AnswerForm.COMPOSED,
              answer,
              composed.sentences().stream().map(Answer.Sentence::text).toList(),
              Math.toIntExact(composed.withheld()),
              took);
      case Answer.Body.Quoted() ->
          answered(
              actor,
              intent,
              AuditEvent.AnswerForm.QUOTATION,
              answer,
              answer.quotations().stream().map(Citation::text).toList(),
              0,
              took);
      case Answer.Body.Refused(var reason, var nearest) ->
          new AuditEvent.AnswerRefused(
              actor,
              intent,
              switch (reason) {
                case NOTHING_FOUND -> AuditEvent.RefusalReason.NOTHING_FOUND;
                case NOT_STATED -> AuditEvent.RefusalReason.NOT_STATED;
              },
              Translation.passages(nearest),
              answer.model().flatMap(Translation::model),
              took);
    };
  }

  private AuditEvent.Answered answered(
      ActorRef actor,
      UUID intent,
      AuditEvent.AnswerForm form,
      Answer answer,
      List<String> sentences,
      int withheld,
      long took) {
    List<Citation> shown =
        Stream.concat(answer.quotations().stream(), answer.sources().stream()).toList();
    return new AuditEvent.Answered(
        actor,
        intent,
        form,
        people.digester(actor).digest(String.join("\n", sentences)),
        Translation.passages(shown),
        sentences.size() - withheld,
        withheld,
        answer.model().flatMap(Translation::model),
        Math.max(0, answer.timings().promptTokens()),
        Math.max(0, answer.timings().generatedTokens()),
        took);
  }
}
