package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.wiring.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipFile;

/// llama.cpp's own server as a peer to compare with: a child process on a loopback port, ended when
/// closed.
final class LlamaServer implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int CONTEXT_TOKENS = 4096;

  private static final String PACKAGE = "xllamacpp";
  private static final String VERSION = "2026.10.11549";

  /// Starts the package's server, says where it listens, and runs until its input ends.
  private static final String SCRIPT =
      """
      import sys
      sys.path.insert(0, sys.argv[1])
      import xllamacpp
      params = xllamacpp.CommonParams()
      params.model.path = sys.argv[2]
      params.n_ctx = int(sys.argv[4])
      params.n_parallel = 1
      params.cpuparams.n_threads = int(sys.argv[3])
      params.cpuparams_batch.n_threads = int(sys.argv[3])
      server = xllamacpp.Server(params)
      print("listening " + server.listening_address, flush=True)
      sys.stdin.read()
      """;

  /// A way to run the server.
  sealed interface Program {
    /// A build of llama.cpp's own.
    record Binary(Path file) implements Program {}

    /// The unpacked Python package.
    record Package(Path folder) implements Program {}
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final URI address;
  private final String version;

  private LlamaServer(Process process, URI address, String version) {
    this.process = process;
    this.address = address;
    this.version = version;
  }

  /// The operator's own, else the one on the PATH, else the fetched one.
  static Optional<Program> find(BenchOptions options, Terminal terminal) {
    if (options.llamaServer().isPresent()) {
      var file = options.llamaServer().get();
      if (!Files.isExecutable(file)) {
        throw new CommandException("There is no program " + file);
      }
      return Optional.of(new Program.Binary(file));
    }
    var onPath = onPath("llama-server");
    if (onPath.isPresent()) {
      return Optional.of(new Program.Binary(onPath.get()));
    }
    var folder =
        Objects.requireNonNull(Settings.read().model().cacheFolder().getParent())
            .resolve("tools")
            .resolve(PACKAGE + "-" + VERSION);
    if (Files.notExists(folder) && options.fetchPeer()) {
      terminal.note("Fetching %s %s".formatted(PACKAGE, VERSION));
      fetch(folder);
    }
    return Files.exists(folder) ? Optional.of(new Program.Package(folder)) : Optional.empty();
  }

  private static Optional<Path> onPath(String name) {
    for (var folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      var file = Path.of(folder).resolve(name);
      if (!folder.isEmpty() && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// By the ordinary package client; the folder appears when it is whole.
  private static void fetch(Path folder) {
    try {
      Files.createDirectories(Objects.requireNonNull(folder.getParent()));
      var unpacked = Files.createTempDirectory(folder.getParent(), PACKAGE);
      var wheels = Files.createTempDirectory(folder.getParent(), "wheel");
      var pip =
          new ProcessBuilder(
                  "python3",
                  "-m",
                  "pip",
                  "download",
                  "--quiet",
                  "--disable-pip-version-check",
                  "--no-deps",
                  "--only-binary=:all:",
                  "--dest",
                  wheels.toString(),
                  PACKAGE + "==" + VERSION)
              .redirectErrorStream(true)
              .start();
      var said = new String(pip.getInputStream().readAllBytes());
      if (pip.waitFor() != 0) {
        throw new CommandException(
            "%s %s is not to be had: %s".formatted(PACKAGE, VERSION, said.strip()));
      }
      try (var files = Files.list(wheels)) {
        for (var wheel : files.toList()) {
          unpack(wheel, unpacked);
          Files.delete(wheel);
        }
      }
      Files.delete(wheels);
      Files.move(unpacked, folder);
    } catch (IOException e) {
      throw new CommandException("The peer cannot be fetched: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  private static void unpack(Path wheel, Path folder) throws IOException {
    try (var archive = new ZipFile(wheel.toFile())) {
      for (var entry : archive.stream().filter(one -> !one.isDirectory()).toList()) {
        var file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException(wheel + " has a file outside itself");
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = archive.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }

  /// Returns when the server has loaded the model.
  static LlamaServer start(Program program, Path model, int threads) {
    try {
      return switch (program) {
        case Program.Binary(var file) -> startBinary(file, model, threads);
        case Program.Package(var folder) -> startPackage(folder, model, threads);
      };
    } catch (IOException e) {
      throw new CommandException("llama.cpp's server cannot be started: " + e.getMessage(), e);
    }
  }

  private static LlamaServer startBinary(Path file, Path model, int threads) throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var process =
        quiet(
                List.of(
                    file.toString(),
                    "--model",
                    model.toString(),
                    "--threads",
                    "" + threads,
                    "--threads-batch",
                    "" + threads,
                    "--ctx-size",
                    "" + CONTEXT_TOKENS,
                    "--parallel",
                    "1",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "" + port))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return awaitLoaded(process, URI.create("http://127.0.0.1:" + port), file.toString());
  }

  private static LlamaServer startPackage(Path folder, Path model, int threads) throws IOException {
    var process =
        quiet(
                List.of(
                    "python3",
                    "-c",
                    SCRIPT,
                    folder.toString(),
                    model.toString(),
                    "" + threads,
                    "" + CONTEXT_TOKENS))
            .start();
    return awaitLoaded(process, listening(process), PACKAGE + " " + VERSION);
  }

  private static ProcessBuilder quiet(List<String> command) {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static URI listening(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("listening ")) {
        return URI.create(line.substring("listening ".length()).strip());
      }
    }
    throw new IOException("it ended before it listened");
  }

  private static LlamaServer awaitLoaded(Process process, URI address, String version)
      throws IOException {
    var server = new LlamaServer(process, address, version);
    var start = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - start < START_WITHIN.toNanos()) {
      if (server.loaded()) {
        return server;
      }
      pause();
    }
    server.close();
    throw new IOException("it did not load the model");
  }

  private boolean loaded() {
    try {
      var request = HttpRequest.newBuilder(address.resolve("/health")).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false; // it does not listen yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  String version() {
    return version;
  }

  /// Has one prompt read and answered, and takes the server's own word for its speed.
  ModelBench.Speed speed(String prompt, int outputTokens) {
    var timings =
        post(
                "/v1/chat/completions",
                Map.of(
                    "messages",
                    List.of(Map.of("role", "user", "content", prompt)),
                    "max_tokens",
                    outputTokens,
                    "temperature",
                    0,
                    "cache_prompt",
                    false,
                    "ignore_eos",
                    true))
            .path("timings");
    return new ModelBench.Speed(
        timings.path("prompt_n").asDouble(),
        timings.path("prompt_per_second").asDouble(),
        timings.path("predicted_per_second").asDouble());
  }

  private JsonNode post(String path, Object body) {
    try {
      var request =
          HttpRequest.newBuilder(address.resolve(path))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(ServiceClient.JSON.writeValueAsString(body)))
              .build();
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new CommandException(
            "llama.cpp's server answered %d: %s".formatted(response.statusCode(), response.body()));
      }
      return ServiceClient.JSON.readTree(response.body());
    } catch (IOException e) {
      throw new CommandException("llama.cpp's server does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
