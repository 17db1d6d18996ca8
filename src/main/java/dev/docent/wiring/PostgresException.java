package dev.docent.wiring;

import org.jspecify.annotations.Nullable;

/// PostgreSQL cannot be unpacked, made, started or reached. The message says what happened and,
/// where known, what the operator can do; trying again helps only after that.
public final class PostgresException extends RuntimeException {

  public PostgresException(String message) {
    this(message, null);
  }

  public PostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
