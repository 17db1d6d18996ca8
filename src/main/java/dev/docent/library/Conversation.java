package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Questions of one account that belong together, with the answers it was given.
///
/// @param turns oldest first; empty in a listing
public record Conversation(
    UUID id, String title, Instant createdAt, Instant updatedAt, List<Turn> turns) {
  /// @param answer the released answer as JSON, as it went over the wire
  public record Turn(int ordinal, String question, String answer, Instant askedAt) {
    public Turn {
      requireNonNull(question, "question");
      requireNonNull(answer, "answer");
      requireNonNull(askedAt, "askedAt");
    }
  }

  public Conversation {
    requireNonNull(id, "id");
    requireNonNull(title, "title");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(updatedAt, "updatedAt");
    turns = List.copyOf(turns);
  }
}
