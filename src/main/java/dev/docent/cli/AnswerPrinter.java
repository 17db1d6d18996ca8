package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Writes an answer to the terminal as it comes: the quotation first, then what the model composes,
/// at the end the verdict and the numbered sources.
final class AnswerPrinter {

  private final Terminal terminal;
  private boolean composing;
  private boolean quoted;

  AnswerPrinter(Terminal terminal) {
    this.terminal = terminal;
  }

  /// One event of the stream.
  ///
  /// @throws CommandException for the events `stopped` and `error`
  void accept(String name, JsonNode data) {
    switch (name) {
      case "quotation" -> quote(data.path("quotations"));
      case "token" -> token(data.path("text").asText());
      case "answer" -> finish(data);
      case "stopped" -> {
        endLine();
        throw new CommandException("The answer was stopped.");
      }
      case "error" -> {
        endLine();
        var problem = data.has("problem") ? data.path("problem") : data;
        throw new CommandException(
            problem.path("detail").asText(problem.path("title").asText("The answer failed.")));
      }
      default -> {
        // stage and sources: the sources come again, final, with the answer
      }
    }
  }

  private void quote(JsonNode quotations) {
    for (var quotation : quotations) {
      quoted = true;
      terminal.line("\u201c" + quotation.path("text").asText().strip() + "\u201d");
      terminal.line(terminal.faint("   " + place(quotation)));
    }
    if (quoted) {
      terminal.line("");
    }
  }

  private void token(String text) {
    composing = true;
    terminal.part(text);
  }

  private void endLine() {
    if (composing) {
      terminal.line("");
      terminal.line("");
      composing = false;
    }
  }

  private void finish(JsonNode answer) {
    var streamed = composing;
    endLine();
    var note = answer.path("note").asText("");
    switch (answer.path("kind").asText()) {
      case "refused" -> refuse(answer.path("refusal"));
      case "quotation" -> {
        if (!quoted) {
          quote(answer.path("quotations"));
        }
      }
      default -> composed(answer, streamed);
    }
    if (!note.isEmpty()) {
      terminal.line(note);
    }
    sources(answer.path("citations"));
  }

  private void composed(JsonNode answer, boolean streamed) {
    var kept = new ArrayList<String>();
    for (var sentence : answer.path("sentences")) {
      if (!sentence.path("verdict").asText().equals("withheld")) {
        kept.add(sentence.path("text").asText() + numbers(sentence.path("citations")));
      }
    }
    var withheld = answer.path("withheld").asInt();
    if (withheld > 0) {
      terminal.line(
          terminal.bold("Checked:")
              + " %d sentence%s of this draft %s not supported by the documents."
                  .formatted(withheld, withheld == 1 ? "" : "s", withheld == 1 ? "is" : "are"));
    }
    if (!streamed || withheld > 0) {
      terminal.line(String.join(" ", kept));
      terminal.line("");
    } else {
      supported(answer.path("sentences"));
    }
  }

  /// The draft stands as it was streamed, before its sentences had numbers.
  private void supported(JsonNode sentences) {
    var numbers = new LinkedHashSet<String>();
    for (var sentence : sentences) {
      sentence.path("citations").forEach(number -> numbers.add("[" + number.asInt() + "]"));
    }
    if (!numbers.isEmpty()) {
      terminal.line(
          terminal.bold("Checked:") + " the documents support it: " + String.join(" ", numbers));
      terminal.line("");
    }
  }

  private static String numbers(JsonNode citations) {
    var text = new StringBuilder();
    citations.forEach(number -> text.append(" [").append(number.asInt()).append(']'));
    return text.toString();
  }

  private void refuse(JsonNode refusal) {
    terminal.line(terminal.bold("Not in your documents."));
    terminal.line(
        switch (refusal.path("reason").asText()) {
          case "nothing_found" -> "No document that you may read speaks of this.";
          default -> "What was found does not state the answer.";
        });
    var nearest = refusal.path("nearest");
    if (!nearest.isEmpty()) {
      terminal.line("Nearest passages:");
      nearest.forEach(citation -> terminal.line("  " + place(citation)));
    }
  }

  private void sources(JsonNode citations) {
    if (citations.isEmpty()) {
      return;
    }
    terminal.line(terminal.bold("Sources"));
    for (var citation : citations) {
      terminal.line(
          "%4s %s".formatted("[" + citation.path("number").asInt() + "]", place(citation)));
    }
  }

  /// Title, path and page in words: "Employee Handbook (handbook/handbook.pdf), page 12".
  static String place(JsonNode citation) {
    var parts = new ArrayList<String>();
    var title = citation.path("title").asText("");
    var path = citation.path("path").asText("");
    parts.add(title.isEmpty() || title.equals(path) ? path : "%s (%s)".formatted(title, path));
    page(citation).ifPresent(parts::add);
    return String.join(", ", List.copyOf(parts));
  }

  private static Optional<String> page(JsonNode citation) {
    var label = citation.path("pageLabel").asText("");
    if (!label.isEmpty()) {
      return Optional.of(label.chars().allMatch(Character::isDigit) ? "page " + label : label);
    }
    return citation.path("page").isNumber()
        ? Optional.of("page " + (citation.path("page").asInt() + 1))
        : Optional.empty();
  }
}
