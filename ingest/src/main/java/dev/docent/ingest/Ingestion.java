package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;

/// The way of a document from bytes to searchable passages.
///
/// ```
/// SourceDocument ─parse▶ ParsedDocument ─chunk▶ Chunk* ─embed▶ EmbeddedChunk* ─sink▶ IngestResult
///                              │                   │
///                              └──────words────────┴──▶ sink: searchable before the vectors exist
/// ```
///
/// Safe for concurrent use when its parts are. Does not own them.
public final class Ingestion {
  private final Parser parser;
  private final Chunker chunker;
  private final EmbeddingModel embeddings;

  public Ingestion(Parser parser, Chunker chunker, EmbeddingModel embeddings) {
    this.parser = requireNonNull(parser, "parser");
    this.chunker = requireNonNull(chunker, "chunker");
    this.embeddings = requireNonNull(embeddings, "embeddings");
  }

  /// Takes one document all the way. A bad document is a [IngestResult.Rejected].
  ///
  /// @throws ParserUnavailableException when no document can be parsed at present
  public IngestResult ingest(SourceDocument source, IngestSink sink) {
    return switch (parser.parse(source, sink::page)) {
      case ParseOutcome.Rejected(RejectReason reason, String detail) -> rejected(reason, detail);
      case ParseOutcome.Parsed(ParsedDocument document) -> take(document, sink);
    };
  }

  private IngestResult take(ParsedDocument document, IngestSink sink) {
    List<Chunk> chunks = chunker.chunk(document);
    if (chunks.isEmpty()) {
      return rejected(RejectReason.NO_TEXT, "nothing but running heads and page numbers");
    }
    sink.words(document, chunks);
    sink.vectors(document, embed(chunks));
    return new IngestResult.Indexed(
        document.mediaType(),
        document.title(),
        document.pages().size(),
        chunks.size(),
        document.notices());
  }

  /// Vectors for chunks whose document is already searchable by words. Same order.
  public List<EmbeddedChunk> embed(List<Chunk> chunks) {
    List<TextSegment> texts =
        chunks.stream().map(chunk -> TextSegment.from(chunk.embeddingText())).toList();
    List<Embedding> vectors = texts.isEmpty() ? List.of() : embeddings.embedAll(texts).content();
    List<EmbeddedChunk> embedded = new ArrayList<>(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      embedded.add(new EmbeddedChunk(chunks.get(i), vectors.get(i).vector()));
    }
    return embedded;
  }

  private static IngestResult rejected(RejectReason reason, String detail) {
    return new IngestResult.Rejected(reason, humanText(reason, detail), reason.whatToDo());
  }

  private static String humanText(RejectReason reason, String detail) {
    return detail.isBlank() ? reason.sentence() : reason.sentence() + " (" + detail + ")";
  }
}
