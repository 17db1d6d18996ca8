package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Legal holds from the command line: what may not be pruned.
@Command(
    name = "hold",
    description = "Legal holds: records that may not be pruned.",
    mixinStandardHelpOptions = true,
    subcommands = {HoldCommand.Place.class, HoldCommand.Release.class, HoldCommand.ListAll.class})
final class HoldCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent audit hold place|release|list");
  }

  /// Places a hold.
  @Command(
      name = "place",
      description = "Place a hold. Without a restriction it holds everything.",
      mixinStandardHelpOptions = true)
  static final class Place implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Option(names = "--reason", required = true, description = "Why, for people; not in the log.")
    private String reason = "";

    @Option(names = "--person", paramLabel = "ID", description = "Only records of this account.")
    private @Nullable String person;

    @Option(names = "--document", paramLabel = "ID", description = "Only of this document.")
    private @Nullable String document;

    @Option(names = "--from", paramLabel = "TIME", description = "Only from this time on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only before this time.")
    private @Nullable String to;

    private final Terminal terminal;

    Place(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      Map<String, String> wish = new LinkedHashMap<>();
      wish.put("reason", reason);
      put(wish, "account", person);
      put(wish, "document", document);
      put(wish, "from", from);
      put(wish, "to", to);
      terminal.line(
          "hold      " + data.service().post("/api/v1/audit/holds", wish).path("id").asText());
      return 0;
    }

    private static void put(Map<String, String> wish, String name, @Nullable String value) {
      if (value != null) {
        wish.put(name, value);
      }
    }
  }

  /// Releases a hold.
  @Command(name = "release", description = "Release a hold.", mixinStandardHelpOptions = true)
  static final class Release implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Parameters(paramLabel = "ID", description = "The hold.")
    private String id = "";

    @Override
    public Integer call() {
      data.service().delete("/api/v1/audit/holds/" + ServiceClient.encode(id));
      return 0;
    }
  }

  /// Lists the holds.
  @Command(name = "list", description = "List the holds.", mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();
    private final Terminal terminal;

    ListAll(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      for (JsonNode hold : data.service().get("/api/v1/audit/holds")) {
        terminal.line(
            "%s  %-8s  %s"
                .formatted(
                    hold.path("id").asText(),
                    hold.path("releasedAt").isTextual() ? "released" : "held",
                    hold.path("reason").asText()));
      }
      return 0;
    }
  }
}
