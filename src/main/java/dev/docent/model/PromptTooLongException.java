package dev.docent.model;

/// The prompt and the room for its answer do not fit the model's context. Retry with less text.
public final class PromptTooLongException extends ModelException {
  private final int promptTokens;
  private final int contextTokens;

  public PromptTooLongException(int promptTokens, int contextTokens) {
    super(
        "The prompt has %d tokens and does not fit the model's context of %d"
            .formatted(promptTokens, contextTokens));
    this.promptTokens = promptTokens;
    this.contextTokens = contextTokens;
  }

  public int promptTokens() {
    return promptTokens;
  }

  public int contextTokens() {
    return contextTokens;
  }
}
