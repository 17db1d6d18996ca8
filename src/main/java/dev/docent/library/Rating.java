package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// What an answer was worth to whoever asked.
///
/// @param reason why it was not helpful; empty where none was given
public record Rating(boolean helpful, Optional<Reason> reason) {
  /// Why an answer was not helpful.
  public enum Reason {
    /// Something it says is not so.
    WRONG,
    /// Something is missing.
    INCOMPLETE,
    /// Its documents are out of date.
    OUTDATED,
    /// It answers another question.
    OFF_TOPIC,
    /// The documents say it, but it was not found.
    NOT_FOUND
  }

  public Rating {
    requireNonNull(reason, "reason");
    if (helpful && reason.isPresent()) {
      throw new IllegalArgumentException("Only what was not helpful has a reason");
    }
  }
}
