package dev.docent.compliance.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Go's `golang.org/x/mod/sumdb`, asked through the small program in `src/test/go`. Tests that want
/// it are skipped, with the reason, where Go or its module cannot be had.
final class GoOracle implements AutoCloseable {
  private static final Path SOURCE = Path.of("src", "test", "go");

  private final Path folder;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private GoOracle(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.questions = process.outputWriter();
    this.answers = process.inputReader();
  }

  static GoOracle start() {
    try {
      Path folder = Files.createTempDirectory("docent-oracle");
      Path program = folder.resolve("oracle");
      Path said = folder.resolve("build.out");
      int built;
      try {
        Process build =
            new ProcessBuilder("go", "build", "-o", program.toString(), ".")
                .directory(SOURCE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        built = build.waitFor(5, TimeUnit.MINUTES) ? build.exitValue() : -1;
      } catch (IOException e) {
        assumeTrue(false, "Go is missing: the tree was not compared with golang.org/x/mod/sumdb");
        throw e;
      }
      assumeTrue(
          built == 0,
          "golang.org/x/mod cannot be had: the tree was not compared with it. Go said: "
              + Files.readString(said));
      return new GoOracle(folder, new ProcessBuilder(program.toString()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String ask(Object... words) {
    List<Object> question = List.of(words);
    try {
      questions.write(question.stream().map(Object::toString).collect(Collectors.joining(" ")));
      questions.write("\n");
      questions.flush();
      String answer = answers.readLine();
      assertThat(answer).as("answer to %s", question.getFirst()).isNotNull();
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String list(List<byte[]> hashes) {
    return hashes.isEmpty()
        ? "-"
        : hashes.stream().map(GoOracle::base64).collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    try {
      questions.close();
      process.waitFor(5, TimeUnit.SECONDS);
      Files.deleteIfExists(folder.resolve("oracle"));
      Files.deleteIfExists(folder.resolve("build.out"));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
