package dev.docent.index;

import static java.util.Objects.requireNonNull;

import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import java.util.List;

/// A passage with the document it stands in.
///
/// @param pages those the passage touches, in order
public record IndexedChunk(IndexedDocument document, Chunk chunk, List<Page> pages) {
  public IndexedChunk {
    requireNonNull(document, "document");
    requireNonNull(chunk, "chunk");
    pages = List.copyOf(pages);
    if (pages.isEmpty()) {
      throw new IllegalArgumentException("chunk " + chunk.ordinal() + " stands on no page");
    }
  }

  /// The page on which the character at `offset` of the document's text stands.
  public Page pageAt(int offset) {
    for (Page page : pages) {
      if (offset < page.end()) {
        return page;
      }
    }
    return pages.getLast();
  }
}
