package dev.docent.wiring;

import org.jspecify.annotations.Nullable;

/// The data folder cannot be made, written or locked. The message says what the operator can do;
/// trying again helps only after that.
public final class DataFolderException extends RuntimeException {

  public DataFolderException(String message) {
    this(message, null);
  }

  public DataFolderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
