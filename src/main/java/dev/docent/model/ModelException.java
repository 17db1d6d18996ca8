package dev.docent.model;

import org.jspecify.annotations.Nullable;

/// Why the model gave no answer. Messages name limits and causes, never the prompt or the output.
public abstract sealed class ModelException extends RuntimeException
    permits ModelUnavailableException,
        ModelBusyException,
        PromptTooLongException,
        InvalidGrammarException,
        EmptyOutputException {

  ModelException(String message) {
    super(message);
  }

  ModelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
