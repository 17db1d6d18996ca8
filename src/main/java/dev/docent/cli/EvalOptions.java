package dev.docent.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What all evaluations are told.
final class EvalOptions {

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Write the figures and every case to this file, as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Work in this data folder and keep it, so that the same documents need not be read again"
              + " (default: a temporary folder, removed at the end).")
  private @Nullable Path scratch;

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }

  Optional<Path> scratch() {
    return Optional.ofNullable(scratch);
  }
}
