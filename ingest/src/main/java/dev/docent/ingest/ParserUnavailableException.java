package dev.docent.ingest;

import org.jspecify.annotations.Nullable;

/// The parsing engine cannot run at all, whatever the document. A retry may help.
public final class ParserUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ParserUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
