package dev.docent.wiring;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Instant;
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

  private Docent() {}

  /// Runs the service until it is told to stop.
  public static void main(String... arguments) {
    // Until the service configures its log, everything would be kept and poured out on a failure.
    Logger.getLogger("").setLevel(Level.WARNING);
    var settings = Settings.read();
    var data = settings.dataFolder();
    var platform = start(settings, data);
    var exitCode = new AtomicInteger();
    var shutdown = new Shutdown(platform, data, exitCode::get);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "docent-shutdown"));
    System.setProperty("docent.data", data.root().toString());
    platform.quarkusSettings().forEach(System::setProperty);
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
          exitCode.set(failure == null ? code : 1);
          System.exit(exitCode.get());
        },
        arguments);
  }

  private static Platform start(Settings settings, DataFolder data) {
    try {
      return Platform.start(settings, data, Docent::say);
    } catch (DataFolderException | PostgresException e) {
      say("Docent cannot start: " + e.getMessage());
      System.exit(1);
      throw e;
    }
  }

  /// One line on the log, for the operator who waits for the start.
  private static void say(String line) {
    System.out.println(line);
  }
}
