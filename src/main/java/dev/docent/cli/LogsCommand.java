package dev.docent.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints the service's log, which holds ids and numbers and no document's text.
@Command(name = "logs", description = "The service's log.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

  private static final int POLL_MILLIS = 300;

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on printing what is added.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      description = "How many of the last lines (default: ${DEFAULT-VALUE}).",
      defaultValue = "200")
  private int lines;

  private final Terminal terminal;

  LogsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var log = data.folder().serviceLog();
    if (Files.notExists(log)) {
      throw new CommandException("There is no log yet: " + log);
    }
    var all = Files.readAllLines(log, StandardCharsets.UTF_8);
    all.subList(Math.max(0, all.size() - lines), all.size()).forEach(terminal::line);
    if (follow) {
      follow(log);
    }
    return 0;
  }

  /// Until it is interrupted. A file that became shorter was rotated and starts anew.
  private void follow(Path log) throws IOException, InterruptedException {
    var position = Files.size(log);
    while (true) {
      var size = Files.exists(log) ? Files.size(log) : 0;
      if (size < position) {
        position = 0;
      }
      if (size > position) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
          file.seek(position);
          var added = new byte[(int) Math.min(size - position, 1 << 20)];
          file.readFully(added);
          terminal.part(new String(added, StandardCharsets.UTF_8));
          position += added.length;
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
