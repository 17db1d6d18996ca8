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
    // Whether it is up or still starts: who holds the folder is told to stop.
    var holder = folder.holder();
    if (holder.isEmpty()) {
      if (folder.locked()) {
        throw new CommandException(
            "The data folder %s is in use by a process that cannot be told from here, so nothing was stopped. Try again in a moment; if it stays so, Docent runs there in another container or as another user."
                .formatted(folder.root()));
      }
      terminal.line("Nothing runs on " + folder.root());
      return 0;
    }
    var process = holder.get();
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
