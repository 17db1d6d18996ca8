package dev.docent.ingest;

import java.util.List;

/// Where an ingested document goes. Calls concern one document and come in this order, on the
/// thread that called [Ingestion#ingest]; an exception from any ends the ingestion with it.
public interface IngestSink {
  /// How far reading is; see [PageListener#page].
  default void page(PageKind kind, int page, int pages) {}

  /// The document can be searched by its words from here on.
  void words(ParsedDocument document, List<Chunk> chunks);

  /// And by meaning from here on. Same chunks, same order.
  void vectors(ParsedDocument document, List<EmbeddedChunk> chunks);
}
