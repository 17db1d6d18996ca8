package dev.docent.answer;

/// An answer was stopped. The cancellation is recorded; nothing more is to be done.
public final class AnswerCancelledException extends RuntimeException {
  AnswerCancelledException() {
    super("The question was cancelled");
  }
}
