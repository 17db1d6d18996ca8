package dev.docent.wiring;

import dev.docent.library.DiskRoom;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The service's process: data folder, database, schemas, then the service itself; and their end in
/// the reverse order, by SIGTERM, Ctrl-C or a failure.
///
/// ```
/// lock ▶ PostgreSQL ▶ migrations ▶ Quarkus ▶ ready …
///                    … signal ▶ Quarkus stops ▶ PostgreSQL stops ▶ unlock
/// ```
@QuarkusMain
public final class Docent {

  private static final Duration INTERRUPTED_WITHIN = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long MIB_TO_START = 32;

  private Docent() {}

  /// Runs the service until it is told to stop.
  public static void main(String... arguments) {
    // Until the service configures its log, everything would be kept and poured out on a failure.
    Logger.getLogger("").setLevel(Level.WARNING);
    var settings = Settings.read();
    var data = settings.dataFolder();
    var begun = new CountDownLatch(1);
    var guard = new Thread(() -> stopServer(data, begun), "docent-interrupted");
    Runtime.getRuntime().addShutdownHook(guard);
    var platform = start(settings, data, begun);
    var exitCode = new AtomicInteger();
    var shutdown = new Shutdown(platform, data, exitCode::get);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "docent-shutdown"));
      Runtime.getRuntime().removeShutdownHook(guard);
    } catch (IllegalStateException _) {
      return; // told to stop meanwhile: the guard does it
    }
    System.setProperty("docent.data", data.root().toString());
    platform.quarkusSettings().forEach(System::setProperty);
    if (Files.exists(data.properties())) {
      System.setProperty("quarkus.config.locations", location(data.properties()));
    }
    platform.superviseServer(Docent::say);
    data.renewOperatorToken();
    data.writeSecret(
        data.serviceFile(),
        "{\"host\":\"%s\",\"port\":%d,\"pid\":%d,\"started\":\"%s\"}\n"
            .formatted(
                settings.host(), settings.port(), ProcessHandle.current().pid(), Instant.now()));
    Quarkus.run(
        null,
        (code, failure) -> {
          if (failure != null) {
            say("Docent cannot start: " + cause(failure));
          }
          exitCode.set(failure == null ? code : 1);
          System.exit(exitCode.get());
        },
        arguments);
  }

  /// What went wrong first, in its own words.
  private static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /// Quarkus takes a list of addresses, with commas between them.
  private static String location(Path file) {
    return file.toUri().toString().replace(",", "\\,");
  }

  private static Platform start(Settings settings, DataFolder data, CountDownLatch begun) {
    try {
      return Platform.start(settings, data, Docent::say);
    } catch (DataFolderException | PostgresException e) {
      begun.countDown(); // exit() waits for the guard, which waits for this
      say("Docent cannot start: " + e.getMessage() + shortOfSpace(data).orElse(""));
      System.exit(1);
      throw e;
    } catch (RuntimeException e) {
      begun.countDown();
      shortOfSpace(data)
          .ifPresent(
              why -> {
                say("Docent cannot start." + why);
                System.exit(1);
              });
      throw e;
    } finally {
      begun.countDown();
    }
  }

  private static Optional<String> shortOfSpace(DataFolder data) {
    long free = new DiskRoom(data.root()).freeBytes() >> 20;
    return free < MIB_TO_START
        ? Optional.of(
            " The disk of %s is full, with %d MiB free: make room, nothing is lost."
                .formatted(data.root(), free))
        : Optional.empty();
  }

  /// Told to stop while it starts: no database server is left behind.
  private static void stopServer(DataFolder data, CountDownLatch begun) {
    try {
      for (var waited = Duration.ZERO; waited.compareTo(INTERRUPTED_WITHIN) < 0; ) {
        ownServer(data).ifPresent(ProcessHandle::destroy);
        if (begun.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
        waited = waited.plus(POLL);
      }
      var left = ownServer(data);
      left.ifPresent(ProcessHandle::destroy);
      if (left.isPresent()) {
        left.get().onExit().get(INTERRUPTED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      say("The database did not end in time: the next start stops it");
    }
  }

  /// The database of this process: of a folder that another holds, it is the other's.
  private static Optional<ProcessHandle> ownServer(DataFolder data) {
    return data.holder().filter(ProcessHandle.current()::equals).isPresent()
        ? data.database()
        : Optional.empty();
  }

  /// One line on the log, for the operator who waits for the start.
  private static void say(String line) {
    System.out.println(line);
  }
}
