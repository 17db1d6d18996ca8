package dev.docent.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The database of a test platform, really stopped until this is closed.
public final class DatabaseOutage implements AutoCloseable {
  private final DataFolder data;

  public DatabaseOutage(Path folder) throws IOException, InterruptedException {
    data = DataFolder.at(folder);
    ProcessHandle server =
        EmbeddedPostgres.postmaster(data.postgres().resolve("cluster")).orElseThrow();
    // SIGINT: a fast shutdown, which does not wait for the service to let go.
    new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
    try {
      server.onExit().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The database does not stop", e);
    }
  }

  @Override
  @SuppressWarnings("resource") // the platform's own handle stops it
  public void close() {
    EmbeddedPostgres.start(data, _ -> {});
  }
}
