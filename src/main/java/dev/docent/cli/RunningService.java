package dev.docent.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.wiring.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;

/// The service that runs on a data folder, as its `run/service.json` tells.
record RunningService(String host, int port, ProcessHandle process, String started) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The running one, if any. The file may outlive its process and the process id may have been
  /// given away since, so the folder's lock decides.
  static Optional<RunningService> on(DataFolder data) {
    if (Files.notExists(data.serviceFile()) || !data.locked()) {
      return Optional.empty();
    }
    try {
      var file = JSON.readTree(Files.readString(data.serviceFile()));
      return ProcessHandle.of(file.path("pid").asLong())
          .map(
              process ->
                  new RunningService(
                      file.path("host").asText("127.0.0.1"),
                      file.path("port").asInt(),
                      process,
                      file.path("started").asText()));
    } catch (IOException e) {
      throw new CommandException(
          "The description of the running service, %s, cannot be read: %s"
              .formatted(data.serviceFile(), e.getMessage()),
          e);
    }
  }

  /// Its address on this machine.
  URI address() {
    var wildcard = host.equals("0.0.0.0") || host.equals("::");
    return URI.create("http://%s:%d".formatted(wildcard ? "127.0.0.1" : host, port));
  }
}
