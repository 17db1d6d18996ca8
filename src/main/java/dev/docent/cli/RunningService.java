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

  /// The running one, if any. Its description may outlive it, and its process id may have been
  /// given away since: it is believed of the process that holds the folder.
  static Optional<RunningService> on(DataFolder data) {
    var holder = data.holder();
    if (holder.isEmpty() || Files.notExists(data.serviceFile())) {
      return Optional.empty();
    }
    try {
      var file = JSON.readTree(Files.readString(data.serviceFile()));
      return holder
          .filter(process -> process.pid() == file.path("pid").asLong())
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

  /// Why there is none, in one sentence.
  static String absence(DataFolder data) {
    return data.locked()
        ? "Process %s holds %s and starts or stops just now; see ./docent logs"
            .formatted(data.holderInWords(), data.root())
        : "Nothing runs on the data folder %s; ./docent up starts it".formatted(data.root());
  }

  /// Its address on this machine.
  URI address() {
    var wildcard = host.equals("0.0.0.0") || host.equals("::");
    return URI.create("http://%s:%d".formatted(wildcard ? "127.0.0.1" : host, port));
  }
}
