package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    Map<String, Integer> outcomes = new TreeMap<>();
    Duration longest = Duration.ZERO;
    try (var parser = new ForkedTikaParser(ParserLimits.DEFAULT);
        Stream<String> manifest = Files.lines(FILES.resolve("manifest.jsonl"))) {
      for (String entry : manifest.toList()) {
        String name = strings(entry, "file").getFirst();
        Path file = FILES.resolve("files").resolve(name);
        long began = System.nanoTime();
        ParseOutcome outcome = parser.parse(new SourceDocument(name, file));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        longest = took.compareTo(longest) > 0 ? took : longest;
        outcomes.merge(stated(outcome), 1, Integer::sum);
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
    System.out.printf(
        "156 files: %s; longest %d ms; expected text found in %d of %d, not in %s%n",
        outcomes, longest.toMillis(), found, expected, missed);
    assertThat(outcomes.values().stream().mapToInt(count -> count).sum()).isEqualTo(156);
    // The limit, the start of a worker, and a machine that is busy.
    assertThat(longest).isLessThan(ParserLimits.DEFAULT.total().plusSeconds(60));
    assertThat(expected).isEqualTo(57);
    assertThat(found).as("not found in " + missed).isGreaterThanOrEqualTo(50);
  }

  private static String stated(ParseOutcome outcome) {
    return switch (outcome) {
      case ParseOutcome.Parsed _ -> "PARSED";
      case ParseOutcome.Rejected(var reason, _) -> {
        assertThat(reason.sentence()).isNotBlank();
        assertThat(reason.whatToDo()).isNotBlank();
        yield reason.name();
      }
    };
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
