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
    mixinStandardHelpOptions = true,
    subcommands = {
      PruneCommand.Propose.class,
      PruneCommand.Approve.class,
      PruneCommand.Reject.class,
      PruneCommand.ListAll.class
    })
final class PruneCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent audit prune propose|approve|reject|list");
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

  private static String line(JsonNode pruning) {
    return "%s  %s  %-8s  %s"
        .formatted(
            pruning.path("id").asText(),
            pruning.path("month").asText(),
            pruning.path("state").asText().toLowerCase(Locale.ROOT),
            pruning.path("records").isNumber() ? pruning.path("records").asText() + " records" : "")
        .stripTrailing();
  }

  /// The first of two.
  @Command(name = "propose", description = "Propose a month.", mixinStandardHelpOptions = true)
  static final class Propose implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "MONTH", description = "As in 2020-03.")
    private String month = "";

    private final Terminal terminal;

    Propose(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      terminal.line(line(asPerson(data).post("/api/v1/audit/prunings", Map.of("month", month))));
      return 0;
    }
  }

  /// The second of two, who carries it out.
  @Command(
      name = "approve",
      description = "Approve what another person proposed, and carry it out.",
      mixinStandardHelpOptions = true)
  static final class Approve implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "ID", description = "The proposal.")
    private String id = "";

    private final Terminal terminal;

    Approve(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      terminal.line(
          line(
              asPerson(data)
                  .post(
                      "/api/v1/audit/prunings/" + ServiceClient.encode(id) + "/approval",
                      Map.of())));
      return 0;
    }
  }

  /// Says no.
  @Command(name = "reject", description = "Reject a proposal.", mixinStandardHelpOptions = true)
  static final class Reject implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "ID", description = "The proposal.")
    private String id = "";

    private final Terminal terminal;

    Reject(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      terminal.line(
          line(
              asPerson(data)
                  .post(
                      "/api/v1/audit/prunings/" + ServiceClient.encode(id) + "/rejection",
                      Map.of())));
      return 0;
    }
  }

  /// Lists the proposals.
  @Command(name = "list", description = "List the proposals.", mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();
    private final Terminal terminal;

    ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      for (JsonNode pruning : data.service().get("/api/v1/audit/prunings")) {
        terminal.line(line(pruning));
      }
      return 0;
    }
  }
}
