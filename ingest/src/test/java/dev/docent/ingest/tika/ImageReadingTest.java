package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.ingest.Line;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParseOutcome.Parsed;
import dev.docent.ingest.ParseOutcome.Rejected;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.RejectReason;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read from image files, and what is shown of them.
class ImageReadingTest {
  private static final PDFont FONT = new PDType1Font(FontName.HELVETICA);
  private static final float SIZE = 14;
  private static final float LEFT = 60;
  private static final float BASELINE = 120;
  private static final int WIDTH = 400;
  private static final int HEIGHT = 240;

  /// 192 dots per inch: a pixel is 0.375 points of the paper, and 0.75 of the page that is read.
  private static final float DOTS = 192;

  private static final float PAGE_POINTS_PER_PAPER_POINT = DOTS / 72 * 0.75f;
  private static final String SENTENCE = "Visitors sign the register at gate seven.";

  @TempDir Path folder;

  @Test
  void knowsThePlaceOfAWordInAPicture() throws IOException {
    ParsedDocument document = read(png(drawn(SENTENCE)));

    assertThat(document.pages()).hasSize(1);
    assertThat(document.pages().getFirst().kind()).isEqualTo(PageKind.PAGE);
    assertThat(document.pages().getFirst().width())
        .isCloseTo(WIDTH * PAGE_POINTS_PER_PAPER_POINT, within(2f));
    assertHasTheRegisterInItsPlace(document);
  }

