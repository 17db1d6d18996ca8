package dev.docent.model;

/// Too many requests wait for the model, or this one waited too long. A later retry helps.
public final class ModelBusyException extends ModelException {
  public ModelBusyException(String message) {
    super(message);
  }
}
