package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.wiring.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A first start that is told to stop, as by Ctrl-C, leaves no database server running.
final class InterruptedStartIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cluster.new", "cluster/postmaster.pid"})
  void leavesNothingRunning(String sign) throws Exception {
    var data = DataFolder.at(folder.resolve("data")).create();
    var process =
        ServiceProcess.start(
            data,
            Path.of("..").toAbsolutePath().normalize(),
            List.of(),
            Map.of("docent.port", "0", "docent.model.enabled", "false"));
    try {
      while (Files.notExists(data.postgres().resolve(sign))) {
        assertThat(process.isAlive()).as(sign).isTrue();
        Thread.sleep(20);
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(data.database()).isEmpty();
      assertThat(data.locked()).isFalse();
    } finally {
      process.destroyForcibly();
      data.database().ifPresent(ProcessHandle::destroy);
    }
  }
}
