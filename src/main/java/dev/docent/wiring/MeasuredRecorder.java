package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.answer.Answer;
import dev.docent.answer.AnswerRecorder;
import dev.docent.answer.Citation;
import dev.docent.answer.Question;
import dev.docent.answer.RecordUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Counts and times what the recorder records. Labels are of closed sets: no person, no document,
/// no word of a question.
///
/// | meter | labels | |
/// | --- | --- | --- |
/// | `docent.questions` | `outcome` | answers by kind, refusals by reason, cancelled, failed |
/// | `docent.question.stage` | `stage` | from the question coming in: retrieval, quotation, first token, total |
/// | `docent.tokens` | `kind` | read (prompt), generated |
/// | `docent.sentences.withheld` | | sentences that no passage supports |
/// | `docent.audit.refusals` | | questions that ended because nothing could be recorded |
final class MeasuredRecorder implements AnswerRecorder {
  private final AnswerRecorder recorder;
  private final MeterRegistry meters;

  MeasuredRecorder(AnswerRecorder recorder, MeterRegistry meters) {
    this.recorder = requireNonNull(recorder, "recorder");
    this.meters = requireNonNull(meters, "meters");
    meters.counter("docent.audit.refusals");
  }

  @Override
  public Intent intend(Question question, Caller caller) {
    try {
      return recorder.intend(question, caller);
    } catch (RecordUnavailableException e) {
      meters.counter("docent.audit.refusals").increment();
      throw e;
    }
  }

  @Override
  public void retrieved(Intent intent, List<Citation> found, Duration took) {
    try {
      recorder.retrieved(intent, found, took);
    } catch (RecordUnavailableException e) {
      meters.counter("docent.audit.refusals").increment();
      throw e;
    }
  }

  @Override
  public void showing(Intent intent, List<Citation> shown) {
    try {
      recorder.showing(intent, shown);
    } catch (RecordUnavailableException e) {
      meters.counter("docent.audit.refusals").increment();
      throw e;
    }
  }

  @Override
  public Receipt outcome(Intent intent, Outcome outcome) {
    try {
      Receipt receipt = recorder.outcome(intent, outcome);
      measure(outcome);
      return receipt;
    } catch (RecordUnavailableException e) {
      meters.counter("docent.audit.refusals").increment();
      throw e;
    }
  }

  private void measure(Outcome outcome) {
    String name =
        switch (outcome) {
          case Outcome.Answered(Answer answer) -> {
            measure(answer);
            yield kind(answer.body());
          }
          case Outcome.Cancelled _ -> "cancelled";
          case Outcome.Failed _ -> "failed";
        };
    meters.counter("docent.questions", "outcome", name).increment();
  }

  private void measure(Answer answer) {
    Answer.Timings timings = answer.timings();
    stage("retrieval", timings.retrieveMillis());
    stage("quotation", timings.quotationMillis());
    stage("first_token", timings.firstTokenMillis());
    stage("total", timings.totalMillis());
    meters.counter("docent.tokens", "kind", "read").increment(Math.max(0, timings.promptTokens()));
    meters
        .counter("docent.tokens", "kind", "generated")
        .increment(Math.max(0, timings.generatedTokens()));
    if (answer.body() instanceof Answer.Body.Composed composed) {
      meters.counter("docent.sentences.withheld").increment(composed.withheld());
    }
  }

  private void stage(String stage, long millis) {
    if (millis >= 0) {
      Timer.builder("docent.question.stage")
          .tag("stage", stage)
          .serviceLevelObjectives(
              Duration.ofMillis(100),
              Duration.ofMillis(300),
              Duration.ofSeconds(1),
              Duration.ofSeconds(3),
              Duration.ofSeconds(10),
              Duration.ofSeconds(30))
          .register(meters)
          .record(Duration.ofMillis(millis));
    }
  }

  private static String kind(Answer.Body body) {
    return switch (body) {
      case Answer.Body.Composed _ -> "composed";
      case Answer.Body.Quoted _ -> "quoted";
      case Answer.Body.Refused refused -> refused.reason().name().toLowerCase(Locale.ROOT);
    };
  }
}
