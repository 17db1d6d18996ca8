package dev.docent.wiring;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the service stands on, in the order it starts: the hold on the data folder, the database
/// server, the schemas. Closing takes it down in the reverse order.
final class Platform implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final DataFolder.Lock lock;
  private final DataFolder data;
  private final Databases databases;
  private Optional<EmbeddedPostgres> server;
  private boolean closed;

  private Platform(
      DataFolder data,
      DataFolder.Lock lock,
      Optional<EmbeddedPostgres> server,
      Databases databases) {
    this.data = data;
    this.lock = lock;
    this.server = server;
    this.databases = databases;
  }

  /// Starts all of it, or nothing: where a step fails, the steps before it are undone.
  static Platform start(Settings settings, DataFolder data, Consumer<String> progress) {
    var lock = data.create().lock();
    Optional<EmbeddedPostgres> server = Optional.empty();
    try {
      data.emptyTemporary();
      server =
          settings.database().url().isPresent()
              ? Optional.empty()
              : Optional.of(EmbeddedPostgres.start(data, progress));
      var databases =
          server
              .map(embedded -> Databases.in(embedded, data))
              .orElseGet(() -> Databases.external(settings.database()));
      databases.migrate();
      server.ifPresent(Databases::guard);
      return new Platform(data, lock, server, databases);
    } catch (RuntimeException e) {
      server.ifPresent(EmbeddedPostgres::close);
      lock.close();
      throw e;
    }
  }

  /// The settings Quarkus needs to reach what was started.
  Map<String, String> quarkusSettings() {
    return new HashMap<>(databases.quarkusSettings());
  }

  Databases databases() {
    return databases;
  }

  /// Starts the embedded server again whenever it ended by itself, until this is closed. Meanwhile
  /// the service refuses what it cannot record.
  void superviseServer(Consumer<String> progress) {
    if (server.isPresent()) {
      Thread.ofPlatform().name("database-watch").daemon().start(() -> watch(progress));
    }
  }

  private void watch(Consumer<String> progress) {
    Duration pause = LOOK_EVERY;
    while (true) {
      try {
        Thread.sleep(pause);
        if (!restart(progress)) {
          return;
        }
        pause = LOOK_EVERY;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (PostgresException | UncheckedIOException e) {
        progress.accept("The database cannot be started again: " + e.getMessage());
        pause = RETRY_AFTER;
      }
    }
  }

  /// @return false once this is closed
  private synchronized boolean restart(Consumer<String> progress) {
    if (!closed && !EmbeddedPostgres.runs(data)) {
      progress.accept("The database ended unexpectedly and is started again");
      server = Optional.of(EmbeddedPostgres.start(data, progress));
    }
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    server.ifPresent(EmbeddedPostgres::close);
    lock.close();
  }
}
