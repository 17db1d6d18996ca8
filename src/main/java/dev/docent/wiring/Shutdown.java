package dev.docent.wiring;

import io.quarkus.runtime.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.IntSupplier;

/// The end of the process: the service stops accepting and finishes, the database stops, the folder
/// is free, and the process is halted. Halted, because a chat engine's native threads may keep a
/// JVM from ending by itself.
final class Shutdown implements Runnable {

  // Process managers commonly wait 10 to 30 s between SIGTERM and SIGKILL.
  private static final Duration SERVICE_WITHIN = Duration.ofSeconds(6);

  private final Platform platform;
  private final DataFolder data;
  private final IntSupplier exitCode;

  Shutdown(Platform platform, DataFolder data, IntSupplier exitCode) {
    this.platform = platform;
    this.data = data;
    this.exitCode = exitCode;
  }

  @Override
  public void run() {
    try {
      stopService();
      platform.close();
      Files.deleteIfExists(data.serviceFile());
      System.out.println("Docent has stopped");
    } catch (IOException | RuntimeException e) {
      System.out.println("Docent stopped with a failure: " + e);
    } finally {
      System.out.flush();
      Runtime.getRuntime().halt(exitCode.getAsInt());
    }
  }

  private static void stopService() {
    var application = Application.currentApplication();
    if (application == null) {
      return;
    }
    // stop() waits for whoever stops it first: Quarkus has a hook of its own.
    var stopping = Thread.ofPlatform().daemon().start(application::stop);
    try {
      if (!stopping.join(SERVICE_WITHIN)) {
        System.out.println("The service did not finish in time and is cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
