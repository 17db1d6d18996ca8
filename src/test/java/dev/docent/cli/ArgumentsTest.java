package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.wiring.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
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
  void aFileToReadThatIsNotThereIsSaidBeforeTheServiceIsAsked() {
    assertThat(run("ingest", "--data", folder.toString(), "/no/such/file")).isEqualTo(1);
    assertThat(said())
        .isEqualToIgnoringNewLines("docent: There is no file or folder /no/such/file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void anEmptyQuestionIsNotSent(String question) {
    assertThat(run("ask", "--data", folder.toString(), question)).isEqualTo(1);
    assertThat(said()).contains("The question is empty", "./docent ask");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a folder", "nothing", "no model", "missing"})
  void aModelFileThatIsNoneIsRefusedBeforeAnythingIsMade(String what) throws IOException {
    Path data = folder.resolve("data");
    Path model = folder.resolve("my model.gguf");
    switch (what) {
      case "a folder" -> Files.createDirectory(model);
      case "nothing" -> Files.createFile(model);
      case "no model" -> Files.writeString(model, "GGML is not the name of this format any more");
      default -> assertThat(model).doesNotExist();
    }

    assertThat(
            run(
                "up",
                "--data",
                data.toString(),
                "--port",
                "" + freePort(),
                "--model",
                model.toString()))
        .isEqualTo(1);
    assertThat(said()).contains(model.toString(), "--no-model").doesNotContain("Exception");
    assertThat(data).doesNotExist();
  }

  @Test
  void aTakenPortIsSaidBeforeAnythingIsMade() throws IOException {
    Path data = folder.resolve("data");
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "" + taken.getLocalPort();

      assertThat(run("up", "--data", data.toString(), "--no-model", "--port", port)).isEqualTo(1);
      assertThat(said()).contains("Port " + port, "--port N");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void anAddressThatIsNoneIsNotBlamedOnThePort() {
    assertThat(run("up", "--data", folder.resolve("data").toString(), "--listen", "300.1.2.3"))
        .isEqualTo(1);
    assertThat(said()).contains("300.1.2.3", "--listen").doesNotContain("--port");
  }

  @Test
  void aSettingThatDoesNotExistIsNamedWithItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("docent.properties"), "docent.ingest.wrokers=3\n");

    assertThat(run("up", "--data", folder.toString(), "--no-model")).isEqualTo(1);
    assertThat(said()).contains("docent.ingest.wrokers", file.toString());
  }

  @Test
  void theFolderOfAnotherUserIsRefused() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can make it another's");
    Path data = DataFolder.at(folder.resolve("data")).create().root();
    Path lock = Files.createFile(data.resolve("lock"));
    Files.setAttribute(lock, "unix:uid", 65534);

    assertThat(run("up", "--data", data.toString(), "--no-model", "--port", "" + freePort()))
        .isEqualTo(1);
    assertThat(said()).contains(data.toString(), "Run Docent as", "--data").hasLineCount(1);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
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
