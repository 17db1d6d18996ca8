package dev.docent.cli;

import dev.docent.model.CatalogModel;
import dev.docent.model.Hardware;
import dev.docent.model.HardwareFit;
import dev.docent.model.ModelCatalog;
import dev.docent.wiring.Settings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The chat models that Docent can fetch by itself.
@Command(
    name = "models",
    description = "Chat models and their files.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  private final Terminal terminal;

  ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    list();
    return 0;
  }

  @Command(
      name = "list",
      description = "The catalogue, what is here, and what fits this machine.",
      mixinStandardHelpOptions = true)
  void list() {
    var file = new ChatModelFile(Settings.read().model(), terminal);
    var store = file.store();
    for (CatalogModel model : ModelCatalog.bundled().models()) {
      terminal.line(
          "%-30s %6.0f MB  %-11s %s"
              .formatted(
                  model.name(),
                  model.bytes() / 1e6,
                  model.licence(),
                  store
                      .cached(model)
                      .map(cached -> cached.path().toString())
                      .orElse("not fetched")));
    }
    terminal.line("");
    terminal.line(file.fit().reason());
  }

  /// Fetches a model before it is needed, as for a machine without a network.
  @Command(
      name = "fetch",
      description = "Fetch a model into the cache.",
      mixinStandardHelpOptions = true)
  void fetch(
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              description = "A model of the list (default: the one that fits this machine).")
          @Nullable String name) {
    var file =
        new ChatModelFile(Settings.read().model(), terminal).fetch(name == null ? fitting() : name);
    terminal.line(file.path() + "  sha256 " + file.identity().sha256());
  }

  private static String fitting() {
    return switch (HardwareFit.choose(ModelCatalog.bundled(), Hardware.detect())) {
      case HardwareFit.Fits(var model, _) -> model.name();
      case HardwareFit.QuotationsOnly(var reason) -> throw new CommandException(reason);
    };
  }
}
