package dev.docent.wiring;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the service stands on, in the order it starts: the hold on the data folder, the database
/// server, the schemas. Closing takes it down in the reverse order.
final class Platform implements AutoCloseable {

  private final DataFolder.Lock lock;
  private final Optional<EmbeddedPostgres> server;
  private final Databases databases;

  private Platform(DataFolder.Lock lock, Optional<EmbeddedPostgres> server, Databases databases) {
    this.lock = lock;
    this.server = server;
    this.databases = databases;
  }

  /// Starts all of it, or nothing: where a step fails, the steps before it are undone.
  static Platform start(Settings settings, DataFolder data, Consumer<String> progress) {
    var lock = data.create().lock();
    Optional<EmbeddedPostgres> server = Optional.empty();
    try {
      server =
          settings.database().url().isPresent()
              ? Optional.empty()
              : Optional.of(EmbeddedPostgres.start(data, progress));
      var databases =
          server
              .map(embedded -> Databases.in(embedded, data))
              .orElseGet(() -> Databases.external(settings.database()));
      databases.migrate();
      return new Platform(lock, server, databases);
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

  @Override
  public void close() {
    server.ifPresent(EmbeddedPostgres::close);
    lock.close();
  }
}
