package dev.docent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says what runs, where, and with what in it.
@Command(
    name = "status",
    description = "What runs, where, and with what in it.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  static final int NOT_RUNNING = 3;

  @Mixin private final DataOption data = new DataOption();

  @Option(names = "--json", description = "Print the service's own description as JSON.")
  private boolean json;

  private final Terminal terminal;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    var folder = data.folder();
    var running = RunningService.on(folder);
    if (running.isEmpty()) {
      terminal.line(RunningService.absence(folder));
      return NOT_RUNNING;
    }
    var service = ServiceClient.of(folder);
    if (!service.ready()) {
      terminal.line(
          "Process %d runs on %s and is not ready; see ./docent logs"
              .formatted(running.get().process().pid(), folder.root()));
      return NOT_RUNNING;
    }
    var status = service.get("/api/v1/status");
    if (json) {
      terminal.line(ServiceClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(status));
      return 0;
    }
    terminal.line("address    " + terminal.bold(service.address().toString()));
    terminal.line("data       " + folder.root());
    terminal.line(
        "process    %d since %s".formatted(running.get().process().pid(), running.get().started()));
    print("", status);
    return 0;
  }

  /// Whatever the service tells, one line for each value.
  private void print(String prefix, JsonNode node) {
    for (var field : node.properties()) {
      var name = prefix + field.getKey();
      if (field.getValue().isContainerNode()) {
        print(name + ".", field.getValue());
      } else if (!field.getValue().isNull()) {
        terminal.line("%-10s %s".formatted(name, field.getValue().asText()));
      }
    }
  }
}
