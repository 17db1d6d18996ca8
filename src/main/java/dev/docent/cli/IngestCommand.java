package dev.docent.cli;

import dev.docent.wiring.DiskFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads files and folders into the running service.
@Command(
    name = "ingest",
    description = "Read files and folders. Unchanged files cost nothing; removed ones disappear.",
    mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths = List.of();

  @Option(
      names = {"-g", "--group"},
      paramLabel = "GROUP",
      split = ",",
      description =
          "Groups that may read them (default: as the folder's .docent.json says, else the local"
              + " operator only).")
  private List<String> readers = List.of();

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description = "The collection to put them in.")
  private @Nullable String collection;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write one line of JSON for each file: its path, outcome, reason and figures.")
  private @Nullable Path report;

  private final Terminal terminal;

  IngestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    paths.forEach(IngestWatch::requireThere);
    var watch = new IngestWatch(data.service(), terminal, IngestWatch.WhenInterrupted.CANCEL);
    if (report == null) {
      read(watch, OutputStream.nullOutputStream());
      return 0;
    }
    // Opened before anything is read, and under its name only when it is whole.
    var draft = report.resolveSibling(report.getFileName() + ".part");
    try {
      try (var out = Files.newOutputStream(draft)) {
        read(watch, out);
      }
      Files.move(draft, report, StandardCopyOption.REPLACE_EXISTING);
      return 0;
    } catch (IOException e) {
      throw new CommandException(
          "The report %s cannot be written: %s. Name another file with --report."
              .formatted(report, DiskFailure.inWords(e)),
          e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void read(IngestWatch watch, OutputStream out) throws IOException {
    for (var path : paths) {
      var run = watch.read(path, readers, Optional.ofNullable(collection));
      if (report != null) {
        try (var lines = watch.report(run.path("id").asText())) {
          lines.transferTo(out);
        }
      }
    }
  }
}
