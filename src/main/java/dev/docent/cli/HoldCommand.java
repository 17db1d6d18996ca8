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
    mixinStandardHelpOptions = true)
final class HoldCommand implements Callable<Integer> {
  private final Terminal terminal;

  HoldCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new CommandException("Say what to do: ./docent audit hold place|release|list");
  }

  @Command(
      name = "place",
      description = "Place a hold. Without a restriction it holds everything.",
      mixinStandardHelpOptions = true)
  void place(
      @Mixin DataOption data,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "Why, for people; not in the log.")
          String reason,
      @Option(names = "--person", paramLabel = "ID", description = "Only records of this account.")
          @Nullable String person,
      @Option(names = "--document", paramLabel = "ID", description = "Only of this document.")
          @Nullable String document,
      @Option(names = "--from", paramLabel = "TIME", description = "Only from this time on.")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "TIME", description = "Only before this time.")
          @Nullable String to) {
    Map<String, @Nullable String> wish = new LinkedHashMap<>();
    wish.put("reason", reason);
    wish.put("account", person);
    wish.put("document", document);
    wish.put("from", from);
    wish.put("to", to);
    wish.values().removeIf(value -> value == null);
    terminal.line(
        "hold      " + data.service().post("/api/v1/audit/holds", wish).path("id").asText());
  }

  @Command(name = "release", description = "Release a hold.", mixinStandardHelpOptions = true)
  void release(
      @Mixin DataOption data, @Parameters(paramLabel = "ID", description = "The hold.") String id) {
    data.service().delete("/api/v1/audit/holds/" + ServiceClient.encode(id));
  }

  @Command(name = "list", description = "List the holds.", mixinStandardHelpOptions = true)
  void list(@Mixin DataOption data) {
    for (JsonNode hold : data.service().get("/api/v1/audit/holds")) {
      terminal.line(
          "%s  %-8s  %s"
              .formatted(
                  hold.path("id").asText(),
                  hold.path("releasedAt").isTextual() ? "released" : "held",
                  hold.path("reason").asText()));
    }
  }
}
