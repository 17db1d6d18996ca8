package dev.docent.model;

import org.jspecify.annotations.Nullable;

/// No usable model: the file is missing, refused or not loadable, the engine is closed, or the
/// model server does not answer. A retry helps only after the named cause is mended.
public final class ModelUnavailableException extends ModelException {
  public ModelUnavailableException(String message) {
    super(message);
  }

  public ModelUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
