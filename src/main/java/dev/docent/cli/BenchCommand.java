package dev.docent.cli;

import dev.docent.model.Hardware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures speed, memory and start time, on the product's own service in data folders of its own.
@Command(
    name = "bench",
    description = {
      "Measure speed, memory and start time, in scratch folders of its own.",
      "Parts: ingest, ask, model, start, audit; without any, all of them.",
      "Figures are only worth what else the machine does: nothing, at best."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PART", arity = "0..*", description = "What to measure.")
  private List<String> chosen = List.of();

  @Mixin private final BenchOptions options = new BenchOptions();

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Write the figures of every run to this file, as JSON.")
  private @Nullable Path json;

  private final Terminal terminal;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    requireWritable();
    var figures = new BenchFigures();
    for (var part : parts()) {
      terminal.note("Measuring " + part.name());
      part.measure(figures);
    }
    figures.lines().forEach(terminal::line);
    if (json != null) {
      write(figures, json);
    }
    return 0;
  }

  private List<BenchPart> parts() {
    var all =
        List.of(
            new IngestBench(options, terminal),
            new AskBench(options, terminal),
            new ModelBench(options, terminal),
            new StartBench(options, terminal),
            new AuditBench(options, terminal));
    for (var name : chosen) {
      if (all.stream().noneMatch(part -> part.name().equals(name))) {
        throw new CommandException(
            "There is no part %s: say %s"
                .formatted(name, String.join(", ", all.stream().map(BenchPart::name).toList())));
      }
    }
    return all.stream().filter(part -> chosen.isEmpty() || chosen.contains(part.name())).toList();
  }

  private void requireWritable() {
    if (json == null) {
      return;
    }
    var folder = json.toAbsolutePath().getParent();
    if (Files.isDirectory(json) || folder == null || !Files.isWritable(folder)) {
      throw new CommandException("The file %s cannot be written".formatted(json));
    }
  }

  private void write(BenchFigures figures, Path file) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("runs", options.runs());
    all.put("threads", options.threads());
    all.put("cores", Hardware.detect().cores());
    all.put("java", Runtime.version().toString());
    all.putAll(figures.json());
    try {
      ServiceClient.JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    } catch (IOException e) {
      throw new CommandException("The file %s cannot be written: %s".formatted(file, e), e);
    }
  }
}
