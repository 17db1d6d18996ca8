package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Accounts from the command line.
@Command(
    name = "user",
    description = "Accounts.",
    mixinStandardHelpOptions = true,
    subcommands = {UserCommand.Add.class, UserCommand.Passwd.class, UserCommand.ListAll.class})
final class UserCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent user add|passwd|list");
  }

  private static String joined(JsonNode names) {
    var all = new ArrayList<String>();
    names.forEach(name -> all.add(name.asText()));
    return all.isEmpty() ? "-" : String.join(",", all);
  }

  /// Makes an account with a random password, printed once.
  @Command(
      name = "add",
      description = "Make an account; its first password is printed once.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "The name to sign in with.")
    private String name = "";

    @Option(names = "--display-name", description = "The name that people see.")
    private @Nullable String displayName;

    @Option(
        names = "--role",
        split = ",",
        description = "employee, compliance_officer, administrator (default: ${DEFAULT-VALUE}).",
        defaultValue = "employee")
    private List<String> roles = List.of();

    @Option(
        names = {"-g", "--group"},
        split = ",",
        description = "Groups whose documents the account may read.")
    private List<String> groups = List.of();

    private final Terminal terminal;

    Add(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      var password = Password.random();
      data.service()
          .post(
              "/api/v1/users",
              Map.of(
                  "username", name,
                  "displayName", displayName == null ? name : displayName,
                  "roles", roles,
                  "groups", groups,
                  "password", password));
      terminal.line("account   " + name);
      terminal.line("password  " + password + "   (to be changed at the first sign-in)");
      return 0;
    }
  }

  /// Gives an account a new random password, printed once.
  @Command(
      name = "passwd",
      description = "Give an account a new password; it is printed once.",
      mixinStandardHelpOptions = true)
  static final class Passwd implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "The account.")
    private String name = "";

    private final Terminal terminal;

    Passwd(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      var service = data.service();
      var password = Password.random();
      service.patch("/api/v1/users/" + id(service), Map.of("password", password));
      terminal.line("password  " + password + "   (to be changed at the next sign-in)");
      return 0;
    }

    private String id(ServiceClient service) {
      for (var user : items(service.get("/api/v1/users"))) {
        if (user.path("username").asText().equals(name)) {
          return user.path("id").asText();
        }
      }
      throw new CommandException("There is no account " + name);
    }
  }

  /// Lists the accounts.
  @Command(name = "list", description = "List the accounts.", mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();
    private final Terminal terminal;

    ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      for (var user : items(data.service().get("/api/v1/users"))) {
        terminal.line(
            "%-20s %-40s %-24s %s"
                .formatted(
                    user.path("username").asText(),
                    joined(user.path("roles")),
                    joined(user.path("groups")),
                    user.path("disabled").asBoolean() ? "disabled" : "")
                .stripTrailing());
      }
      return 0;
    }
  }

  /// A list comes bare, or as the `items` of a page.
  static JsonNode items(JsonNode answer) {
    return answer.isArray() ? answer : answer.path("items");
  }
}
