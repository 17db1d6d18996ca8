package dev.docent.cli;

import dev.docent.wiring.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Mixin private final EvalOptions options = new EvalOptions();

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
    for (Path path : new Path[] {documents, questions}) {
      if (Files.notExists(path)) {
        throw new CommandException("There is no file or folder " + path);
      }
    }
    Optional<Path> file =
        quoteOnly
            ? Optional.empty()
            : new ChatModelFile(Settings.read().model(), terminal).find(model);
    try (var evaluation = new Evaluation(terminal, options, file)) {
      evaluation.answers(name(documents), documents, questions, !quoteOnly, withinDocument);
      evaluation.report();
    }
    return 0;
  }

  private static String name(Path documents) {
    return String.valueOf(documents.toAbsolutePath().normalize().getFileName());
  }
}
