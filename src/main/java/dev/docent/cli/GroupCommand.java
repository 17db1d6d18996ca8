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
    mixinStandardHelpOptions = true,
    subcommands = {GroupCommand.Add.class, GroupCommand.Remove.class, GroupCommand.ListAll.class})
final class GroupCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent group add|remove|list");
  }

  /// Makes a group.
  @Command(name = "add", description = "Make a group.", mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(names = "--description", defaultValue = "", description = "What it is for.")
    private String description = "";

    private final Terminal terminal;

    Add(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      data.service().post("/api/v1/groups", Map.of("name", name, "description", description));
      terminal.line("group     " + name);
      return 0;
    }
  }

  /// Removes a group.
  @Command(name = "remove", description = "Remove a group.", mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "The group.")
    private String name = "";

    @Override
    public Integer call() {
      data.service().delete("/api/v1/groups/" + ServiceClient.encode(name));
      return 0;
    }
  }

  /// Lists the groups.
  @Command(name = "list", description = "List the groups.", mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();
    private final Terminal terminal;

    ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      for (var group : UserCommand.items(data.service().get("/api/v1/groups"))) {
        terminal.line(
            "%-20s %s"
                .formatted(group.path("name").asText(), group.path("description").asText(""))
                .stripTrailing());
      }
      return 0;
    }
  }
}
