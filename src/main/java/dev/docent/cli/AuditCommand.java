package dev.docent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The audit trail from the command line.
@Command(
    name = "audit",
    description = "The audit trail.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditCommand.Export.class,
      AuditCommand.Verify.class,
      HoldCommand.class,
      PruneCommand.class,
      AuditCommand.Witness.class,
      AuditCommand.RotateKey.class
    })
final class AuditCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException(
        "Say what to do: ./docent audit export | verify | witness | rotate-key | hold | prune");
  }

  /// Checks an export, without the service.
  @Command(
      name = "verify",
      description = "Check an export, as anyone can without Docent: see compliance/README.md.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @Parameters(paramLabel = "EXPORT", description = "A folder or a ZIP file.")
    private @Nullable Path export;

    @Option(
        names = "--key",
        paramLabel = "KEY",
        description = "The log's verifier key, or a file with it, from another source.")
    private @Nullable String key;

    @Option(
        names = "--witness",
        paramLabel = "KEY",
        description = "A witness's verifier key, or a file with it. May be given several times.")
    private List<String> witnesses = List.of();

    @Option(
        names = "--since",
        paramLabel = "FILE",
        description = "A checkpoint of the same log that was kept from earlier.")
    private @Nullable String since;

    @Option(
        names = "--folder",
        paramLabel = "DIR",
        description = "The log's folder of checkpoints, or a copy of it.")
    private @Nullable String folder;

    private final Terminal terminal;

    Verify(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      List<String> words = new ArrayList<>(List.of("verify", String.valueOf(export)));
      add(words, "--key", key);
      witnesses.forEach(witness -> add(words, "--witness", witness));
      add(words, "--since", since);
      add(words, "--folder", folder);
      return dev.docent.compliance.verify.Main.run(
          terminal.out(), terminal.err(), words.toArray(String[]::new));
    }

    static void add(List<String> words, String name, @Nullable String value) {
      if (value != null) {
        words.addAll(List.of(name, value));
      }
    }
  }

  /// Runs a witness until it is ended.
  @Command(
      name = "witness",
      description = {
        "Run a witness: it signs each state of a log that continues the one it signed before.",
        "Best on another machine and as another user; there java -jar docent-compliance.jar witness"
            + " does the same without Docent."
      },
      mixinStandardHelpOptions = true)
  static final class Witness implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Option(
        names = "--state",
        paramLabel = "DIR",
        required = true,
        description = "The witness's own folder: its key and its memory.")
    private @Nullable Path state;

    @Option(
        names = "--log",
        paramLabel = "KEY",
        description =
            "The log's verifier key, or a file with it (default: of what runs on --data).")
    private @Nullable String log;

    @Option(names = "--name", description = "Name of the witness, the first time.")
    private @Nullable String name;

    @Option(
        names = "--listen",
        paramLabel = "HOST:PORT",
        description = "Address (default: 127.0.0.1:9650).")
    private @Nullable String listen;

    private final Terminal terminal;

    Witness(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      List<String> words = new ArrayList<>(List.of("witness", "--state", String.valueOf(state)));
      if (log == null && state != null && Files.notExists(state.resolve("log.keys"))) {
        log = data.service().get("/api/v1/audit/log/keys").path(0).path("key").asText();
      }
      Verify.add(words, "--log", log);
      Verify.add(words, "--name", name);
      Verify.add(words, "--listen", listen);
      return dev.docent.compliance.verify.Main.run(
          terminal.out(), terminal.err(), words.toArray(String[]::new));
    }
  }

  /// Replaces the key that signs the log.
  @Command(
      name = "rotate-key",
      description = "Replace the key that signs the log. The old one announces the new one.",
      mixinStandardHelpOptions = true)
  static final class RotateKey implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    private final Terminal terminal;

    RotateKey(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      terminal.line(data.service().post("/api/v1/audit/log/key", Map.of()).path("key").asText());
      return 0;
    }
  }

  /// Writes the events, oldest first. The export is itself an event.
  @Command(
      name = "export",
      description =
          "Write the signed events: evidence with proofs (bundle), or a view. The export is itself recorded.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Option(
        names = "--format",
        description = "bundle, jsonl or csv (default: ${DEFAULT-VALUE}).",
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

    @Option(
        names = "--size",
        paramLabel = "N",
        description = "The log as it was signed at this size.")
    private @Nullable String size;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to a file.")
    private @Nullable Path out;

    private static final Duration PROGRESS_EVERY = Duration.ofMillis(500);

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
      put(query, "size", size);
      ServiceClient service = data.service();
      Path file = out == null && format.equals("bundle") ? Path.of("audit.zip") : out;
      var response = service.download("/api/v1/audit/export", query);
      try (var events = response.body()) {
        if (file == null) {
          events.transferTo(terminal.out());
          terminal.out().flush();
        } else {
          write(service, events, file);
        }
      }
      terminal.note(
          summary(number(response, "X-Audit-Tree-Size"), number(response, "X-Audit-Waiting")));
      return 0;
    }

    static String summary(long size, long waiting) {
      String signed = "The log as it was signed at %d records.".formatted(size);
      return waiting == 0
          ? signed
          : signed
              + " The newest %d are not signed yet and not in it: the health of the log says why."
                  .formatted(waiting);
    }

    private static long number(HttpResponse<?> response, String header) {
      return response.headers().firstValueAsLong(header).orElse(0);
    }

    /// A file appears whole or not at all.
    private void write(ServiceClient service, InputStream events, Path file) throws IOException {
      Path draft = file.resolveSibling(file.getFileName() + ".part");
      try (var progress = terminal.progress("Exporting");
          var stream = Files.newOutputStream(draft)) {
        byte[] buffer = new byte[1 << 16];
        long asked = System.nanoTime();
        for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
          stream.write(buffer, 0, read);
          if (System.nanoTime() - asked > PROGRESS_EVERY.toNanos()) {
            show(service, progress);
            asked = System.nanoTime();
          }
        }
      } catch (IOException e) {
        Files.deleteIfExists(draft);
        throw new CommandException("The export broke off: " + e.getMessage(), e);
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      terminal.note("Written to " + file);
    }

    private static void show(ServiceClient service, Progress progress) {
      for (var running : service.get("/api/v1/audit/exports")) {
        long records = running.path("records").asLong();
        long total = running.path("total").asLong();
        progress.update(records, total, records + "/" + total + " records", "");
      }
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
      if (value != null) {
        query.put(name, value);
      }
    }
  }
}