  @Test
  void readsAPhotographThatTheCameraSaysIsTurned() throws IOException {
    BufferedImage upright = drawn(SENTENCE);
    // held so that the top of the paper is at the left of the sensor's picture
    var turn = new AffineTransform(0, -1, 1, 0, 0, upright.getWidth());
    BufferedImage lying =
        new AffineTransformOp(turn, AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(upright, null);
    Path file = folder.resolve("photograph.jpg");
    Files.write(file, withOrientation(encoded(lying, "jpeg"), 6));

    assertHasTheRegisterInItsPlace(read(file));
    BufferedImage shown = shown(file, 0);
    assertThat(shown.getWidth()).isEqualTo(upright.getWidth());
    assertThat(shown.getHeight()).isEqualTo(upright.getHeight());
  }

  @Test
  void readsAndShowsEveryPageOfATiff() throws IOException {
    Path file = folder.resolve("fax.tiff");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (var out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (String text : new String[] {"The first page of the fax.", SENTENCE}) {
        writer.writeToSequence(new IIOImage(drawn(text), null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    ParsedDocument document = read(file);

    assertThat(document.pages()).hasSize(2);
    Line line = lineOf(document, "register");
    assertThat(line.page()).isEqualTo(1);
    assertThat(shown(file, 1).getWidth()).isEqualTo(shown(file, 0).getWidth());
    try (var parser = new ForkedTikaParser(ParserLimits.DEFAULT)) {
      assertThat(parser.picture(file, 2)).isEmpty();
    }
  }

  @Test
  void neitherReadsNorShowsAPictureThatUnpacksToGigabytes() throws IOException {
    assumeTesseract();
    Path bomb = Files.write(folder.resolve("bomb.png"), headerOfPng(60_000, 60_000));

    assertThat(outcome(bomb)).isEqualTo(new Rejected(RejectReason.TOO_LARGE, ""));
    try (var parser = new ForkedTikaParser(ParserLimits.DEFAULT)) {
      assertThat(parser.picture(bomb, 0)).isEmpty();
    }
  }

  @Test
  void showsNothingOfWhatIsNoImage() throws IOException {
    Path text = Files.writeString(folder.resolve("page.png"), "<svg onload=\"alert(1)\"></svg>");

    try (var parser = new ForkedTikaParser(ParserLimits.DEFAULT)) {
      assertThat(parser.picture(text, 0)).isEmpty();
      assertThat(parser.picture(folder.resolve("gone.png"), 0)).isEmpty();
    }
  }

  private static void assertHasTheRegisterInItsPlace(ParsedDocument document) throws IOException {
    Line line = lineOf(document, "register");
    int start = document.text().indexOf("register");
    float before = width(SENTENCE.substring(0, SENTENCE.indexOf("register")));
    float scale = PAGE_POINTS_PER_PAPER_POINT;
    float pixels = 6 * 0.75f;
    assertThat(line.left(start, start + 8)).isCloseTo((LEFT + before) * scale, within(pixels));
    assertThat(line.right(start, start + 8))
        .isCloseTo((LEFT + before + width("register")) * scale, within(pixels));
    assertThat(line.y()).isBetween((BASELINE - SIZE - 4) * scale, (BASELINE - 6) * scale);
    assertThat(line.y() + line.height()).isBetween(BASELINE * scale, (BASELINE + 8) * scale);
  }

  private static Line lineOf(ParsedDocument document, String word) {
    int start = document.text().indexOf(word);
    assertThat(start).as(document.text()).isNotNegative();
    return document.lines().stream()
        .filter(line -> line.touches(start, start + word.length()))
        .findFirst()
        .orElseThrow();
  }

  private static float width(String text) throws IOException {
    return FONT.getStringWidth(text) / 1000 * SIZE;
  }

  private static BufferedImage drawn(String text) throws IOException {
    try (var pdf = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
      pdf.addPage(page);
      try (var content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.setFont(FONT, SIZE);
        content.newLineAtOffset(LEFT, HEIGHT - BASELINE);
        content.showText(text);
        content.endText();
      }
      return new PDFRenderer(pdf).renderImageWithDPI(0, DOTS, ImageType.RGB);
    }
  }

  private Path png(BufferedImage picture) throws IOException {
    return Files.write(folder.resolve("scan.png"), encoded(picture, "png"));
  }

  private static byte[] encoded(BufferedImage picture, String format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, format, bytes);
    return bytes.toByteArray();
  }

  /// A JPEG with an Exif segment of one entry, the orientation, as its first.
  private static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
    byte[] entry =
        HexFormat.of()
            .parseHex(
                "4578696600004d4d002a000000080001"
                    + "0112000300000001000%d000000000000".formatted(orientation));
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(jpeg, 0, 2);
    out.writeShort(0xFFE1);
    out.writeShort(2 + entry.length);
    out.write(entry);
    out.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  private static byte[] headerOfPng(int width, int height) throws IOException {
    var header = new ByteArrayOutputStream();
    var fields = new DataOutputStream(header);
    fields.write("IHDR".getBytes(StandardCharsets.US_ASCII));
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {8, 2, 0, 0, 0});
    var sum = new CRC32();
    sum.update(header.toByteArray());
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(HexFormat.of().parseHex("89504e470d0a1a0a"));
    out.writeInt(header.size() - 4);
    out.write(header.toByteArray());
    out.writeInt((int) sum.getValue());
    return Arrays.copyOf(bytes.toByteArray(), bytes.size() + 64);
  }

  private static void assumeTesseract() {
    assumeTrue(
        Tesseract.find().isPresent(),
        "no Tesseract to read a scan with: install it (Debian: apt install tesseract-ocr)");
  }

  private static ParsedDocument read(Path file) {
    assumeTesseract();
    return ((Parsed) outcome(file)).document();
  }

  private static ParseOutcome outcome(Path file) {
    return new DocumentReader(WorkerSettings.of(ParserLimits.DEFAULT), () -> {}, PageListener.NONE)
        .read(file.toString(), file);
  }

  private static BufferedImage shown(Path file, int page) throws IOException {
    try (var parser = new ForkedTikaParser(ParserLimits.DEFAULT)) {
      byte[] jpeg = parser.picture(file, page).orElseThrow();
      return ImageIO.read(new ByteArrayInputStream(jpeg));
    }
  }
}
