package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import java.time.Duration;
import java.util.List;

/// The record of what was asked and answered. Fails closed: what it cannot record does not happen.
public interface AnswerRecorder {

  /// Records that a question is about to be answered; durable when it returns.
  ///
  /// @throws RecordUnavailableException when it is not; nothing is retrieved then
  Intent intend(Question question, Caller caller);

  /// Hands over what was found for a question; it need not be durable before something is shown.
  ///
  /// @param found best first
  /// @throws RecordUnavailableException when the record takes nothing
  void retrieved(Intent intent, List<Citation> found, Duration took);

  /// Records what is about to be shown; it and what was found are durable when it returns.
  ///
  /// @throws RecordUnavailableException when they are not; nothing is shown then
  void showing(Intent intent, List<Citation> citations);

  /// Records how it ended, once for each intent; durable when it returns.
  ///
  /// @throws RecordUnavailableException when it is not; the answer is not released then
  Receipt outcome(Intent intent, Outcome outcome);

  /// A recorded intent.
  ///
  /// @param id of its event in the record
  record Intent(String id) {
    public Intent {
      requireNonNull(id, "id");
    }
  }

  /// Proof that intent and outcome are recorded.
  ///
  /// @param intent id of the intent's event
  /// @param outcome id of the outcome's event
  record Receipt(String intent, String outcome) {
    public Receipt {
      requireNonNull(intent, "intent");
      requireNonNull(outcome, "outcome");
    }
  }

  /// How answering ended.
  sealed interface Outcome {
    /// With an answer, which is released once this is recorded.
    record Answered(Answer answer) implements Outcome {
      public Answered {
        requireNonNull(answer, "answer");
      }
    }

    /// It was stopped.
    ///
    /// @param shown what was shown until then
    /// @param draft what had been passed on of the model's text; empty where it wrote none
    record Cancelled(List<Citation> shown, String draft, Cancellation.Cause cause)
        implements Outcome {
      public Cancelled {
        requireNonNull(draft, "draft");
        requireNonNull(cause, "cause");
        shown = List.copyOf(shown);
      }
    }

    /// With an error.
    ///
    /// @param shown what was shown until then
    /// @param error simple name of the exception's class, never its message
    record Failed(List<Citation> shown, String error) implements Outcome {
      public Failed {
        shown = List.copyOf(shown);
        requireNonNull(error, "error");
      }
    }
  }
}
