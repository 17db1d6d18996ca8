package dev.docent.eval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Texts of a set, to be read as documents.
///
/// @param texts in the order of the file; ids are unique
public record Corpus(List<Text> texts) {
  static final String FILE = "corpus.jsonl";

  public Corpus {
    texts = List.copyOf(texts);
  }

  /// @param title may be empty
  public record Text(String id, String title, String text) {
    public Text {
      requireNonNull(id, "id");
      requireNonNull(title, "title");
      requireNonNull(text, "text");
    }
  }

  /// The corpus that a path names: a file of JSON lines, or a folder that holds a `corpus.jsonl`;
  /// empty for a folder of documents.
  ///
  /// @throws BadSetException when a line is not as it should be
  public static Optional<Corpus> in(Path path) {
    if (Files.isRegularFile(path) && path.toString().endsWith(".jsonl")) {
      return Optional.of(read(path));
    }
    Path file = path.resolve(FILE);
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /// Reads a `corpus.jsonl`: `_id`, `text`, and where there is one `title`.
  ///
  /// @throws BadSetException when a line is not as it should be
  static Corpus read(Path file) {
    Set<String> ids = new HashSet<>();
    return new Corpus(
        JsonLines.read(
            file,
            line -> {
              String id = line.text("_id", "id");
              if (!ids.add(id)) {
                throw line.bad("the id " + id + " was there before");
              }
              return new Text(id, line.optionalText("title").orElse(""), line.text("text"));
            }));
  }

  /// Where a text lies in the folder that [#writeTo] fills. Ids may hold anything, names may not.
  static String path(int index) {
    return "%06d.html".formatted(index);
  }

  /// Writes every text as a page of HTML, the one form in which a title is a title and text is
  /// nothing but text.
  public void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < texts.size(); i++) {
      Files.writeString(folder.resolve(path(i)), html(texts.get(i)), UTF_8);
    }
  }

  private static String html(Text text) {
    StringBuilder html = new StringBuilder("<!doctype html>\n<html><head><meta charset=\"utf-8\">");
    if (!text.title().isBlank()) {
      html.append("<title>").append(escaped(text.title())).append("</title>");
    }
    html.append("</head><body>\n");
    text.text()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> html.append("<p>").append(escaped(line)).append("</p>\n"));
    return html.append("</body></html>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
