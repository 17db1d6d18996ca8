package dev.docent.cli;

import dev.docent.model.Hardware;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What all parts of a benchmark are told.
final class BenchOptions {

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often each part is measured (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int runs = 3;

  @Option(
      names = "--documents",
      paramLabel = "DIR",
      description = "The documents to read and to ask (default: the samples).")
  private @Nullable Path documents;

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description = "Lines of JSON with a \"question\" each (default: those of the samples).")
  private @Nullable Path questions;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A GGUF model of your own (default: the one that fits this machine).")
  private @Nullable Path model;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the model, here and in the peer (default: the cores).")
  private @Nullable Integer threads;

  @Option(
      names = "--llama-server",
      paramLabel = "FILE",
      description =
          "llama.cpp's server to compare with (default: llama-server on the PATH, else the one"
              + " that --fetch-peer has fetched).")
  private @Nullable Path llamaServer;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Size of the log that is searched (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000000")
  private int records = 1_000_000;

  @Option(
      names = "--fetch-peer",
      description =
          "Fetch llama.cpp's server for the comparison: the Python package xllamacpp (34 MB), into"
              + " the cache. Needs python3 and pip.")
  private boolean fetchPeer;

  int runs() {
    return Math.max(1, runs);
  }

  Path documents() {
    return documents == null ? home().resolve("samples") : documents;
  }

  Path questions() {
    return questions == null ? documents().resolve("questions.jsonl") : questions;
  }

  Optional<Path> model() {
    return Optional.ofNullable(model);
  }

  int threads() {
    return threads == null ? Hardware.detect().cores() : threads;
  }

  Optional<Path> llamaServer() {
    return Optional.ofNullable(llamaServer);
  }

  int records() {
    return Math.max(1_000, records);
  }

  boolean fetchPeer() {
    return fetchPeer;
  }

  static Path home() {
    return Path.of(System.getProperty("docent.home", "."));
  }
}
