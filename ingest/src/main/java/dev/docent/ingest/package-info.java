/// A document in, passages with vectors out.
///
/// [Ingestion] is the whole way of a document on one page: [SourceDocument] → [ParsedDocument] →
/// [Chunk] → [EmbeddedChunk] → [IngestResult]. The engines behind it live in the sub-packages
/// `tika` (parsing, in a process of its own) and `embed` (vectors, ONNX Runtime).
@NullMarked
package dev.docent.ingest;

import org.jspecify.annotations.NullMarked;
