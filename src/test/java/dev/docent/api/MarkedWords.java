package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/// The words that lie under the marks which a window shows on a PDF's pages, by where PDFBox says
/// each character is; on a scan, by where text recognition sees each word.
final class MarkedWords {
  /// @param page from 0
  /// @param left of the page's width, as are the others of its width or height: 0 to 1
  private record Mark(int page, double left, double top, double right, double bottom) {
    boolean covers(double x, double y) {
      return x > left && x < right && y > top && y < bottom;
    }
  }

  private MarkedWords() {}

  /// @param file of the PDF that is shown
  static String on(Page window, Path file) throws IOException {
    List<Mark> marks = marks(window);
    StringBuilder words = new StringBuilder();
    try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
      boolean scan = !hasCharacters(pdf);
      for (int page : marks.stream().map(Mark::page).distinct().sorted().toList()) {
        List<Mark> here = marks.stream().filter(mark -> mark.page() == page).toList();
        words.append(scan ? seenUnder(here, pdf, page) : under(here, pdf, page));
      }
    }
    return words.toString();
  }

  /// Whether the PDF has characters at all: a scan is only a picture of some.
  private static boolean hasCharacters(PDDocument pdf) throws IOException {
    return !new PDFTextStripper().getText(pdf).isBlank();
  }

  /// A text's characters without white space and hyphens, which lines change, in a fixed order.
  static String characters(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replaceAll("[\\s\\p{Z}\\p{Pd}\\u00ad]", "")
        .chars()
        .sorted()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static List<Mark> marks(Page window) {
    List<?> found =
        (List<?>)
            window.evaluate(
                """
                () => [...document.querySelectorAll('.drawn-page .mark.current')].map((mark) => {
                  const frame = mark.closest('.drawn-page');
                  const page = frame.getBoundingClientRect();
                  const box = mark.getBoundingClientRect();
                  return [
                    Number(frame.dataset.page),
                    (box.left - page.left) / page.width,
                    (box.top - page.top) / page.height,
                    (box.right - page.left) / page.width,
                    (box.bottom - page.top) / page.height,
                  ];
                })
                """);
    return found.stream().map(MarkedWords::mark).toList();
  }

  private static Mark mark(Object found) {
    double[] numbers =
        ((List<?>) found).stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
    for (int side = 1; side < numbers.length; side++) {
      assertThat(numbers[side]).as("a mark's side, within its page").isBetween(0.0, 1.0);
    }
    return new Mark((int) numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  private static String seenUnder(List<Mark> marks, PDDocument pdf, int index) throws IOException {
    return Scans.words(Scans.page(pdf, index)).stream()
        .filter(word -> marks.stream().anyMatch(mark -> mark.covers(word.x(), word.y())))
        .map(Scans.Word::text)
        .collect(Collectors.joining(" "));
  }

  private static String under(List<Mark> marks, PDDocument pdf, int index) throws IOException {
    PDPage page = pdf.getPage(index);
    PDRectangle box = page.getCropBox();
    boolean turned = page.getRotation() % 180 != 0;
    double width = turned ? box.getHeight() : box.getWidth();
    double height = turned ? box.getWidth() : box.getHeight();
    List<TextPosition> glyphs = new ArrayList<>();
    PDFTextStripper reader =
        new PDFTextStripper() {
          @Override
          protected void writeString(String text, List<TextPosition> positions) {
            glyphs.addAll(positions);
          }
        };
    reader.setStartPage(index + 1);
    reader.setEndPage(index + 1);
    reader.writeText(pdf, new StringWriter());
    StringBuilder words = new StringBuilder();
    for (TextPosition glyph : glyphs) {
      double x = (glyph.getX() + glyph.getWidth() / 2) / width;
      double y = (glyph.getY() - glyph.getHeight() / 2) / height;
      if (marks.stream().anyMatch(mark -> mark.covers(x, y))) {
        words.append(glyph.getUnicode());
      }
    }
    return words.toString();
  }
}
