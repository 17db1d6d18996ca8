package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Something that happened on the way to an answer, in this order: stages in between, quotations
/// and sources before any token, the answer last and only once its outcome is recorded.
public sealed interface AnswerEvent {
  /// A step began.
  ///
  /// @param millis since the question came in
  record Stage(Step step, long millis) implements AnswerEvent {}

  /// The words that answer.
  record Quoted(List<Citation> quotations) implements AnswerEvent {
    public Quoted {
      quotations = List.copyOf(quotations);
    }
  }

  /// What the model will be given to read.
  record Sources(List<Citation> sources) implements AnswerEvent {
    public Sources {
      sources = List.copyOf(sources);
    }
  }

  /// A piece of the model's draft, not yet checked.
  record Token(String text) implements AnswerEvent {
    public Token {
      requireNonNull(text, "text");
    }
  }

  /// The answer, released. Nothing follows.
  record Answered(Answer answer, AnswerRecorder.Receipt receipt) implements AnswerEvent {
    public Answered {
      requireNonNull(answer, "answer");
      requireNonNull(receipt, "receipt");
    }
  }

  /// Steps towards an answer.
  enum Step {
    SEARCHING,
    READING,
    WRITING,
    CHECKING
  }
}
