package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.wiring.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The product's service on a data folder made for the purpose, started and stopped by its own
/// launcher as a user does it. The folder is gone when this is closed.
final class BenchService implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int LAST_WORDS = 12;

  private final ScratchFolder scratch = ScratchFolder.open(Optional.empty());
  private final DataFolder data = DataFolder.at(scratch.path());
  private final Thread guard = new Thread(this::stop, "stop-bench-service");
  private boolean running;

  BenchService() {
    Runtime.getRuntime().addShutdownHook(guard);
  }

  /// `./docent up`, to its end: the service is ready then.
  ///
  /// @param options beside those that name the place
  /// @return how long it took
  Duration up(List<String> options) {
    running = true;
    var began = System.nanoTime();
    var command = new ArrayList<>(List.of("up", "--port", "" + freePort()));
    command.addAll(options);
    launch(command);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /// `./docent down`.
  void down() {
    launch(List.of("down"));
    running = false;
  }

  ServiceClient client() {
    return ServiceClient.of(data);
  }

  /// The service's own database, by connections that are not pooled.
  ///
  /// @param role of the service, or `postgres`
  DataSource database(String role) {
    try {
      var source = new PGSimpleDataSource();
      source.setServerNames(new String[] {"127.0.0.1"});
      source.setPortNumbers(
          new int[] {Integer.parseInt(Files.readString(data.postgres().resolve("port")).strip())});
      source.setDatabaseName("docent");
      source.setUser(role);
      source.setPassword(Files.readString(data.keys().resolve("database").resolve(role)).strip());
      return source;
    } catch (IOException e) {
      throw new CommandException("The database's address is not known: " + e.getMessage(), e);
    }
  }

  private void launch(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(BenchOptions.home().resolve("docent").toString());
    command.add(arguments.getFirst());
    command.add("--data");
    command.add(data.root().toString());
    command.addAll(arguments.subList(1, arguments.size()));
    try {
      var output = Files.createTempFile(scratch.path(), "launcher", ".txt");
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      var exit = process.waitFor();
      var said = Files.readAllLines(output);
      Files.delete(output);
      if (exit != 0) {
        throw new CommandException(
            "./docent %s failed:%n%s"
                .formatted(
                    arguments.getFirst(),
                    String.join(
                        "\n", said.subList(Math.max(0, said.size() - LAST_WORDS), said.size()))));
      }
    } catch (IOException e) {
      throw new CommandException("The launcher cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandException("There is no free port: " + e.getMessage(), e);
    }
  }

  /// What reading a folder came to.
  ///
  /// @param took until every document is searchable by words and by meaning
  record Reading(int documents, int passages, Duration took) {}

  /// Has a folder read, and returns when all of it is searchable.
  Reading read(Path folder) {
    var client = client();
    var request = new LinkedHashMap<String, Object>();
    request.put("path", folder.toAbsolutePath().normalize().toString());
    var began = System.nanoTime();
    var id = client.post("/api/v1/ingests", request).path("id").asText();
    var run = client.get("/api/v1/ingests/" + id);
    while (run.path("state").asText().equals("RUNNING")) {
      pause(POLL);
      run = client.get("/api/v1/ingests/" + id);
    }
    while (client.get("/api/v1/status").path("library").path("pending").asLong() > 0) {
      pause(POLL);
    }
    var took = Duration.ofNanos(System.nanoTime() - began);
    if (!run.path("state").asText().equals("DONE")) {
      throw new CommandException("Reading %s ended as %s".formatted(folder, run.path("state")));
    }
    var documents = 0;
    var passages = 0;
    for (var line : report(client, id)) {
      if (line.path("passages").asInt() > 0) {
        documents++;
        passages += line.path("passages").asInt();
      }
    }
    if (documents == 0) {
      throw new CommandException("No document of %s could be read".formatted(folder));
    }
    return new Reading(documents, passages, took);
  }

  private static List<JsonNode> report(ServiceClient client, String id) {
    try (var report = client.open("/api/v1/ingests/" + id + "/report", Map.of())) {
      return ServiceClient.JSON.readerFor(JsonNode.class).<JsonNode>readValues(report).readAll();
    } catch (IOException e) {
      throw new CommandException("The report broke off: " + e.getMessage(), e);
    }
  }

  /// Waits until the chat model is loaded.
  ///
  /// @return its name; empty where the service has none
  Optional<String> awaitModel(Duration within) {
    var began = System.nanoTime();
    while (System.nanoTime() - began < within.toNanos()) {
      var status = client().get("/api/v1/status");
      if (status.path("model").isObject()) {
        return Optional.of(status.path("model").path("name").asText());
      }
      if (!status.path("modelLoading").asBoolean()) {
        return Optional.empty();
      }
      pause(POLL);
    }
    return Optional.empty();
  }

  /// Memory of the service's process.
  ProcessMemory memory() {
    return ProcessMemory.of(List.of(service()));
  }

  /// Memory of the database's processes.
  ProcessMemory databaseMemory() {
    var pidFile = data.postgres().resolve("cluster").resolve("postmaster.pid");
    try {
      var postmaster = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      var process =
          ProcessHandle.of(postmaster)
              .orElseThrow(() -> new CommandException("PostgreSQL does not run"));
      var all = new ArrayList<ProcessHandle>();
      all.add(process);
      process.descendants().forEach(all::add);
      return ProcessMemory.of(all);
    } catch (IOException e) {
      throw new CommandException("PostgreSQL's process is not known: " + e.getMessage(), e);
    }
  }

  private ProcessHandle service() {
    return RunningService.on(data)
        .orElseThrow(() -> new CommandException("The service does not run"))
        .process();
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  private void stop() {
    if (running) {
      down();
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } finally {
      Runtime.getRuntime().removeShutdownHook(guard);
      scratch.close();
    }
  }
}
