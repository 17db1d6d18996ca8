package dev.docent.eval;

import java.nio.file.Path;

/// A set cannot be read; the message names the file, the line and what is wrong with it.
public final class BadSetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadSetException(Path file, String what) {
    super(file + ": " + what);
  }

  BadSetException(Path file, int line, String what) {
    super("%s, line %d: %s".formatted(file, line, what));
  }
}
