package dev.docent.cli;

import dev.docent.eval.RetrievalSet;
import dev.docent.wiring.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the quality of retrieval and answers: by itself the sets that lie beside the project
/// and the samples, by its subcommands any set.
@Command(
    name = "eval",
    description = {
      "Measure the quality of retrieval and answers, in a scratch folder of its own.",
      "Without a subcommand: the samples, and the sets of ../shared/eval where they are present."
    },
    mixinStandardHelpOptions = true,
    subcommands = {EvalRetrievalCommand.class, EvalAnswersCommand.class})
final class EvalCommand implements Callable<Integer> {

  @Mixin private final EvalOptions options = new EvalOptions();

  @Option(
      names = "--no-compose",
      description = "Quote only; do not let the model write. Many times faster.")
  private boolean quoteOnly;

  private final Terminal terminal;

  EvalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path home = Path.of(System.getProperty("docent.home", "."));
    Path sets = home.resolveSibling("shared").resolve("eval");
    Optional<Path> model =
        quoteOnly
            ? Optional.empty()
            : new ChatModelFile(Settings.read().model(), terminal).find(null);
    try (var evaluation = new Evaluation(terminal, options, model)) {
      Path samples = home.resolve("samples");
      evaluation.answers("samples", samples, samples.resolve("questions.jsonl"), !quoteOnly, false);
      if (Files.isDirectory(sets)) {
        measure(evaluation, sets);
      } else {
        terminal.note("There are no further sets in " + sets);
      }
      evaluation.report();
    }
    return 0;
  }

  /// Quotations and refusals only: composing three thousand answers takes a day of two cores.
  private static void measure(Evaluation evaluation, Path sets) {
    retrievalSets(sets).forEach(evaluation::retrieval);
    answers(evaluation, sets.resolve("squad2-open"), "corpus.jsonl", false);
    // "this contract" has a meaning only to someone who has it open
    answers(evaluation, sets.resolve("cuad"), "pdfs", true);
    answers(evaluation, sets.resolve("financebench"), "pdfs", false);
  }

  private static void answers(
      Evaluation evaluation, Path set, String documents, boolean withinDocument) {
    Path questions = set.resolve("questions.jsonl");
    if (Files.exists(questions) && Files.exists(set.resolve(documents))) {
      evaluation.answers(
          String.valueOf(set.getFileName()),
          set.resolve(documents),
          questions,
          false,
          withinDocument);
    }
  }

  private static List<Path> retrievalSets(Path sets) {
    try (var folders = Files.walk(sets, 2)) {
      return folders.filter(RetrievalSet::in).sorted().toList();
    } catch (IOException e) {
      throw new CommandException("The folder %s cannot be read: %s".formatted(sets, e), e);
    }
  }
}
