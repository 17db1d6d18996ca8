package dev.docent.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says what was found, what is missing and what to do: the part that needs no more than the
/// machine is the launcher's, this is the part that knows Docent.
@Command(
    name = "doctor",
    description = "What was found, what is missing, what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var findings = findings();
    findings.forEach(finding -> terminal.line(finding.line()));
    return findings.stream().anyMatch(Finding::isProblem) ? 1 : 0;
  }

  private List<Finding> findings() {
    try {
      return new Examination(data.named(), data.settings(), terminal).findings();
    } catch (CommandException e) {
      // Nothing else can be said before the settings are put right.
      return List.of(Finding.problem("settings", String.valueOf(e.getMessage())));
    }
  }
}
