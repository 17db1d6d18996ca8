package dev.docent.cli;

import dev.docent.wiring.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the answers to questions about documents.
@Command(
    name = "answers",
    description = {
      "Measure quotations, answers and refusals.",
      "Each line of the questions is a JSON object: question, and where known answers (phrases),"
          + " document, page (counted from 0), answerable (default: true), also (further places),"
          + " group."
    },
    mixinStandardHelpOptions = true)
final class EvalAnswersCommand implements Callable<Integer> {

  static final String FORMS = "XQuAD, ClapNQ or MTRAG.";

  @Mixin private final EvalOptions options = new EvalOptions();

  @ArgGroup(multiplicity = "1")
  private Asked asked = new Asked();

  /// Questions and their documents: each by itself, or together.
  private static final class Asked {
    @ArgGroup(exclusive = false)
    private @Nullable Apart apart;

    @Option(
        names = "--set",
        paramLabel = "DIR",
        required = true,
        description = "A published set whose questions come with their texts: " + FORMS)
    private @Nullable Path set;
  }

  private static final class Apart {
    @Option(
        names = "--documents",
        paramLabel = "DIR",
        required = true,
        description = "The documents: a folder, or a corpus.jsonl (_id, title, text).")
    private Path documents = Path.of("");

    @Option(
        names = "--questions",
        paramLabel = "FILE",
        required = true,
        description = "The questions, as JSON lines.")
    private Path questions = Path.of("");
  }

  @Option(
      names = "--within-document",
      description = "Ask each question of its own document alone, as someone who has it open.")
  private boolean withinDocument;

  @Option(names = "--model", paramLabel = "FILE", description = "A GGUF model of your own.")
  private @Nullable Path model;

  @Option(
      names = "--no-compose",
      description = "Quote only; do not let the model write. Many times faster.")
  private boolean quoteOnly;

  private final Terminal terminal;

  EvalAnswersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Path> file =
        quoteOnly
            ? Optional.empty()
            : new ChatModelFile(Settings.read().model(), terminal).find(model);
    try (var evaluation = new Evaluation(terminal, options, file)) {
      Path set = asked.set;
      Apart apart = asked.apart;
      if (set != null) {
        evaluation.answers(there(set), !quoteOnly);
      } else if (apart != null) {
        evaluation.answers(
            name(apart.documents),
            there(apart.documents),
            there(apart.questions),
            !quoteOnly,
            withinDocument);
      }
      evaluation.report();
    }
    return 0;
  }

  private static Path there(Path path) {
    if (Files.notExists(path)) {
      throw new CommandException("There is no file or folder " + path);
    }
    return path;
  }

  private static String name(Path documents) {
    return String.valueOf(documents.toAbsolutePath().normalize().getFileName());
  }
}
