package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long a person waits: from the question to the quotation, and to the model's first word, as
/// the events arrive at a client.
final class AskBench implements BenchPart {
  private static final Duration MODEL_WITHIN = Duration.ofMinutes(2);

  // Some lean on the answer before, some ask for something else.
  private static final List<String> FOLLOW_UPS =
      List.of(
          "And is there any exception to that?",
          "Who has to approve it?",
          "And what about part-time staff?",
          "What was it in the year before?",
          "Whom do I ask if my laptop is stolen?");

  private final BenchOptions options;
  private final Terminal terminal;

  AskBench(BenchOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "ask";
  }

  @Override
  public void measure(BenchFigures figures) {
    var questions = questions();
    try (var service = new BenchService()) {
      terminal.note("  reading " + options.documents());
      service.up(List.of("--no-model"));
      service.read(options.documents());
      quotations(service.client(), questions, figures);
      service.down();
      firstTokens(service, questions, figures);
    }
  }

  static List<String> modelOption(BenchOptions options) {
    return options
        .model()
        .map(file -> List.of("--model", file.toAbsolutePath().toString()))
        .orElse(List.of());
  }

  private List<String> questions() {
    try {
      var questions = new ArrayList<String>();
      for (var line : Files.readAllLines(options.questions())) {
        if (!line.isBlank()) {
          questions.add(ServiceClient.JSON.readTree(line).required("question").asText());
        }
      }
      if (questions.isEmpty()) {
        throw new CommandException("There are no questions in " + options.questions());
      }
      return questions;
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandException(
          "The questions in %s cannot be read: %s".formatted(options.questions(), e.getMessage()),
          e);
    }
  }

  private void quotations(ServiceClient client, List<String> questions, BenchFigures figures) {
    terminal.note("  %d questions, quoted only".formatted(questions.size()));
    questions.forEach(question -> ask(client, question, Optional.empty(), false)); // warms up
    var p50 = new ArrayList<Double>();
    var p95 = new ArrayList<Double>();
    for (int run = 0; run < options.runs(); run++) {
      var millis =
          questions.stream()
              .map(question -> ask(client, question, Optional.empty(), false).shownMillis())
              .toList();
      p50.add(BenchFigures.percentile(millis, 0.5));
      p95.add(BenchFigures.percentile(millis, 0.95));
    }
    figures.add(name(), "question to quotation, p50, ms", p50);
    figures.add(name(), "question to quotation, p95, ms", p95);
    figures.note(
        name(),
        "%d questions a run; where it is a refusal, the time to that.".formatted(questions.size()));
  }

  /// The first question after a start is asked as soon as the model is loaded: it waits until the
  /// instructions are read, and reads the rest. What follows finds the instructions, and a question
  /// of the same conversation finds its passages where they are the same.
  private void firstTokens(BenchService service, List<String> questions, BenchFigures figures) {
    var cold = new ArrayList<Asked>();
    var next = new ArrayList<Asked>();
    var followUps = new ArrayList<Asked>();
    var at = 0;
    for (int run = 1; run <= options.runs(); run++) {
      terminal.note("  the model's first word, run %d of %d".formatted(run, options.runs()));
      service.up(modelOption(options));
      if (service.awaitModel(MODEL_WITHIN).isEmpty()) {
        figures.note(name(), "The service has no chat model: no first word to wait for.");
        service.down();
        return;
      }
      var client = service.client();
      for (var asked : List.of(cold, next)) {
        var first = Optional.<Asked>empty();
        // A refused question has no first word: the next one, then.
        for (int tries = 0; tries < questions.size() && first.isEmpty(); tries++) {
          first =
              Optional.of(
                      ask(client, questions.get(at++ % questions.size()), Optional.empty(), true))
                  .filter(Asked::composed);
        }
        if (first.isEmpty()) {
          throw new CommandException("The model answers none of " + options.questions());
        }
        asked.add(first.get());
      }
      for (var question : FOLLOW_UPS) {
        var followUp = ask(client, question, Optional.of(next.getLast().conversation()), true);
        if (followUp.composed()) {
          followUps.add(followUp);
        }
      }
      service.down();
    }
    add(figures, "cold", cold);
    add(figures, "another question", next);
    if (followUps.isEmpty()) {
      figures.note(name(), "The follow-ups were refused.");
    } else {
      add(figures, "follow-up", followUps);
    }
  }

  private void add(BenchFigures figures, String kind, List<Asked> asked) {
    figures.add(
        name(),
        "question to first token, %s, s".formatted(kind),
        asked.stream().map(one -> one.firstTokenMillis().orElseThrow() / 1e3).toList());
    figures.add(
        name(),
        "  its prompt, tokens",
        asked.stream().map(one -> (double) one.promptTokens()).toList());
    figures.add(
        name(),
        "  of them to be read",
        asked.stream().map(one -> (double) (one.promptTokens() - one.cachedTokens())).toList());
    figures.add(name(), "  its quotation, ms", asked.stream().map(Asked::shownMillis).toList());
  }

  /// One question as its asker saw it.
  ///
  /// @param shownMillis to the quotation, or to the answer where there was none
  /// @param firstTokenMillis empty where no model wrote
  private record Asked(
      double shownMillis,
      Optional<Double> firstTokenMillis,
      int promptTokens,
      int cachedTokens,
      String conversation) {
    boolean composed() {
      return firstTokenMillis.isPresent();
    }
  }

  private static Asked ask(
      ServiceClient client, String question, Optional<String> conversation, boolean compose) {
    var request = new LinkedHashMap<String, Object>();
    request.put("question", question);
    request.put("compose", compose);
    conversation.ifPresent(id -> request.put("conversation", id));
    Map<String, Double> at = new LinkedHashMap<>();
    Map<String, JsonNode> last = new LinkedHashMap<>();
    var began = System.nanoTime();
    client.events(
        "/api/v1/ask",
        request,
        (event, data) -> {
          at.putIfAbsent(event, (System.nanoTime() - began) / 1e6);
          last.put(event, data);
        });
    var answer = last.get("answer");
    var answered = at.get("answer");
    if (answer == null || answered == null) {
      throw new CommandException("A question was not answered: " + last.get("error"));
    }
    return new Asked(
        at.getOrDefault("quotation", answered),
        Optional.ofNullable(at.get("token")),
        answer.path("timings").path("promptTokens").asInt(),
        answer.path("timings").path("cachedTokens").asInt(),
        answer.path("conversation").asText());
  }
}
