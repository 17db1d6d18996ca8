package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.model.LocalChatModel;

/// Who writes answers, as it is at the moment.
public sealed interface Writer {
  /// A model that can be asked.
  record Ready(LocalChatModel model) implements Writer {
    public Ready {
      requireNonNull(model, "model");
    }
  }

  /// A model that will be there in seconds.
  record Loading() implements Writer {}

  /// Nobody: answers are quotations.
  record None() implements Writer {}
}
