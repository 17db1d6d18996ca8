package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Real, malformed and encrypted files of other projects, when they lie beside this one.
class EvaluationFilesTest {
  private static final Path FILES = Path.of("../../shared/eval/ingest");
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void everyFileEndsInAStatedOutcomeAndKnownTextIsFound() throws IOException {
    assumeTrue(
        Files.isDirectory(FILES), "no ../shared/eval/ingest beside the project: nothing to read");
    int expected = 0;
    int found = 0;
    List<String> missed = new ArrayList<>();
    try (var parser = new ForkedTikaParser(ParserLimits.DEFAULT);
        Stream<String> manifest = Files.lines(FILES.resolve("manifest.jsonl"))) {
      for (String entry : manifest.toList()) {
        String name = strings(entry, "file").getFirst();
        Path file = FILES.resolve("files").resolve(name);
        ParseOutcome outcome = parser.parse(new SourceDocument(name, file));
        assertThat(outcome).as(name).isNotNull();
        List<String> texts = strings(entry, "expect_text");
        if (texts.isEmpty()) {
          continue;
        }
        expected++;
        String text =
            outcome instanceof ParseOutcome.Parsed(var document) ? flat(document.text()) : "";
        if (texts.stream().map(EvaluationFilesTest::flat).anyMatch(text::contains)) {
          found++;
        } else {
          missed.add(name);
        }
      }
    }
    assertThat(expected).isEqualTo(57);
    assertThat(found).as("not found in " + missed).isGreaterThanOrEqualTo(50);
  }

  /// The string, or the strings of the list, under a key of one line of JSON.
  private static List<String> strings(String json, String key) {
    int at = json.indexOf("\"" + key + "\": ");
    if (at < 0) {
      return List.of();
    }
    String rest = json.substring(at + key.length() + 4);
    List<String> strings = new ArrayList<>();
    Matcher matcher = STRING.matcher(rest);
    int end = rest.startsWith("[") ? 1 : 0;
    while (matcher.find(end) && rest.substring(end, matcher.start()).matches("[\\s,]*")) {
      strings.add(unescaped(matcher.group(1)));
      end = matcher.end();
      if (!rest.startsWith("[")) {
        break;
      }
    }
    return strings;
  }

  private static String unescaped(String json) {
    String plain = json.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
    return Pattern.compile("\\\\u([0-9a-fA-F]{4})")
        .matcher(plain)
        .replaceAll(
            unit -> Matcher.quoteReplacement("" + (char) Integer.parseInt(unit.group(1), 16)))
        .replace("\\\\", "\\");
  }

  private static String flat(String text) {
    return text.replace("\ufeff", "").replaceAll("[\\s\\u00a0]+", " ").strip();
  }
}
