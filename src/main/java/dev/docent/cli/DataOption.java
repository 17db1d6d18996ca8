package dev.docent.cli;

import dev.docent.wiring.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--data`: which installation a command speaks of.
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: $DOCENT_DATA, else docent in your data home).")
  private @Nullable Path folder;

  DataFolder folder() {
    return DataFolder.at(
        folder != null
            ? folder
            : DataFolder.standard(System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  /// The running service on it.
  ///
  /// @throws CommandException where none runs, or its token is not this user's to read
  ServiceClient service() {
    return ServiceClient.of(folder());
  }
}
