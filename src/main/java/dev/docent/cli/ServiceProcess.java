package dev.docent.cli;

import dev.docent.wiring.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The service's own process: how it is started, apart from the terminal that starts it, and how it
/// is stopped.
final class ServiceProcess {

  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);
  private static final int LOGS_KEPT = 5;
  private static final long LOG_BYTES = 8L << 20;

  private ServiceProcess() {}

  /// Starts it in the background, its words in `logs/service.log`.
  ///
  /// @param javaOptions of its JVM, beside its own; these hold where both say something
  /// @param settings `docent.*` settings by name
  static Process start(
      DataFolder data, Path home, List<String> javaOptions, Map<String, String> settings) {
    var log = data.serviceLog();
    rotate(log);
    return launch(
        builder(data, home, javaOptions, settings, true)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
  }

  /// Starts it as a child whose words go where this process's go.
  static Process startInForeground(
      DataFolder data, Path home, List<String> javaOptions, Map<String, String> settings) {
    return launch(builder(data, home, javaOptions, settings, false).inheritIO());
  }

  private static Process launch(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandException("The service cannot be started: " + e.getMessage(), e);
    }
  }

  private static ProcessBuilder builder(
      DataFolder data,
      Path home,
      List<String> javaOptions,
      Map<String, String> settings,
      boolean apart) {
    var command = new ArrayList<String>();
    if (apart && Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      // A session of its own: the terminal's Ctrl-C and hang-up do not reach it.
      command.add("/usr/bin/setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(javaOptions);
    new TreeMap<>(settings).forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-Ddocent.data=" + data.root());
    // Native libraries and the parser unpack there; the next start removes what was left.
    command.add("-Djava.io.tmpdir=" + data.temporary());
    command.add("-jar");
    command.add(home.resolve("src/target/quarkus-app/quarkus-run.jar").toString());
    var builder = new ProcessBuilder(command).directory(data.root().toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    // glibc keeps an arena for every thread that ever allocated: native memory that never returns.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return builder;
  }

  /// The service's JVM: a small heap, because index, vectors and models live outside it.
  static List<String> flags() {
    return List.of(
        "-Xms32m",
        "-Xmx512m",
        "-Xss512k",
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-XX:MaxHeapFreeRatio=30",
        "-XX:MinHeapFreeRatio=10",
        // What reading documents took, heap and native, is given back when it is over: an idle
        // service stays small.
        "-XX:-ShrinkHeapInSteps",
        "-XX:TrimNativeHeapInterval=60000",
        "-XX:+ExitOnOutOfMemoryError",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dfile.encoding=UTF-8");
  }

  private static void rotate(Path log) {
    try {
      Files.createDirectories(log.getParent());
      if (Files.notExists(log) || Files.size(log) < LOG_BYTES) {
        return;
      }
      for (int i = LOGS_KEPT - 1; i >= 0; i--) {
        var from = i == 0 ? log : log.resolveSibling(log.getFileName() + "." + i);
        if (Files.exists(from)) {
          Files.move(
              from,
              log.resolveSibling(log.getFileName() + "." + (i + 1)),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new CommandException("The log %s cannot be rotated: %s".formatted(log, e), e);
    }
  }

  /// Asks it to stop and waits; ends it by force where it does not.
  ///
  /// @return whether it stopped by itself
  static boolean stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException _) {
      process.destroyForcibly();
      process.onExit().join();
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted while the service stopped", e);
    }
  }
}
