package dev.docent.model;

/// The model ended its turn without a word. An empty answer is an error, never an answer.
public final class EmptyOutputException extends ModelException {
  public EmptyOutputException(String message) {
    super(message);
  }
}
