package dev.docent.index;

import static java.util.Objects.requireNonNull;

import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import java.util.List;

/// A document with everything of it that is searched.
///
/// @param pages all pages of the document
/// @param chunks its passages, in order; may be empty
/// @param vectors one for each passage, L2-normalised; empty: found by words only. Shared, not
///   copied: nobody may write to them
public record DocumentPassages(
    IndexedDocument document, List<Page> pages, List<Chunk> chunks, List<float[]> vectors) {
  public DocumentPassages {
    requireNonNull(document, "document");
    pages = List.copyOf(pages);
    chunks = List.copyOf(chunks);
    vectors = List.copyOf(vectors);
    if (!vectors.isEmpty() && vectors.size() != chunks.size()) {
      throw new IllegalArgumentException(
          vectors.size() + " vectors for " + chunks.size() + " passages of " + document.id());
    }
  }
}
