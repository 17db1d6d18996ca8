package dev.docent.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;

/// The catalogue's models in this user's cache. A test that needs one that is not there is skipped,
/// and says how to get it.
public final class InstalledModels {
  public static final String SMALL = "qwen2.5-coder-0.5b-instruct";
  static final String SMALLEST = "smollm2-135m-instruct";

  private InstalledModels() {}

  public static ModelFile require(String name) {
    CatalogModel model = ModelCatalog.bundled().find(name).orElseThrow();
    Optional<ModelFile> file = new ModelStore(cache(), ModelSources.none()).cached(model);
    assumeTrue(
        file.isPresent(),
        () -> "%s is not in %s: ./docent models fetch %s".formatted(name, cache(), name));
    return file.orElseThrow();
  }

  static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("docent/models");
  }
}
