package dev.docent.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// From `./docent up` to ready on a data folder that has its documents, and what service and
/// database then hold in memory while nobody asks.
final class StartBench implements BenchPart {
  private static final double MEGABYTE = 1e6;
  private static final Duration MODEL_WITHIN = Duration.ofMinutes(2);

  // Until the start's own garbage is gone and PostgreSQL's extra workers have ended.
  private static final Duration UNTIL_IDLE = Duration.ofSeconds(10);

  private final BenchOptions options;
  private final Terminal terminal;

  StartBench(BenchOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public void measure(BenchFigures figures) {
    var first = new ArrayList<Double>();
    var warm = new ArrayList<Double>();
    var withModel = new ArrayList<Double>();
    try (var service = new BenchService()) {
      terminal.note("  the first start, and reading " + options.documents());
      first.add(seconds(service.up(List.of("--no-model"))));
      service.read(options.documents());
      service.down();
      for (int run = 1; run <= options.runs(); run++) {
        terminal.note("  warm start %d of %d".formatted(run, options.runs()));
        var began = System.nanoTime();
        warm.add(seconds(service.up(AskBench.modelOption(options))));
        if (service.awaitModel(MODEL_WITHIN).isPresent()) {
          withModel.add(seconds(Duration.ofNanos(System.nanoTime() - began)));
        }
        service.down();
      }
      figures.add(name(), "first start, to ready, s", first);
      figures.add(name(), "warm start, to ready, s", warm);
      if (!withModel.isEmpty()) {
        figures.add(name(), "warm start, to the model loaded, s", withModel);
      }
      terminal.note("  memory");
      service.up(List.of("--no-model"));
      BenchService.pause(UNTIL_IDLE);
      memory(service, figures);
    }
    figures.note(
        name(),
        "Memory is idle, documents loaded, without a chat model. RSS counts PostgreSQL's shared"
            + " pages once for each of its processes, PSS once in all.");
  }

  private void memory(BenchService service, BenchFigures figures) {
    var jvm = service.memory();
    var database = service.databaseMemory();
    add(figures, "service, RSS, MB", jvm.residentBytes());
    add(figures, "PostgreSQL, RSS, MB", database.residentBytes());
    add(figures, "both, RSS, MB", jvm.residentBytes() + database.residentBytes());
    add(figures, "both, PSS, MB", jvm.proportionalBytes() + database.proportionalBytes());
  }

  private void add(BenchFigures figures, String figure, long bytes) {
    figures.add(name(), figure, List.of(bytes / MEGABYTE));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
