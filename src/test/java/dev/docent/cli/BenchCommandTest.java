package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Main.commandLine(
            Terminal.of(
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)))
        .execute(arguments);
  }

  @Test
  void namesItsPartsToWhoeverAsksForAnother() {
    assertThat(run("bench", "speed")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("There is no part speed: say ingest, ask, model, start");
  }

  @Test
  void refusesAFileItCannotWriteBeforeItMeasures() {
    Path nowhere = folder.resolve("none").resolve("out.json");

    assertThat(run("bench", "--json", nowhere.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(nowhere.toString())
        .doesNotContain("Measuring");
  }

  @Test
  void refusesQuestionsThatAreNotThere() {
    assertThat(run("bench", "ask", "--questions", folder.resolve("none.jsonl").toString()))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be read");
  }
}
