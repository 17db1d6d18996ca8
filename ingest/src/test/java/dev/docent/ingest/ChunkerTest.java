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

class ChunkerTest {
  private static final OnnxEmbeddingModel MODEL = new OnnxEmbeddingModel(1);
  private static final Chunker CHUNKER = new Chunker(MODEL);
  private static final String SENTENCE =
      "The traveller keeps every receipt until the claim is paid. ";

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void cutsWhereTheGoldenFileSays() throws IOException {
    Path handbook = Path.of("src/test/resources/golden/handbook.md");
    Path golden = Path.of("src/test/resources/golden/handbook.chunks.txt");
    String actual;
    try (var parser = new ForkedTikaParser(ParserLimits.DEFAULT)) {
      var outcome = parser.parse(new SourceDocument("handbook.md", handbook));
      actual = describe(CHUNKER.chunk(((ParseOutcome.Parsed) outcome).document()));
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, actual);
      throw new AssertionError("golden file written: look at it, then run without golden.update");
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  private static String describe(List<Chunk> chunks) {
    StringBuilder out = new StringBuilder();
    for (Chunk chunk : chunks) {
      out.append(
          "=== %d [%d,%d) page %d-%d tokens %d%n--- %s%n%s%n"
              .formatted(
                  chunk.ordinal(),
                  chunk.start(),
                  chunk.end(),
                  chunk.firstPage(),
                  chunk.lastPage(),
                  MODEL.estimateTokenCountInText(chunk.embeddingText()),
                  chunk.context().replace("\n", "\n--- "),
                  chunk.text()));
    }
    return out.toString();
  }

  @Test
  void everyPassageIsAStretchOfTheTextAndFitsTheModel() {
    var builder = new Document();
    for (int i = 0; i < 40; i++) {
      builder.add(BlockKind.HEADING, 1 + i % 3, "Heading " + i);
      builder.add(BlockKind.PARAGRAPH, 0, SENTENCE.repeat(1 + i * 7 % 60).strip());
    }
    ParsedDocument document = builder.build();
    List<Chunk> chunks = CHUNKER.chunk(document);
    int covered = 0;
    for (Chunk chunk : chunks) {
      assertThat(chunk.text()).isEqualTo(document.text().substring(chunk.start(), chunk.end()));
      assertThat(document.text().substring(covered, chunk.start())).isBlank();
      assertThat(MODEL.estimateTokenCountInText(chunk.embeddingText())).isLessThanOrEqualTo(510);
      covered = chunk.end();
    }
    assertThat(document.text().substring(covered)).isBlank();
    assertThat(CHUNKER.chunk(document)).isEqualTo(chunks);
  }

  @Test
  void cutsAWordWithoutAnEnd() {
    var builder = new Document();
    builder.add(BlockKind.PARAGRAPH, 0, "x9".repeat(4_000));
    builder.add(BlockKind.PARAGRAPH, 0, "😀".repeat(2_000));
    for (Chunk chunk : CHUNKER.chunk(builder.build())) {
      assertThat(MODEL.estimateTokenCountInText(chunk.text())).isLessThanOrEqualTo(510);
      assertThat(Character.isLowSurrogate(chunk.text().charAt(0))).isFalse();
    }
  }

  @Test
  void givesEachPartOfALongTableItsHeader() {
    var builder = new Document();
    builder.add(BlockKind.HEADING, 1, "Rates");
    builder.add(BlockKind.TABLE_HEADER, 0, "Country\tFull day\tHotel ceiling");
    for (int i = 0; i < 120; i++) {
      builder.add(BlockKind.TABLE_ROW, 0, "Country " + i + "\tEUR " + (30 + i) + "\tEUR " + 2 * i);
    }
    List<Chunk> chunks = CHUNKER.chunk(builder.build());
    assertThat(chunks).hasSizeGreaterThan(3);
    assertThat(chunks)
        .allSatisfy(
            chunk ->
                assertThat(chunk.embeddingText()).contains("Country\tFull day\tHotel ceiling"));
    assertThat(chunks.getLast().headings()).containsExactly("Rates");
  }

  @Test
  void leavesNoHeaderOfATableWithoutARow() {
    for (int words = 0; words < 40; words++) {
      var builder = new Document();
      builder.add(BlockKind.PARAGRAPH, 0, SENTENCE.repeat(8) + "word ".repeat(words) + "end.");
      builder.add(BlockKind.TABLE_HEADER, 0, "\tYear ended December 31,");
      builder.add(BlockKind.TABLE_HEADER, 0, "\t2024\t2023");
      for (int i = 0; i < 60; i++) {
        builder.add(BlockKind.TABLE_ROW, 0, "Item " + i + "\t" + i + "\t" + 2 * i);
      }
      List<Chunk> chunks = CHUNKER.chunk(builder.build());
      assertThat(chunks).hasSizeGreaterThan(1);
      assertThat(chunks)
          .allSatisfy(
              chunk ->
                  assertThat(chunk.text())
                      .doesNotEndWith("December 31,")
                      .doesNotEndWith("2024\t2023")
                      .doesNotStartWith("\t2024"));
      assertThat(chunks.getLast().context()).isEqualTo("\tYear ended December 31,\n\t2024\t2023");
    }
  }

  @Test
  void doesNotGoOnOverAHigherHeadingOrAPage() {
    var builder = new Document();
    builder.add(BlockKind.HEADING, 2, "First section");
    builder.add(BlockKind.PARAGRAPH, 0, "Short.");
    builder.add(BlockKind.HEADING, 1, "Next chapter");
    builder.add(BlockKind.PARAGRAPH, 0, "Short as well.");
    builder.page();
    builder.add(BlockKind.PARAGRAPH, 0, "On the second page.");
    List<Chunk> chunks = CHUNKER.chunk(builder.build());
    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly(
            "First section\nShort.", "Next chapter\nShort as well.", "On the second page.");
    assertThat(chunks).extracting(Chunk::firstPage).containsExactly(0, 0, 1);
    assertThat(chunks.get(2).headings()).containsExactly("Next chapter");
    assertThat(chunks.get(2).context()).isEqualTo("Next chapter");
  }

  @Test
  void completesASentenceThatRunsOverThePage() {
    var builder = new Document();
    builder.add(BlockKind.PARAGRAPH, 0, "Employees may carry over up to");
    builder.page();
    builder.add(BlockKind.PARAGRAPH, 0, "five days of leave. They lapse in March.");
    List<Chunk> chunks = CHUNKER.chunk(builder.build());
    assertThat(chunks.getFirst().text())
        .isEqualTo("Employees may carry over up to\nfive days of leave.");
    assertThat(chunks.getFirst().lastPage()).isEqualTo(1);
    assertThat(chunks.get(1).text()).isEqualTo("five days of leave. They lapse in March.");
  }

  @Test
  void leavesBoilerplateOut() {
    var builder = new Document();
    builder.add(BlockKind.BOILERPLATE, 0, "Home News People");
    builder.add(BlockKind.PARAGRAPH, 0, "Lunch from 11:45.");
    builder.add(BlockKind.BOILERPLATE, 0, "Legal notice");
    assertThat(CHUNKER.chunk(builder.build()))
        .extracting(Chunk::text)
        .containsExactly("Lunch from 11:45.");
  }

  @Test
  void hasNothingToCutInAnEmptyDocument() {
    assertThat(CHUNKER.chunk(new Document().build())).isEmpty();
  }

  /// Builds a document of paged blocks.
  private static final class Document {
    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Integer> pageStarts = new ArrayList<>(List.of(0));

    void page() {
      pageStarts.add(text.length());
    }

    void add(BlockKind kind, int level, String content) {
      int start = text.length();
      text.append(content).append('\n');
      blocks.add(new Block(kind, level, start, start + content.length(), pageStarts.size() - 1));
    }

    ParsedDocument build() {
      List<Page> pages = new ArrayList<>();
      for (int i = 0; i < pageStarts.size(); i++) {
        int end = i + 1 < pageStarts.size() ? pageStarts.get(i + 1) : text.length();
        pages.add(new Page(i, PageKind.PAGE, "" + (i + 1), pageStarts.get(i), end, 595, 842));
      }
      return new ParsedDocument(
          "text/plain",
          Optional.empty(),
          Optional.empty(),
          text.toString(),
          pages,
          blocks,
          List.of(),
          Set.of());
    }
  }
}
