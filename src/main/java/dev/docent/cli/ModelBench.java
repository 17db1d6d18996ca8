package dev.docent.cli;

import dev.docent.model.GenerationMetadata;
import dev.docent.model.GenerationParameters;
import dev.docent.model.GenerationTimings;
import dev.docent.model.LlamaChatModel;
import dev.docent.model.LlamaSettings;
import dev.docent.model.LocalChatModel;
import dev.docent.model.ModelFile;
import dev.docent.wiring.Settings;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The chat model by itself: how fast it reads a prompt and writes, against llama.cpp's own server
/// on the same file with the same threads, in turn.
final class ModelBench implements BenchPart {
  private static final int PROMPT_PARAGRAPHS = 7; // about 900 tokens
  private static final int OUTPUT_TOKENS = 96;

  private static final String PARAGRAPH =
      """
      Reading room %d opens at nine in the morning and closes at six in the evening, on Saturdays at
      two. Readers show their card at the desk, leave coats and bags in the lockers and may bring
      pencils, paper and a computer. Maps, manuscripts and books printed before 1850 are read at the
      tables by the window, under the eyes of a member of staff, and stay in the house. Photographs
      without flash are allowed for study; whoever wants to print them asks for permission in
      writing and names the shelf mark of every sheet.
      """;

  private final BenchOptions options;
  private final Terminal terminal;

  ModelBench(BenchOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public void measure(BenchFigures figures) {
    var files = new ChatModelFile(Settings.read().model(), terminal);
    var path = files.find(options.model().orElse(null));
    if (path.isEmpty()) {
      figures.note(name(), "There is no chat model on this machine: nothing to measure.");
      return;
    }
    var file = files.store().adopt(path.get());
    var program = LlamaServer.find(options, terminal);
    try (var model = LlamaChatModel.load(file, LlamaSettings.defaults(options.threads()))) {
      if (program.isEmpty()) {
        figures.note(
            name(),
            "No llama.cpp server is at hand to compare with: --llama-server FILE or --fetch-peer.");
        alone(model, figures);
      } else {
        try (var server = LlamaServer.start(program.get(), file.path(), options.threads())) {
          compared(model, server, figures);
        }
      }
    }
    figures.note(name(), "%s, %d threads".formatted(described(file), options.threads()));
  }

  private static String described(ModelFile file) {
    return "%s (%s, %.0f MB)"
        .formatted(
            file.identity().name(), file.identity().architecture(), file.identity().bytes() / 1e6);
  }

  private void alone(LocalChatModel model, BenchFigures figures) {
    var speeds = new ArrayList<Speed>();
    for (int run = 0; run <= options.runs(); run++) {
      speeds.add(speed(model, run));
    }
    add(figures, measured(speeds), Optional.empty());
  }

  private void compared(LocalChatModel model, LlamaServer server, BenchFigures figures) {
    var ours = new ArrayList<Speed>();
    var theirs = new ArrayList<Speed>();
    for (int run = 0; run <= options.runs(); run++) {
      ours.add(speed(model, run));
      theirs.add(server.speed(prompt(run), OUTPUT_TOKENS));
    }
    add(figures, measured(ours), Optional.of(measured(theirs)));
    figures.note(name(), "The peer is " + server.version());
  }

  /// The first run warms up: pages of the file, the processor's clock, compiled code.
  private static List<Speed> measured(List<Speed> speeds) {
    return speeds.subList(1, speeds.size());
  }

  private void add(BenchFigures figures, List<Speed> ours, Optional<List<Speed>> theirs) {
    figures.add(name(), "prompt, tokens", ours.stream().map(Speed::promptTokens).toList());
    add(figures, "prompt read, tokens/s", Speed::read, ours, theirs);
    add(figures, "prompt to first token, s", Speed::firstTokenSeconds, ours, theirs);
    add(figures, "generated, tokens/s", Speed::generated, ours, theirs);
  }

  private void add(
      BenchFigures figures,
      String figure,
      Function<Speed, Double> value,
      List<Speed> ours,
      Optional<List<Speed>> theirs) {
    var values = ours.stream().map(value).toList();
    if (theirs.isEmpty()) {
      figures.add(name(), figure, values);
      return;
    }
    figures.compare(
        name(),
        figure,
        values,
        new BenchFigures.Peer("llama.cpp's server", theirs.get().stream().map(value).toList()));
  }

  /// Tokens a second of one request.
  ///
  /// @param promptTokens of the whole prompt
  record Speed(double promptTokens, double read, double generated) {
    private double firstTokenSeconds() {
      return promptTokens / read;
    }
  }

  /// Another prompt each time, from its first word on, so that nothing of it is cached.
  private static String prompt(int run) {
    var text = new StringBuilder("Attempt %d. Retell these rules at length:%n".formatted(run));
    for (int i = 1; i <= PROMPT_PARAGRAPHS; i++) {
      text.append(PARAGRAPH.formatted(i));
    }
    return text.toString();
  }

  private static Speed speed(LocalChatModel model, int run) {
    var ended = new CompletableFuture<GenerationTimings>();
    var _ =
        model.generate(
            ChatRequest.builder()
                .messages(UserMessage.from(prompt(run)))
                .parameters(
                    GenerationParameters.builder()
                        .temperature(0.0)
                        .maxOutputTokens(OUTPUT_TOKENS)
                        .build())
                .build(),
            new StreamingChatResponseHandler() {
              @Override
              public void onCompleteResponse(ChatResponse response) {
                ended.complete(((GenerationMetadata) response.metadata()).timings());
              }

              @Override
              public void onError(Throwable error) {
                ended.completeExceptionally(error);
              }
            });
    var timings = ended.join();
    return new Speed(
        timings.promptTokens(),
        (timings.promptTokens() - timings.cachedTokens()) / seconds(timings.prompt()),
        timings.generatedTokens() / seconds(timings.generation()));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
