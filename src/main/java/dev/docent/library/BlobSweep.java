package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/// Removes bytes that no document has, and what was made of them: of a crash after a document was
/// removed or revised and before its bytes were, or of an arrival that was refused. Safe for
/// concurrent use.
public final class BlobSweep {
  private final Documents documents;
  private final BlobStore blobs;

  public BlobSweep(Documents documents, BlobStore blobs) {
    this.documents = requireNonNull(documents, "documents");
    this.blobs = requireNonNull(blobs, "blobs");
  }

  /// @return of how many documents the bytes were removed
  public int carryOut() {
    // The blobs first: a document that comes now has its row before its bytes can be removed.
    Set<String> found = blobs.all();
    found.removeAll(documents.inUse());
    return (int)
        found.stream()
            .filter(sha256 -> blobs.remove(sha256, () -> !documents.inUse(sha256)))
            .count();
  }
}
