package dev.docent.answer;

/// Who watches an answer being made. Called from several threads, but never from two at once. An
/// exception from it cancels the answer.
@FunctionalInterface
public interface AnswerListener {
  void on(AnswerEvent event);
}
