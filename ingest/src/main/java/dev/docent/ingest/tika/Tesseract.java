package dev.docent.ingest.tika;

import dev.docent.ingest.tika.PdfGlyphs.Glyph;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/// Text recognition by the `tesseract` program, where it is installed: words of a picture with
/// their places.
final class Tesseract {
  private static final int SECONDS_PER_PAGE = 50;

  /// Words the program itself hardly believes are mostly specks and rules.
  private static final float LEAST_CONFIDENCE = 30;

  private static final int MAX_LANGUAGES = 3;

  // columns of its tab-separated output
  private static final int LEVEL = 0;
  private static final int BLOCK = 2;
  private static final int PARAGRAPH = 3;
  private static final int LINE = 4;
  private static final int LEFT = 6;
  private static final int TOP = 7;
  private static final int WIDTH = 8;
  private static final int HEIGHT = 9;
  private static final int CONFIDENCE = 10;
  private static final int TEXT = 11;
  private static final int COLUMNS = 12;
  private static final String WORD = "5";

  private final Path program;
  private final String languages;

  private Tesseract(Path program, String languages) {
    this.program = program;
    this.languages = languages;
  }

  /// The program on the path with the languages it has, English first.
  static Optional<Tesseract> find() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path program = Path.of(folder, "tesseract");
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        return installed(program);
      }
    }
    return Optional.empty();
  }

  private static Optional<Tesseract> installed(Path program) {
    try {
      List<String> languages =
          run(List.of(program.toString(), "--list-langs"))
              .lines()
              .filter(line -> line.matches("[a-z]{3}(?:_\\w+)?"))
              .filter(line -> !line.equals("osd") && !line.equals("equ"))
              .sorted(Comparator.comparing((String line) -> !line.equals("eng")))
              .limit(MAX_LANGUAGES)
              .toList();
      return languages.isEmpty()
          ? Optional.empty()
          : Optional.of(new Tesseract(program, String.join("+", languages)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The letters of the picture, at most a minute's work.
  ///
  /// @param pointsPerPixel scale of the places
  List<Glyph> read(BufferedImage picture, float pointsPerPixel) throws IOException {
    Path file = Files.createTempFile("page", ".png");
    try {
      ImageIO.write(picture, "png", file.toFile());
      String tsv =
          run(
              List.of(
                  program.toString(),
                  file.toString(),
                  "stdout",
                  "-l",
                  languages,
                  "--psm",
                  "3",
                  "tsv"));
      return glyphs(tsv, pointsPerPixel);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private record Word(String text, float left, float top, float right, float bottom) {}

  private static List<Glyph> glyphs(String tsv, float scale) {
    Map<String, List<Word>> lines = new LinkedHashMap<>();
    tsv.lines()
        .map(line -> line.split("\t", COLUMNS))
        .filter(columns -> columns.length == COLUMNS && columns[LEVEL].equals(WORD))
        .filter(columns -> Float.parseFloat(columns[CONFIDENCE]) >= LEAST_CONFIDENCE)
        .filter(columns -> columns[TEXT].codePoints().anyMatch(Character::isLetterOrDigit))
        .forEach(
            columns -> {
              float left = Integer.parseInt(columns[LEFT]) * scale;
              float top = Integer.parseInt(columns[TOP]) * scale;
              var word =
                  new Word(
                      columns[TEXT].strip(),
                      left,
                      top,
                      left + Integer.parseInt(columns[WIDTH]) * scale,
                      top + Integer.parseInt(columns[HEIGHT]) * scale);
              String line = columns[BLOCK] + " " + columns[PARAGRAPH] + " " + columns[LINE];
              lines.computeIfAbsent(line, _ -> new ArrayList<>()).add(word);
            });
    float size = size(lines);
    List<Glyph> glyphs = new ArrayList<>();
    lines.values().forEach(line -> add(line, size, glyphs));
    return glyphs;
  }

  /// One type size for the page: the boxes' heights say more about which letters a word has.
  private static float size(Map<String, List<Word>> lines) {
    List<Float> heights = new ArrayList<>();
    lines.values().forEach(line -> heights.add(bottom(line) - top(line)));
    heights.sort(null);
    return heights.isEmpty() ? 0 : heights.get(heights.size() / 2);
  }

  private static void add(List<Word> line, float size, List<Glyph> glyphs) {
    // a line's box reaches from its ascenders to its descenders, if it has any
    float baseline = bottom(line) - 0.2f * Math.min(size, bottom(line) - top(line));
    for (int i = 0; i < line.size(); i++) {
      Word word = line.get(i);
      if (i > 0) {
        float from = line.get(i - 1).right();
        glyphs.add(new Glyph(" ", 0, from, word.left(), baseline, size, size / 4, false));
      }
      int[] letters = word.text().codePoints().toArray();
      float width = (word.right() - word.left()) / letters.length;
      for (int j = 0; j < letters.length; j++) {
        float left = word.left() + j * width;
        String letter = Character.toString(letters[j]);
        glyphs.add(new Glyph(letter, 0, left, left + width, baseline, size, size / 4, false));
      }
    }
  }

  private static float top(List<Word> line) {
    return (float) line.stream().mapToDouble(Word::top).min().orElse(0);
  }

  private static float bottom(List<Word> line) {
    return (float) line.stream().mapToDouble(Word::bottom).max().orElse(0);
  }

  private static String run(List<String> command) throws IOException {
    Path output = Files.createTempFile("recognised", ".txt");
    try {
      var builder = new ProcessBuilder(command);
      builder.redirectOutput(output.toFile());
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      // its threads spin: one is faster than four on a busy machine
      builder.environment().put("OMP_THREAD_LIMIT", "1");
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_PER_PAGE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("text recognition takes too long");
      }
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
