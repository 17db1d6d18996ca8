package dev.docent.answer;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.index.IndexedChunk;
import dev.docent.index.IndexedDocument;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import dev.docent.retrieve.Passage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/// Passages for tests that search nothing.
final class Passages {
  private Passages() {}

  /// The only passage of a document.
  static Passage of(int number, String text) {
    IndexedDocument document =
        new IndexedDocument(
            new DocumentId(new UUID(1, number)),
            "revision",
            new CollectionId(new UUID(2, 2)),
            Set.of(),
            "Handbook",
            "handbook.pdf",
            "application/pdf",
            Optional.empty());
    Chunk chunk = new Chunk(0, 0, text.length(), 0, 0, List.of(), "", text, List.of());
    Page page = new Page(0, PageKind.PAGE, "1", 0, text.length(), 0, 0);
    return new Passage(
        new IndexedChunk(document, chunk, List.of(page)),
        OptionalInt.of(1),
        OptionalInt.of(1),
        OptionalDouble.of(0.9),
        1);
  }
}
