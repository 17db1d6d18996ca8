package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A document that arrives in pieces.
///
/// @param readers labels of its own; empty: those that are there
/// @param bytes of the whole file
/// @param modifiedAt of the file, as its sender says: by it the same file is known again
/// @param received bytes from the start that are here for certain
/// @param document what it became, once it was complete
public record PartialUpload(
    UUID id,
    CollectionId collection,
    String path,
    Optional<Set<GroupId>> readers,
    long bytes,
    Instant modifiedAt,
    long received,
    Optional<DocumentId> document,
    Instant expiresAt) {
  public PartialUpload {
    requireNonNull(id, "id");
    requireNonNull(collection, "collection");
    requireNonNull(path, "path");
    requireNonNull(modifiedAt, "modifiedAt");
    requireNonNull(document, "document");
    requireNonNull(expiresAt, "expiresAt");
    readers = readers.map(Set::copyOf);
    if (received < 0 || received > bytes) {
      throw new IllegalArgumentException("received %d of %d".formatted(received, bytes));
    }
  }
}
