package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Pruning from the command line. It takes two people, so each acts by an API token of the own
/// account, in `DOCENT_TOKEN`; the operator of the machine is nobody in particular.
@Command(
    name = "prune",
    description = {
      "Drop the bodies of a month's old records; every proof of them stays.",
      "One compliance officer proposes, another approves. Each puts an API token of the own account"
          + " into the environment variable DOCENT_TOKEN."
    },
    mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {
  private static final String PRUNINGS = "/api/v1/audit/prunings";

  private final Terminal terminal;

  PruneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent audit prune propose|approve|reject|list");
  }

  @Command(name = "propose", description = "Propose a month.", mixinStandardHelpOptions = true)
  void propose(
      @Mixin DataOption data,
      @Parameters(paramLabel = "MONTH", description = "As in 2020-03.") String month) {
    show(asPerson(data).post(PRUNINGS, Map.of("month", month)));
  }

  @Command(
      name = "approve",
      description = "Approve what another person proposed, and carry it out.",
      mixinStandardHelpOptions = true)
  void approve(
      @Mixin DataOption data,
      @Parameters(paramLabel = "ID", description = "The proposal.") String id) {
    decide(data, id, "approval");
  }

  @Command(name = "reject", description = "Reject a proposal.", mixinStandardHelpOptions = true)
  void reject(
      @Mixin DataOption data,
      @Parameters(paramLabel = "ID", description = "The proposal.") String id) {
    decide(data, id, "rejection");
  }

  @Command(name = "list", description = "List the proposals.", mixinStandardHelpOptions = true)
  void list(@Mixin DataOption data) {
    data.service().get(PRUNINGS).forEach(this::show);
  }

  private void decide(DataOption data, String id, String decision) {
    String path = PRUNINGS + "/" + ServiceClient.encode(id) + "/" + decision;
    show(asPerson(data).post(path, Map.of()));
  }

  private static ServiceClient asPerson(DataOption data) {
    String token = System.getenv("DOCENT_TOKEN");
    if (token == null || token.isBlank()) {
      throw new CommandException(
          "Pruning is decided by people: put an API token of a compliance officer into"
              + " DOCENT_TOKEN");
    }
    return new ServiceClient(data.service().address(), token.strip());
  }

  private void show(JsonNode pruning) {
    JsonNode records = pruning.path("records");
    terminal.line(
        "%s  %s  %-8s  %s"
            .formatted(
                pruning.path("id").asText(),
                pruning.path("month").asText(),
                pruning.path("state").asText().toLowerCase(Locale.ROOT),
                records.isNumber() ? records.asText() + " records" : "")
            .stripTrailing());
  }
}
