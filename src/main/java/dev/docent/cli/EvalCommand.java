package dev.docent.cli;

import dev.docent.eval.PooledSet;
import dev.docent.eval.RetrievalSet;
import dev.docent.wiring.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the quality of retrieval and answers: by itself the sets that lie beside the project
/// and the samples, by its subcommands any set.
@Command(
    name = "eval",
    description = {
      "Measure the quality of retrieval and answers, in a scratch folder of its own.",
      "Without a subcommand: the samples, composing; and the sets of ../shared/eval where they are"
          + " present, by quotation."
    },
    mixinStandardHelpOptions = true,
    subcommands = {EvalRetrievalCommand.class, EvalAnswersCommand.class})
final class EvalCommand implements Callable<Integer> {
  private static final List<Answered> ANSWERED =
      List.of(
          new Answered("squad2-open", "corpus.jsonl", false),
          // "this contract" has a meaning only to someone who has it open
          new Answered("cuad", "pdfs", true),
          new Answered("financebench", "pdfs", false));

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
        unmeasured(sets)
            .ifPresent(names -> terminal.note("Not measured, having no questions: " + names));
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
    ANSWERED.forEach(set -> set.measure(evaluation, sets));
    for (Path folder : pooledSets(sets)) {
      evaluation.retrieval(folder);
      evaluation.answers(folder, false);
    }
  }

  /// A set of questions to documents.
  ///
  /// @param documents the folder or file of them
  /// @param withinDocument whether each is asked of its own document alone
  private record Answered(String name, String documents, boolean withinDocument) {
    private void measure(Evaluation evaluation, Path sets) {
      Path set = sets.resolve(name);
      Path questions = set.resolve("questions.jsonl");
      if (Files.exists(questions) && Files.exists(set.resolve(documents))) {
        evaluation.answers(name, set.resolve(documents), questions, false, withinDocument);
      }
    }
  }

  /// The folders that nothing here measures with.
  private static Optional<String> unmeasured(Path sets) {
    List<Path> measured =
        Stream.concat(retrievalSets(sets).stream(), pooledSets(sets).stream()).toList();
    try (Stream<Path> folders = Files.list(sets)) {
      String names =
          folders
              .filter(Files::isDirectory)
              .filter(folder -> measured.stream().noneMatch(set -> set.startsWith(folder)))
              .map(folder -> String.valueOf(folder.getFileName()))
              .filter(name -> ANSWERED.stream().noneMatch(set -> set.name().equals(name)))
              .sorted()
              .collect(Collectors.joining(", "));
      return Optional.of(names).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      throw unreadable(sets, e);
    }
  }

  private static List<Path> retrievalSets(Path sets) {
    try (var folders = Files.walk(sets, 2)) {
      return folders.filter(RetrievalSet::in).sorted().toList();
    } catch (IOException e) {
      throw unreadable(sets, e);
    }
  }

  private static List<Path> pooledSets(Path sets) {
    try (var folders = Files.list(sets)) {
      return folders.filter(Files::isDirectory).filter(PooledSet::isIn).sorted().toList();
    } catch (IOException e) {
      throw unreadable(sets, e);
    }
  }

  private static CommandException unreadable(Path sets, IOException e) {
    return new CommandException("The folder %s cannot be read: %s".formatted(sets, e), e);
  }
}
