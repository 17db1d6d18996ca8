package dev.docent.wiring;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A data folder, a PostgreSQL and the schemas for one run of tests, thrown away after it. The same
/// code starts them as in the service.
public final class TestPlatform implements QuarkusTestResourceLifecycleManager {

  private @Nullable Platform platform;
  private @Nullable DataFolder data;

  @Override
  public Map<String, String> start() {
    try {
      var build = Files.createDirectories(Path.of("target", "test-platform").toAbsolutePath());
      data = DataFolder.at(Files.createTempDirectory(build, "data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    platform = Platform.start(Settings.read(), data, _ -> {});
    data.renewOperatorToken();
    var settings = new HashMap<>(platform.quarkusSettings());
    settings.put("docent.data", data.root().toString());
    settings.put("quarkus.http.test-port", "0");
    // A model's answer on a busy machine takes longer than the half minute that is usual.
    settings.put("quarkus.http.test-timeout", "600S");
    return settings;
  }

  @Override
  public void stop() {
    if (platform != null) {
      platform.close();
    }
    if (data != null) {
      try {
        PostgresBinaries.delete(data.root());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
