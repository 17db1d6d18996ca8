package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Questions of one account that belong together, with the answers it was given.
///
/// @param turns oldest first; empty in a listing
public record Conversation(
    UUID id, String title, Instant createdAt, Instant updatedAt, List<Turn> turns) {
  /// @param answer as it was released
  public record Turn(
      int ordinal, String question, Kept answer, Instant askedAt, Optional<Rating> rating) {
    public Turn {
      requireNonNull(question, "question");
      requireNonNull(answer, "answer");
      requireNonNull(askedAt, "askedAt");
      requireNonNull(rating, "rating");
    }
  }

  /// A released answer.
  ///
  /// @param intent id of the question's record in the log
  /// @param json as it went over the wire
  public record Kept(UUID id, UUID intent, String json) {
    public Kept {
      requireNonNull(id, "id");
      requireNonNull(intent, "intent");
      requireNonNull(json, "json");
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
