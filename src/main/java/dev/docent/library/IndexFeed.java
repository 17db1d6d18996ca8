package dev.docent.library;

import dev.docent.access.DocumentId;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/// What carries the library's changes into the index. Called after the change is committed; what a
/// crash in between leaves undone is made up for at the next start. Safe for concurrent use.
public interface IndexFeed {
  /// Has a queued document read, soon. Durable when it returns.
  void submit(LibraryDocument document);

  /// Likewise, and what was made of its bytes before is not used: they are parsed anew.
  void reread(LibraryDocument document);

  /// Has an ingest run carried out, soon. Durable when it returns.
  void submit(IngestRun run);

  /// How far the reading of a document is; empty while it is not being read.
  Optional<ReadingProgress> progress(DocumentId document);

  /// Stops a run before its next file.
  void cancel(UUID run);

  /// The index shows the documents' current labels when this returns.
  void relabelled(Collection<DocumentId> documents);

  /// The bytes that a document had before newer ones came are gone when this returns, unless
  /// another has them.
  ///
  /// @param sha256 of the bytes
  void replaced(String sha256);

  /// No search finds the documents when this returns, and bytes that no other has are gone.
  void removed(Collection<LibraryDocument> documents);
}
