package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.wiring.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunningServiceTest {
  @TempDir Path folder;
  private DataFolder data = DataFolder.at(Path.of("unset"));
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void create() {
    data = DataFolder.at(folder.resolve("a data folder")).create();
  }

  private void describe(String json) throws IOException {
    Files.writeString(data.serviceFile(), json);
  }

  private static String self(String host) {
    return """
    {"pid": %d, "host": "%s", "port": 9753, "started": "2025-01-01T00:00:00Z"}\
    """
        .formatted(ProcessHandle.current().pid(), host);
  }

  @Test
  void thereIsNoneWithoutItsDescription() {
    try (var _ = data.lock()) {
      assertThat(RunningService.on(data)).isEmpty();
    }
  }

  @Test
  void aDescriptionThatOutlivedItsServiceIsNotBelieved() throws IOException {
    describe(self("127.0.0.1"));

    assertThat(RunningService.on(data))
        .as("the process id may be anybody's by now; nobody holds the lock")
        .isEmpty();
  }

  @Test
  void aServiceThatWasKilledIsNotTheOneThatStarts() throws Exception {
    var stranger = new ProcessBuilder("sleep", "300").start();
    try (var _ = data.lock()) {
      describe("{\"pid\": %d, \"port\": 9753}".formatted(stranger.pid()));

      assertThat(RunningService.on(data)).isEmpty();
      assertThat(run("status")).isEqualTo(StatusCommand.NOT_RUNNING);
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("Process %d holds".formatted(ProcessHandle.current().pid()), "./docent logs");
      assertThatThrownBy(() -> ServiceClient.of(data)).hasMessageContaining("starts or stops");
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void downEndsTheStartAndNoStranger() throws Exception {
    var stranger = new ProcessBuilder("sleep", "300").start();
    // What a start is to the command: a process that has the lock file open, and its id in it.
    var start =
        new ProcessBuilder("sh", "-c", "exec 9>>\"$0\"; echo $$ >\"$0\"; exec sleep 300", lock())
            .start();
    try {
      describe("{\"pid\": %d, \"port\": 9753}".formatted(stranger.pid()));
      while (data.holder().isEmpty()) {
        assertThat(start.isAlive()).isTrue();
        Thread.sleep(20);
      }

      assertThat(run("down")).isZero();

      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Docent has stopped");
      assertThat(start.isAlive()).isFalse();
      assertThat(stranger.isAlive()).isTrue();
      assertThat(run("down")).isZero();
      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Nothing runs");
    } finally {
      start.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  @Test
  void anIdThatTheLastHolderLeftIsNotBelieved() throws Exception {
    var stranger = new ProcessBuilder("sleep", "300").start();
    try (var _ = data.lock()) {
      // The moment after a new holder has the lock, and before it has written its id.
      Files.writeString(Path.of(lock()), stranger.pid() + "\n");
      describe("{\"pid\": %d, \"port\": 9753}".formatted(stranger.pid()));

      assertThat(RunningService.on(data)).isEmpty();
      assertThat(run("down")).isEqualTo(1);
      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("nothing was stopped");
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  private String lock() {
    return data.root().resolve("lock").toString();
  }

  private int run(String command) {
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return Main.commandLine(Terminal.of(Map.of(), stream, stream))
        .execute(command, "--data", data.root().toString());
  }

  @Test
  void itIsFoundWhileItHoldsTheFolder() throws IOException {
    describe(self("127.0.0.1"));

    try (var _ = data.lock()) {
      RunningService running = RunningService.on(data).orElseThrow();
      assertThat(running.address()).hasToString("http://127.0.0.1:9753");
      assertThat(running.process()).isEqualTo(ProcessHandle.current());
    }
  }

  @Test
  void oneThatListensEverywhereIsReachedByLoopback() throws IOException {
    try (var _ = data.lock()) {
      for (String everywhere : new String[] {"0.0.0.0", "::"}) {
        describe(self(everywhere));
        assertThat(RunningService.on(data).orElseThrow().address())
            .hasToString("http://127.0.0.1:9753");
      }
    }
  }

  @Test
  void aDamagedDescriptionIsNamed() throws IOException {
    describe("{\"pid\": ");

    try (var _ = data.lock()) {
      assertThatThrownBy(() -> RunningService.on(data))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining(data.serviceFile().toString());
    }
  }

  @Test
  void theOperatorsTokenIsTakenFromItsFile() throws IOException {
    describe(self("127.0.0.1"));
    data.writeSecret(data.operatorToken(), "a token");

    try (var _ = data.lock()) {
      assertThat(ServiceClient.of(data).address().getPort()).isEqualTo(9753);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"is empty", "is open to other users", "is gone", "cannot be read"})
  void aTokenFileThatCannotBeTrustedIsNamedWithWhatToDo(String what) throws IOException {
    describe(self("127.0.0.1"));
    data.writeSecret(data.operatorToken(), what.equals("is empty") ? " \n" : "a token");
    switch (what) {
      case "is open to other users" ->
          Files.setPosixFilePermissions(
              data.operatorToken(), PosixFilePermissions.fromString("rw-r-----"));
      case "is gone" -> Files.delete(data.operatorToken());
      case "cannot be read" -> {
        Files.delete(data.operatorToken());
        Files.createDirectory(
            data.operatorToken(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      default -> assertThat(data.operatorToken()).exists();
    }

    try (var _ = data.lock()) {
      assertThatThrownBy(() -> ServiceClient.of(data))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining(what)
          .hasMessageContaining(data.operatorToken().toString())
          .hasMessageContaining("./docent down and ./docent up");
    }
  }

  @Test
  void aClientWithoutAServiceIsToldHowToStartIt() {
    assertThatThrownBy(() -> ServiceClient.of(data))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("./docent up")
        .hasMessageContaining(data.root().toString());
  }
}
