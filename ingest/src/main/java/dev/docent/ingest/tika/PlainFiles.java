package dev.docent.ingest.tika;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.detect.AutoDetectReader;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Text files whose structure is in their characters: Markdown, and values between delimiters.
final class PlainFiles {
  private static final Map<Character, String> DELIMITERS =
      Map.of(',', "comma", ';', "semicolon", '\t', "tab", '|', "pipe");

  private static final int SAMPLE_LINES = 20;

  /// Properties before a Markdown text, as static site generators read them.
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---[ \\t]*\\R(.{0,8000}?)\\R---[ \\t]*(?:\\R|\\z)", Pattern.DOTALL);

  private static final Pattern FRONT_TITLE =
      Pattern.compile("^title:[ \\t]*[\"']?(.+?)[\"']?[ \\t]*$", Pattern.MULTILINE);

  private static final Pattern FRONT_DATE =
      Pattern.compile(
          "^(?:updated|lastmod|date):[ \\t]*[\"']?(\\d{4}-\\d{2}-\\d{2})", Pattern.MULTILINE);

  /// Directives of template languages are no text.
  private static final Pattern DIRECTIVE = Pattern.compile("\\{%.{0,500}?%\\}", Pattern.DOTALL);

  private PlainFiles() {}

  /// @param date `YYYY-MM-DD`
  record Markdown(Optional<String> title, Optional<String> date, String html) {}

  static Markdown markdown(InputStream in, Metadata metadata) throws IOException, TikaException {
    String source = text(in, metadata);
    Optional<String> title = Optional.empty();
    Optional<String> date = Optional.empty();
    Matcher front = FRONT_MATTER.matcher(source);
    if (front.find()) {
      Matcher named = FRONT_TITLE.matcher(front.group(1));
      title = named.find() ? Optional.of(named.group(1)) : Optional.empty();
      Matcher dated = FRONT_DATE.matcher(front.group(1));
      date = dated.find() ? Optional.of(dated.group(1)) : Optional.empty();
      source = source.substring(front.end());
    }
    source = DIRECTIVE.matcher(source).replaceAll("");
    List<TablesExtension> tables = List.of((TablesExtension) TablesExtension.create());
    var document = Parser.builder().extensions(tables).build().parse(source);
    String body = HtmlRenderer.builder().extensions(tables).build().render(document);
    return new Markdown(title, date, "<html><body>" + body + "</body></html>");
  }

  /// The media type with what Tika needs to know to read a table: it does not trust short ones.
  static Optional<String> delimited(InputStream in, Metadata metadata)
      throws IOException, TikaException {
    in.mark(1 << 16);
    String sample;
    Charset charset;
    try (var reader = new AutoDetectReader(new Unclosed(in), metadata)) {
      charset = reader.getCharset();
      char[] start = new char[1 << 14];
      int length = Math.max(0, reader.read(start));
      sample = new String(start, 0, length);
    } finally {
      in.reset();
    }
    return delimiter(sample)
        .map(
            delimiter ->
                "text/csv; charset=%s; delimiter=%s"
                    .formatted(charset.name(), DELIMITERS.get(delimiter)));
  }

  /// The character that stands equally often in most lines.
  private static Optional<Character> delimiter(String sample) {
    List<String> lines = sample.replaceAll("\"[^\"]*\"", "").lines().limit(SAMPLE_LINES).toList();
    char best = 0;
    long bestCount = 0;
    for (char delimiter : new char[] {',', ';', '\t', '|'}) {
      long first = lines.isEmpty() ? 0 : count(lines.getFirst(), delimiter);
      long same = lines.stream().filter(line -> count(line, delimiter) == first).count();
      if (first > bestCount && same >= 0.8 * lines.size()) {
        best = delimiter;
        bestCount = first;
      }
    }
    return bestCount == 0 ? Optional.empty() : Optional.of(best);
  }

  private static long count(String line, char delimiter) {
    return line.chars().filter(c -> c == delimiter).count();
  }

  private static String text(InputStream in, Metadata metadata) throws IOException, TikaException {
    try (var reader = new AutoDetectReader(new Unclosed(in), metadata)) {
      return reader.readAllAsString();
    }
  }

  /// Leaves the stream to its owner.
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // the owner closes
    }
  }
}
