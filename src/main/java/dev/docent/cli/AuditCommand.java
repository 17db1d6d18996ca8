package dev.docent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The audit trail from the command line.
@Command(
    name = "audit",
    description = "The audit trail.",
    mixinStandardHelpOptions = true,
    subcommands = AuditCommand.Export.class)
final class AuditCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent audit export");
  }

  /// Writes the events, oldest first. The export is itself an event.
  @Command(
      name = "export",
      description = "Write the events as JSON Lines or CSV. The export is itself recorded.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Option(
        names = "--format",
        description = "jsonl or csv (default: ${DEFAULT-VALUE}).",
        defaultValue = "jsonl")
    private String format = "jsonl";

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "Not before, e.g. 2026-01-31T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before.")
    private @Nullable String to;

    @Option(names = "--actor", description = "Only what this account did.")
    private @Nullable String actor;

    @Option(names = "--act", description = "Only events of this type.")
    private @Nullable String act;

    @Option(names = "--document", description = "Only what concerns this document.")
    private @Nullable String document;

    @Option(names = "--outcome", description = "Only events with this outcome.")
    private @Nullable String outcome;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to a file.")
    private @Nullable Path out;

    private final Terminal terminal;

    Export(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
      var query = new LinkedHashMap<String, String>();
      query.put("format", format);
      put(query, "from", from);
      put(query, "to", to);
      put(query, "actor", actor);
      put(query, "act", act);
      put(query, "document", document);
      put(query, "outcome", outcome);
      try (var events = data.service().open("/api/v1/audit/export", query)) {
        if (out == null) {
          events.transferTo(terminal.out());
          terminal.out().flush();
        } else {
          try (var file = Files.newOutputStream(out)) {
            events.transferTo(file);
          }
        }
      }
      return 0;
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
      if (value != null) {
        query.put(name, value);
      }
    }
  }
}
