package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedDocumentCodecTest {
  private static final ParsedDocument DOCUMENT =
      new ParsedDocument(
          "application/pdf",
          Optional.of("Ein Titel — 題"),
          Optional.of(LocalDate.of(2024, 5, 3)),
          "Überschrift 😀\nText\n",
          List.of(
              new Page(0, PageKind.PAGE, "iv", 0, 15, 595.28f, 841.89f),
              new Page(1, PageKind.PAGE, "1", 15, 20, 841.89f, 595.28f)),
          List.of(
              new Block(BlockKind.HEADING, 2, 0, 14, 0),
              new Block(BlockKind.PARAGRAPH, 0, 15, 19, 1)),
          List.of(
              new Line(0, 0, 3, 10.5f, 12, new float[] {1, 2.015625f, 3.5f, 4}),
              new Line(1, 15, 17, 10, 12, new float[] {1.001f, 0.3f, -7}),
              new Line(1, 15, 15, 10, 12, new float[] {Float.MAX_VALUE})),
          Set.of(Notice.TEXT_RECOGNISED, Notice.TRUNCATED));

  @Test
  void givesBackWhatItWasGiven() throws IOException {
    assertThat(read(bytes(DOCUMENT))).isEqualTo(DOCUMENT);
  }

  @Test
  void givesTheSameBytesForTheSameDocument() throws IOException {
    assertThat(bytes(DOCUMENT)).isEqualTo(bytes(read(bytes(DOCUMENT))));
  }

  @Test
  void readsWhatAnOlderParserMadeInTheSameFormat() throws IOException {
    byte[] bytes = bytes(DOCUMENT);
    bytes[3]--;
    assertThat(read(bytes)).isEqualTo(DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(bytes = {1, ParsedDocumentCodec.VERSION + 1, -1})
  void refusesAVersionOfAnotherFormat(byte version) throws IOException {
    byte[] bytes = bytes(DOCUMENT);
    bytes[3] = version;
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version " + ParsedDocumentCodec.VERSION);
  }

  @Test
  void refusesAFileCutOffAnywhere() throws IOException {
    byte[] bytes = bytes(DOCUMENT);
    for (int length = 0; length < bytes.length - 8; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
  }

  private static byte[] bytes(ParsedDocument document) throws IOException {
    var out = new ByteArrayOutputStream();
    ParsedDocumentCodec.write(document, out);
    return out.toByteArray();
  }

  private static ParsedDocument read(byte[] bytes) throws IOException {
    return ParsedDocumentCodec.read(new ByteArrayInputStream(bytes));
  }
}
