package dev.docent.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// Paper as a scanner delivers it, and the words on it as `tesseract` sees them.
final class Scans {
  private static final float DOTS_PER_INCH = 300;

  // Its tab-separated output: level 5 is a word.
  private static final Pattern WORD =
      Pattern.compile("5(?:\t\\d+){5}\t(\\d+)\t(\\d+)\t(\\d+)\t(\\d+)\t([\\d.]+)\t(.*)");
  private static final double LEAST_CONFIDENCE = 30;

  private Scans() {}

  static BufferedImage firstPage(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return page(document, 0);
    }
  }

  static BufferedImage page(PDDocument pdf, int index) throws IOException {
    return new PDFRenderer(pdf).renderImageWithDPI(index, DOTS_PER_INCH, ImageType.GRAY);
  }

  /// @param x middle, of the picture's width: 0 to 1
  /// @param y likewise, of its height
  record Word(String text, double x, double y) {}

  /// The words of a picture in their order.
  static List<Word> words(BufferedImage picture) throws IOException {
    Path file = Files.createTempFile("scan", ".png");
    try {
      Files.write(file, encoded(picture, "png"));
      Process recognition =
          new ProcessBuilder("tesseract", file.toString(), "stdout", "tsv")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var lines = recognition.inputReader(UTF_8)) {
        return lines
            .lines()
            .map(WORD::matcher)
            .filter(Matcher::matches)
            .filter(word -> Double.parseDouble(word.group(5)) >= LEAST_CONFIDENCE)
            .map(word -> word(word, picture))
            // Specks and rules are no words.
            .filter(word -> word.text().codePoints().anyMatch(Character::isLetterOrDigit))
            .toList();
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Word word(Matcher word, BufferedImage picture) {
    double left = Double.parseDouble(word.group(1));
    double top = Double.parseDouble(word.group(2));
    double width = Double.parseDouble(word.group(3));
    double height = Double.parseDouble(word.group(4));
    return new Word(
        word.group(6),
        (left + width / 2) / picture.getWidth(),
        (top + height / 2) / picture.getHeight());
  }

  /// @param format as ImageIO calls it: png, jpeg, tiff
  static byte[] encoded(BufferedImage picture, String format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, format, bytes);
    return bytes.toByteArray();
  }
}
