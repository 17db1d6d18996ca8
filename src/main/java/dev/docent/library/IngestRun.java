package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.GroupId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// One pass over a folder or file on this machine.
///
/// @param collection its name as asked for; empty: as the folder's rules say
/// @param into the collection it reads into, once it has begun
/// @param readers labels given by the one who started it; else the folder's own rules hold
/// @param detail why it failed
/// @param startedBy id of the account
public record IngestRun(
    UUID id,
    Path root,
    String collection,
    Optional<CollectionId> into,
    Optional<Set<GroupId>> readers,
    State state,
    Optional<String> detail,
    Counts counts,
    Optional<String> current,
    String startedBy,
    Instant startedAt,
    Optional<Instant> finishedAt) {
  /// How far it is.
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  /// @param total files found so far
  /// @param done files with an outcome, whichever
  /// @param added new documents that were read
  /// @param revised documents that were read again
  public record Counts(
      int total, int done, int added, int revised, int unchanged, int rejected, int removed) {}

  public IngestRun {
    requireNonNull(id, "id");
    requireNonNull(root, "root");
    requireNonNull(collection, "collection");
    requireNonNull(into, "into");
    requireNonNull(readers, "readers");
    requireNonNull(state, "state");
    requireNonNull(detail, "detail");
    requireNonNull(counts, "counts");
    requireNonNull(current, "current");
    requireNonNull(startedBy, "startedBy");
    requireNonNull(startedAt, "startedAt");
    requireNonNull(finishedAt, "finishedAt");
  }
}
