package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Wrong arguments end with 2 and the usage; right ones that cannot be carried out end with 1 and a
/// sentence. Neither ends with a stack trace.
final class ArgumentsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StringWriter usage = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine(
            Terminal.of(
                Map.of(),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8)))
        .setErr(new PrintWriter(usage, true))
        .setOut(new PrintWriter(usage, true))
        .execute(arguments);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ask",
        "ingest",
        "ask --colour red question",
        "up --port many",
        "eval retrieval",
        "eval answers --documents here",
        "fly"
      })
  void wrongArgumentsAreAnsweredByTheUsage(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(usage.toString()).contains("Usage:").doesNotContain("Exception", "\tat ");
  }

  @Test
  void aFolderThatIsNotThereIsSaidBeforeAnythingStarts() {
    Path data = folder.resolve("data");
    Path missing = folder.resolve("no such folder");

    assertThat(run("up", "--data", data.toString(), missing.toString())).isEqualTo(1);
    assertThat(said()).isEqualToIgnoringNewLines("docent: There is no file or folder " + missing);
    assertThat(data).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ask question", "ingest .", "user list", "audit export"})
  void whatNeedsAServiceSaysHowToStartOne(String line) {
    String[] words = (line + " --data " + folder).split(" ");

    assertThat(run(words)).isEqualTo(1);
    assertThat(said()).contains("Nothing runs on the data folder " + folder, "./docent up");
  }

  @Test
  void aDataFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(run("up", "--data", file.toString())).isEqualTo(1);
    assertThat(said()).contains(file.toString(), "--data");
  }

  @Test
  void helpIsNoError() {
    assertThat(run("ask", "--help")).isZero();
    assertThat(usage.toString()).contains("--json", "--no-compose");
  }
}
