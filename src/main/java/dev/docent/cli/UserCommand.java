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
@Command(name = "user", description = "Accounts.", mixinStandardHelpOptions = true)
final class UserCommand implements Callable<Integer> {
  private final Terminal terminal;

  UserCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent user add|passwd|list");
  }

  @Command(
      name = "add",
      description = "Make an account; its first password is printed once.",
      mixinStandardHelpOptions = true)
  void add(
      @Mixin DataOption data,
      @Parameters(paramLabel = "NAME", description = "The name to sign in with.") String name,
      @Option(
              names = "--display-name",
              paramLabel = "TEXT",
              description = "The name that people see.")
          @Nullable String displayName,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              split = ",",
              description =
                  "employee, compliance_officer, administrator (default: ${DEFAULT-VALUE}).",
              defaultValue = "employee")
          List<String> roles,
      @Option(
              names = {"-g", "--group"},
              paramLabel = "GROUP",
              split = ",",
              description = "Groups whose documents the account may read.")
          @Nullable List<String> groups) {
    String password = Password.random();
    data.service()
        .post(
            "/api/v1/users",
            Map.of(
                "username", name,
                "displayName", displayName == null ? name : displayName,
                "roles", roles,
                "groups", groups == null ? List.of() : groups,
                "password", password));
    terminal.line("account   " + name);
    terminal.line("password  " + password + "   (to be changed at the first sign-in)");
  }

  @Command(
      name = "passwd",
      description = "Give an account a new password; it is printed once.",
      mixinStandardHelpOptions = true)
  void passwd(
      @Mixin DataOption data,
      @Parameters(paramLabel = "NAME", description = "The account.") String name) {
    ServiceClient service = data.service();
    String password = Password.random();
    service.patch("/api/v1/users/" + id(service, name), Map.of("password", password));
    terminal.line("password  " + password + "   (to be changed at the next sign-in)");
  }

  @Command(name = "list", description = "List the accounts.", mixinStandardHelpOptions = true)
  void list(@Mixin DataOption data) {
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
  }

  private static String id(ServiceClient service, String name) {
    for (var user : items(service.get("/api/v1/users"))) {
      if (user.path("username").asText().equals(name)) {
        return user.path("id").asText();
      }
    }
    throw new CommandException("There is no account " + name);
  }

  private static String joined(JsonNode names) {
    var all = new ArrayList<String>();
    names.forEach(name -> all.add(name.asText()));
    return all.isEmpty() ? "-" : String.join(",", all);
  }

  /// A list comes bare, or as the `items` of a page.
  static JsonNode items(JsonNode answer) {
    return answer.isArray() ? answer : answer.path("items");
  }
}
