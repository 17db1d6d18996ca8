package dev.docent.ingest.tika;

import dev.docent.ingest.Notice;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.tika.PdfStructure.PdfPage;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// Pages that are pictures, by text recognition: scans in a PDF, and image files.
final class ScanReader {
  private static final float DPI = 300;

  /// A4 at 300 dots per inch has 8.7 million.
  private static final float MAX_PIXELS = 24e6f;

  private static final float POINTS_PER_INCH = 72;

  /// An image file's pixel, as a screen shows it.
  private static final float POINTS_PER_PIXEL = 0.75f;

  private final boolean enabled;
  private Optional<Tesseract> found = Optional.empty();

  ScanReader(boolean enabled) {
    this.enabled = enabled;
  }

  /// Looked for until it is there: it may be installed while this process lives.
  private Optional<Tesseract> tesseract() {
    if (enabled && found.isEmpty()) {
      found = Tesseract.find();
    }
    return found;
  }

  /// The rows of a page without text of its own; none, with a notice, when nothing recognises it.
  List<PdfRow> read(PDDocument document, int page, float width, float height, TextBuilder out) {
    if (tesseract().isEmpty()) {
      out.notice(Notice.SCANS_NOT_READ);
      return List.of();
    }
    float perPoint = (float) Math.sqrt(MAX_PIXELS / Math.max(1, width * height));
    float scale = Math.min(DPI / POINTS_PER_INCH, perPoint);
    try {
      BufferedImage picture = new PDFRenderer(document).renderImage(page, scale, ImageType.GRAY);
      List<PdfRow> rows = PdfLayout.rows(tesseract().orElseThrow().read(picture, 1 / scale));
      if (!rows.isEmpty()) {
        out.notice(Notice.TEXT_RECOGNISED);
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      out.notice(Notice.PARTS_NOT_READ);
      return List.of();
    }
  }

  /// An image file, each of its pictures a page.
  ///
  /// @throws IOException when the picture is broken
  void read(File file, Reading reading, TextBuilder out) throws IOException {
    if (tesseract().isEmpty()) {
      out.notice(Notice.SCANS_NOT_READ);
      return;
    }
    List<PdfPage> pages = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(file)) {
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        int count = Math.min(reader.getNumImages(true), reading.settings().maxPages());
        for (int i = 0; i < count; i++) {
          reading.page(PageKind.PAGE, i + 1, count);
          pages.add(page(reader, i));
        }
      } finally {
        reader.dispose();
      }
    }
    if (pages.stream().anyMatch(page -> !page.rows().isEmpty())) {
      out.notice(Notice.TEXT_RECOGNISED);
      new PdfStructure(pages, Map.of()).writeTo(out);
    }
  }

  private PdfPage page(ImageReader reader, int index) throws IOException {
    float pixels = (float) reader.getWidth(index) * reader.getHeight(index);
    var parameters = reader.getDefaultReadParam();
    int step = (int) Math.ceil(Math.sqrt(pixels / MAX_PIXELS));
    parameters.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
    BufferedImage picture = reader.read(index, parameters);
    float points = POINTS_PER_PIXEL * Math.max(1, step);
    return new PdfPage(
        index,
        Integer.toString(index + 1),
        picture.getWidth() * points,
        picture.getHeight() * points,
        PdfLayout.rows(tesseract().orElseThrow().read(picture, points)),
        List.of());
  }
}
