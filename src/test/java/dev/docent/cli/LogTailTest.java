package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void earlierRun() throws IOException {
    log = folder.resolve("service.log");
    add("Opening the index\n2026-11-01 08:00:00 ERROR the disk was full\n");
  }

  private void add(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void tellsTheStepsOfThisStartOnceEachAndWhole() throws IOException {
    var tail = new LogTail(log);
    assertThat(tail.steps()).isEmpty();

    add("Starting PostgreSQL\n2026-11-02 08:00:00 INFO started\nOpening the ind");
    assertThat(tail.steps()).containsExactly("Starting PostgreSQL");

    add("ex\n");
    assertThat(tail.steps()).containsExactly("Opening the index");
    assertThat(tail.steps()).isEmpty();
  }

  @Test
  void theLastLinesAreNoneOfAnEarlierRun() throws IOException {
    var tail = new LogTail(log);
    assertThat(tail.last(12)).isEmpty();

    add("Starting PostgreSQL\nThe port is taken\n");

    assertThat(tail.last(12)).containsExactly("Starting PostgreSQL", "The port is taken");
    assertThat(tail.last(1)).containsExactly("The port is taken");
  }

  @Test
  void followsALogThatBeginsAnew() throws IOException {
    var tail = new LogTail(log);
    Files.move(log, folder.resolve("service.log.1"));
    add("Starting PostgreSQL\n");

    assertThat(tail.steps()).containsExactly("Starting PostgreSQL");
    assertThat(tail.steps()).isEmpty();
    assertThat(tail.last(12)).containsExactly("Starting PostgreSQL");
  }

  @Test
  void saysNothingWhereThereIsNoLog() throws IOException {
    Files.delete(log);
    var tail = new LogTail(log);

    assertThat(tail.steps()).isEmpty();
    assertThat(tail.last(12)).isEmpty();
  }
}
