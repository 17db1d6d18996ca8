package dev.docent.cli;

import org.jspecify.annotations.Nullable;

/// A command cannot do what it was asked; the message tells the user what happened and what to do.
final class CommandException extends RuntimeException {

  CommandException(@Nullable String message) {
    this(message, null);
  }

  CommandException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
