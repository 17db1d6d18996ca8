package dev.docent.ingest.tika;

import dev.docent.ingest.Notice;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.tika.ImageFile.Picture;
import dev.docent.ingest.tika.PdfStructure.PdfPage;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.tika.exception.TikaException;

/// Pages that are pictures, by text recognition: scans in a PDF, and image files.
final class ScanReader {
  private static final float DPI = 300;

  private static final float POINTS_PER_INCH = 72;

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
    float perPoint = (float) Math.sqrt(ImageFile.MAX_PIXELS / Math.max(1, width * height));
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
  void read(File file, Reading reading, TextBuilder out) throws IOException, TikaException {
    if (tesseract().isEmpty()) {
      out.notice(Notice.SCANS_NOT_READ);
      return;
    }
    Optional<ImageFile> opened = ImageFile.open(file);
    if (opened.isEmpty()) {
      return;
    }
    List<PdfPage> pages = new ArrayList<>();
    try (ImageFile image = opened.get()) {
      int count = Math.min(image.pages(), reading.settings().maxPages());
      for (int i = 0; i < count; i++) {
        reading.page(PageKind.PAGE, i + 1, count);
        pages.add(page(image.page(i), i));
      }
    }
    if (pages.stream().anyMatch(page -> !page.rows().isEmpty())) {
      out.notice(Notice.TEXT_RECOGNISED);
      new PdfStructure(pages, Map.of()).writeTo(out);
    }
  }

  private PdfPage page(Picture picture, int index) throws IOException {
    return new PdfPage(
        index,
        Integer.toString(index + 1),
        picture.width(),
        picture.height(),
        PdfLayout.rows(tesseract().orElseThrow().read(picture.pixels(), picture.pointsPerPixel())),
        List.of());
  }
}
