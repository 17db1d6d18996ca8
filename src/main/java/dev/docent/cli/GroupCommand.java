package dev.docent.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Groups from the command line: what documents are labelled with.
@Command(
    name = "group",
    description = "Groups, by which documents are open to accounts.",
    mixinStandardHelpOptions = true)
final class GroupCommand implements Callable<Integer> {
  private final Terminal terminal;

  GroupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent group add|remove|list");
  }

  @Command(name = "add", description = "Make a group.", mixinStandardHelpOptions = true)
  void add(
      @Mixin DataOption data,
      @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and hyphens.")
          String name,
      @Option(
              names = "--description",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What it is for.")
          String description) {
    data.service().post("/api/v1/groups", Map.of("name", name, "description", description));
    terminal.line("group     " + name);
  }

  @Command(name = "remove", description = "Remove a group.", mixinStandardHelpOptions = true)
  void remove(
      @Mixin DataOption data,
      @Parameters(paramLabel = "NAME", description = "The group.") String name) {
    data.service().delete("/api/v1/groups/" + ServiceClient.encode(name));
  }

  @Command(name = "list", description = "List the groups.", mixinStandardHelpOptions = true)
  void list(@Mixin DataOption data) {
    for (var group : UserCommand.items(data.service().get("/api/v1/groups"))) {
      terminal.line(
          "%-20s %s"
              .formatted(group.path("name").asText(), group.path("description").asText(""))
              .stripTrailing());
    }
  }
}
