package dev.docent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks the running service.
@Command(
    name = "ask",
    description = "Ask a question; the answer names its sources.",
    mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "QUESTION", arity = "1..*", description = "The question.")
  private List<String> words = List.of();

  @Option(
      names = "--document",
      paramLabel = "DOCUMENT",
      description = "Ask only this document: its path or id. May be given again.")
  private List<String> documents = List.of();

  @Option(names = "--json", description = "Print the whole answer as JSON.")
  private boolean json;

  @Option(names = "--no-compose", description = "Quote only; do not let the model write.")
  private boolean quoteOnly;

  private final Terminal terminal;

  AskCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    var question = String.join(" ", words);
    if (question.isBlank()) {
      throw new CommandException(
          "The question is empty. Put it in quotes: ./docent ask \"How many days of leave do I have?\"");
    }
    var service = data.service();
    var request = new LinkedHashMap<String, Object>();
    request.put("question", question);
    request.put("compose", !quoteOnly);
    if (!documents.isEmpty()) {
      request.put("documents", documents.stream().map(name -> identify(service, name)).toList());
    }
    if (json) {
      terminal.line(
          ServiceClient.JSON
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(service.post("/api/v1/ask", request)));
      return 0;
    }
    var printer = new AnswerPrinter(terminal);
    service.events("/api/v1/ask", request, printer::accept);
    return 0;
  }

  /// A document's id by its path, the end of its path, or the id itself.
  private static String identify(ServiceClient service, String name) {
    var id = uuid(name);
    if (id != null) {
      return id;
    }
    var found = new ArrayList<String>();
    for (var document :
        service.get("/api/v1/documents", Map.of("q", name, "limit", "100")).path("items")) {
      var path = document.path("path").asText();
      if (path.equals(name)) {
        return document.path("id").asText();
      }
      if (path.endsWith("/" + name)) {
        found.add(document.path("id").asText());
      }
    }
    return switch (found.size()) {
      case 0 -> throw new CommandException("No document has the path " + name);
      case 1 -> found.getFirst();
      default ->
          throw new CommandException(
              "%d documents end in %s: give the whole path".formatted(found.size(), name));
    };
  }

  private static @Nullable String uuid(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
