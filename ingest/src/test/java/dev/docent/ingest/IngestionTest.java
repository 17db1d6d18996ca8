package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.ingest.tika.ForkedTikaParser;
import dev.docent.ingest.tika.ParserLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestionTest {
  private static final OnnxEmbeddingModel MODEL = new OnnxEmbeddingModel(2);
  private static final ForkedTikaParser PARSER = new ForkedTikaParser(ParserLimits.DEFAULT);

  @TempDir Path folder;

  private final Ingestion ingestion = new Ingestion(PARSER, new Chunker(MODEL), MODEL);
  private final InMemorySink sink = new InMemorySink();

  @AfterAll
  static void close() {
    PARSER.close();
    MODEL.close();
  }

  @Test
  void takesADocumentFromItsBytesToItsVectorsWordsFirst() throws IOException {
    IngestResult result =
        ingest("leave.md", "# Annual leave\n\nEveryone has 27 working days a year.\n");

    assertThat(result)
        .isInstanceOfSatisfying(
            IngestResult.Indexed.class,
            indexed -> {
              assertThat(indexed.title()).contains("Annual leave");
              assertThat(indexed.passages()).isEqualTo(1);
            });
    assertThat(sink.calls).containsExactly("words", "vectors");
    assertThat(sink.embedded).hasSize(1);
    assertThat(sink.embedded.getFirst().vector()).hasSize(OnnxEmbeddingModel.DIMENSION);
    assertThat(sink.embedded.getFirst().vector())
        .containsExactly(MODEL.embed(sink.chunks.getFirst().embeddingText()).content().vector());
  }

  @Test
  void saysInWordsWhyADocumentWasNotTakenAndTellsTheSinkNothing() throws IOException {
    IngestResult result = ingest("empty.docx", "");

    assertThat(result)
        .isEqualTo(
            new IngestResult.Rejected(
                RejectReason.EMPTY,
                "The file is empty.",
                "Check that the file was saved or copied completely."));
    assertThat(sink.calls).isEmpty();
  }

  @Test
  void rejectsADocumentWithoutPassagesBeforeTheSinkIsGivenAny() throws IOException {
    ParsedDocument bare =
        new ParsedDocument(
            "text/plain",
            Optional.empty(),
            Optional.empty(),
            "",
            List.of(),
            List.of(),
            List.of(),
            Set.of());
    Ingestion ofBare = new Ingestion(new FixedParser(bare), new Chunker(MODEL), MODEL);

    IngestResult result =
        ofBare.ingest(
            new SourceDocument("bare.txt", Files.writeString(folder.resolve("bytes"), "7")), sink);

    assertThat(result)
        .isInstanceOfSatisfying(
            IngestResult.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.NO_TEXT));
    assertThat(sink.calls).containsExactly("page 1 of 3");
  }

  /// Gives the same document whatever the bytes.
  private record FixedParser(ParsedDocument document) implements Parser {
    @Override
    public ParseOutcome parse(SourceDocument source, PageListener listener) {
      listener.page(PageKind.PAGE, 1, 3);
      return new ParseOutcome.Parsed(document);
    }

    @Override
    public void close() {}
  }

  @Test
  void givesEveryReasonASentenceAndAdvice() {
    for (RejectReason reason : RejectReason.values()) {
      assertThat(reason.sentence()).endsWith(".");
      assertThat(reason.whatToDo()).endsWith(".");
    }
  }

  private IngestResult ingest(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("bytes"), content);
    return ingestion.ingest(new SourceDocument(name, file), sink);
  }

  private static final class InMemorySink implements IngestSink {
    final List<String> calls = new ArrayList<>();
    final List<Chunk> chunks = new ArrayList<>();
    final List<EmbeddedChunk> embedded = new ArrayList<>();

    @Override
    public void page(PageKind kind, int page, int pages) {
      calls.add("page %d of %d".formatted(page, pages));
    }

    @Override
    public void words(ParsedDocument document, List<Chunk> given) {
      calls.add("words");
      chunks.addAll(given);
    }

    @Override
    public void vectors(ParsedDocument document, List<EmbeddedChunk> given) {
      calls.add("vectors");
      embedded.addAll(given);
    }
  }
}
