package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Questions of one account that belong together, with the answers it was given.
///
/// @param turns oldest first, without those that were asked again; empty in a listing
public record Conversation(
    UUID id, String title, Instant createdAt, Instant updatedAt, List<Turn> turns) {
  /// @param answer as it was released
  public record Turn(
      int ordinal,
      String question,
      Scope scope,
      Kept answer,
      Instant askedAt,
      Optional<Rating> rating) {
    public Turn {
      requireNonNull(question, "question");
      requireNonNull(scope, "scope");
      requireNonNull(answer, "answer");
      requireNonNull(askedAt, "askedAt");
      requireNonNull(rating, "rating");
    }
  }

  /// What a question was to be answered from.
  ///
  /// @param collections empty: all
  /// @param documents empty: all
  /// @param from first day that the documents are of; empty: however early
  /// @param until last day that they are of; empty: however late
  public record Scope(
      Set<CollectionId> collections,
      Set<DocumentId> documents,
      Optional<LocalDate> from,
      Optional<LocalDate> until) {
    public Scope {
      collections = Set.copyOf(collections);
      documents = Set.copyOf(documents);
      requireNonNull(from, "from");
      requireNonNull(until, "until");
    }
  }

  /// A question as it was asked.
  ///
  /// @param replaces id of an answer of the same conversation, in whose place this one stands
  /// @param as id that the client chose for it
  public record Asked(String question, Scope scope, Optional<UUID> replaces, Optional<UUID> as) {
    public Asked {
      requireNonNull(question, "question");
      requireNonNull(scope, "scope");
      requireNonNull(replaces, "replaces");
      requireNonNull(as, "as");
    }
  }

  /// A question with its answer, wherever it was asked.
  public record Answered(UUID conversation, Asked asked, Kept answer) {
    public Answered {
      requireNonNull(conversation, "conversation");
      requireNonNull(asked, "asked");
      requireNonNull(answer, "answer");
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
