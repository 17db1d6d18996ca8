package dev.docent.api;

import dev.docent.ingest.ParsedDocument;
import dev.docent.library.LibraryDocument;
import java.util.Optional;

/// Where documents' text and structure are kept.
@FunctionalInterface
public interface ParsedDocuments {
  /// Of the document's current revision, when it was read.
  Optional<ParsedDocument> of(LibraryDocument document);
}
