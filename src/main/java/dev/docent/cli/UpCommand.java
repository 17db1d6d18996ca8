package dev.docent.cli;

import dev.docent.wiring.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Starts the service, reads folders into it, and says where it is.
@Command(
    name = "up",
    description = "Start the service, read folders into it, and say where it is.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  private static final Duration START_WITHIN = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int LAST_WORDS = 12;

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "FOLDER", arity = "0..*", description = "Folders to read.")
  private List<Path> folders = List.of();

  @Option(names = "--port", description = "Port to listen on (default: 8642).")
  private @Nullable Integer port;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on (default: 127.0.0.1). Another one opens the service to the network.")
  private @Nullable String host;

  @Option(names = "--model", paramLabel = "FILE", description = "A GGUF model of your own.")
  private @Nullable Path model;

  @Option(names = "--no-model", description = "Answer by quotation only.")
  private boolean withoutModel;

  @Option(
      names = {"-g", "--group"},
      paramLabel = "GROUP",
      split = ",",
      description = "Groups that may read the folders (default: as their .docent.json says).")
  private List<String> readers = List.of();

  @Option(
      names = "--foreground",
      description = "Stay, with the service's log on the standard output; Ctrl-C stops it.")
  private boolean foreground;

  private final Terminal terminal;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var folder = data.folder();
    folders.forEach(IngestWatch::requireThere);
    var running = RunningService.on(folder);
    if (running.isPresent()) {
      return readInto(running.get(), folder);
    }
    refuseLocked(folder);
    var settings = data.settings();
    var place =
        new ListeningPlace(
            host == null ? settings.host() : host, port == null ? settings.port() : port);
    place.requireFree();
    var chatModel = new ChatModelFile(settings.model(), terminal);
    var own = withoutModel ? Optional.<Path>empty() : chatModel.own(model);
    // Nothing is made before all that was asked for can be had.
    folder.create();
    var properties =
        properties(place, own.or(() -> withoutModel ? Optional.empty() : chatModel.fitting()));
    var javaOptions =
        settings.javaOptions().map(text -> List.of(text.strip().split("\\s+"))).orElse(List.of());
    var log = new LogTail(folder.serviceLog());
    var process =
        foreground
            ? ServiceProcess.startInForeground(folder, home(), javaOptions, properties)
            : ServiceProcess.start(folder, home(), javaOptions, properties);
    var guard = new Thread(() -> ServiceProcess.stop(process.toHandle()), "stop-service");
    // Until the folders are read, Ctrl-C stops what this command has started.
    Runtime.getRuntime().addShutdownHook(guard);
    var service = awaitReady(process, folder, log);
    announce(service, folder, IngestWatch.WhenInterrupted.LEAVE);
    if (foreground) {
      return waitFor(process);
    }
    Runtime.getRuntime().removeShutdownHook(guard);
    return 0;
  }

  /// One service to a data folder: a second `up` serves to read more folders.
  private int readInto(RunningService running, DataFolder folder) {
    if (foreground || host != null || (port != null && port != running.port())) {
      refuseLocked(folder);
    }
    terminal.note(
        "Docent runs already on %s (process %d)".formatted(folder.root(), running.process().pid()));
    if (model != null || withoutModel) {
      terminal.note(
          "%s has no effect on a service that runs. To change its model: ./docent down, then ./docent up with this option"
              .formatted(model != null ? "--model" : "--no-model"));
    }
    var service = ServiceClient.of(folder);
    if (!service.ready()) {
      throw new CommandException("It is not ready; see ./docent status and ./docent logs");
    }
    announce(service, folder, IngestWatch.WhenInterrupted.CANCEL);
    return 0;
  }

  private static void refuseLocked(DataFolder folder) {
    if (folder.locked()) {
      throw new CommandException(
          "The data folder %s is in use by process %s. Stop it with ./docent down, or name another folder with --data."
              .formatted(folder.root(), folder.holderInWords()));
    }
  }

  private static Map<String, String> properties(ListeningPlace place, Optional<Path> file) {
    var properties = new HashMap<String, String>();
    properties.put("docent.host", place.host());
    properties.put("docent.port", "" + place.port());
    properties.put("docent.model.enabled", "" + file.isPresent());
    file.ifPresent(path -> properties.put("docent.model.file", path.toString()));
    return properties;
  }

  private static Path home() {
    return Path.of(System.getProperty("docent.home", "."));
  }

  private ServiceClient awaitReady(Process process, DataFolder folder, LogTail log) {
    var start = System.nanoTime();
    terminal.note("Starting");
    while (Duration.ofNanos(System.nanoTime() - start).compareTo(START_WITHIN) < 0) {
      if (!process.isAlive()) {
        throw new CommandException("The service did not start." + lastWords(folder, log));
      }
      if (!foreground) {
        log.steps().forEach(line -> terminal.note("  " + line));
      }
      var running = RunningService.on(folder).filter(it -> it.process().pid() == process.pid());
      if (running.isPresent()) {
        var service = ServiceClient.of(folder);
        if (service.ready()) {
          service.openPage();
          return service;
        }
      }
      pause();
    }
    throw new CommandException(
        "The service was not ready in %d s.%s"
            .formatted(START_WITHIN.toSeconds(), lastWords(folder, log)));
  }

  private String lastWords(DataFolder folder, LogTail log) {
    if (foreground) {
      return "";
    }
    var lines = log.last(LAST_WORDS);
    return lines.isEmpty()
        ? " It said nothing in %s.".formatted(folder.serviceLog())
        : " The end of %s:%n%s".formatted(folder.serviceLog(), String.join("\n", lines));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  /// The address and the first password come before the folders are read, which takes as long as it
  /// takes and may fail.
  private void announce(
      ServiceClient service, DataFolder folder, IngestWatch.WhenInterrupted whenInterrupted) {
    terminal.line("");
    terminal.line("Docent is ready at " + terminal.bold(service.address().toString()));
    tellFirstPassword(folder);
    var watch = new IngestWatch(service, terminal, whenInterrupted);
    for (var path : folders) {
      watch.read(path, readers, Optional.empty());
    }
    var standard =
        folder.root().equals(DataFolder.standard(System.getenv(), userHome()).toAbsolutePath());
    terminal.line(
        "  ask           ./docent ask %s\"How many days of leave do I have?\""
            .formatted(standard ? "" : "--data '" + folder.root() + "' "));
  }

  private static Path userHome() {
    return Path.of(System.getProperty("user.home"));
  }

  /// The first administrator's password, where it was not told yet. The file that brings it is
  /// deleted once it has been printed.
  private void tellFirstPassword(DataFolder folder) {
    var file = folder.firstPassword();
    try {
      if (Files.notExists(file)) {
        return;
      }
      var password = Files.readString(file).strip();
      terminal.line("  sign in as    " + terminal.bold("admin"));
      terminal.line(
          "  password      " + terminal.bold(password) + "   (shown once, and kept nowhere)");
      if (!terminal.out().checkError()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CommandException(
          "The first password in %s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }
}
