package dev.docent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops the service that runs on a data folder.
@Command(name = "down", description = "Stop the service.", mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();
  private final Terminal terminal;

  DownCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var folder = data.folder();
    var running = RunningService.on(folder);
    if (running.isEmpty()) {
      terminal.line("Nothing runs on " + folder.root());
      return 0;
    }
    var process = running.get().process();
    if (ServiceProcess.stop(process)) {
      terminal.line("Docent has stopped");
      return 0;
    }
    terminal.problem(
        "process %d did not stop in time and was ended; the next start recovers"
            .formatted(process.pid()));
    return 1;
  }
}
