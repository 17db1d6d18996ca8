package dev.docent.cli;

import dev.docent.wiring.DataFolder;
import dev.docent.wiring.DataFolderException;
import dev.docent.wiring.Settings;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--data`: which installation a command speaks of.
final class DataOption {

  // What the configuration library puts around its sentences.
  private static final Pattern INTERNAL =
      Pattern.compile("Configuration validation failed:\\s*|[a-z.]+\\w+Exception: |SRCFG\\d+: ");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: $DOCENT_DATA, else docent in your data home).")
  private @Nullable Path folder;

  /// The folder, which may not be there yet.
  ///
  /// @throws CommandException where this user may not look into it
  DataFolder folder() {
    var data = named();
    try {
      data.requireOpen();
      return data;
    } catch (DataFolderException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  /// The folder by its name alone.
  DataFolder named() {
    return DataFolder.at(
        folder != null
            ? folder
            : DataFolder.standard(System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  /// The settings of this installation.
  ///
  /// @throws CommandException where a value makes no sense
  Settings settings() {
    System.setProperty("docent.data", named().root().toString());
    try {
      return Settings.read();
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "A setting cannot be used: %s. Settings come from -Ddocent.*, DOCENT_* and %s."
              .formatted(
                  INTERNAL.matcher(String.valueOf(e.getMessage())).replaceAll("").strip(),
                  named().properties()),
          e);
    }
  }

  /// The running service on it.
  ///
  /// @throws CommandException where none runs, or its token is not this user's to read
  ServiceClient service() {
    return ServiceClient.of(folder());
  }
}
