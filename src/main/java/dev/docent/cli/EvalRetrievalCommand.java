package dev.docent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the ranking of sets.
@Command(
    name = "retrieval",
    description = {
      "Measure how well the right documents are found: nDCG@10, recall@1/5/20/100, MRR@10.",
      "A set is a folder of corpus.jsonl (_id, title, text), queries.jsonl (_id, text) and qrels.tsv"
          + " (query, document, grade), or of corpus.jsonl and questions.jsonl (question,"
          + " paragraph_id, answerable); or "
          + EvalAnswersCommand.FORMS
    },
    mixinStandardHelpOptions = true)
final class EvalRetrievalCommand implements Callable<Integer> {

  @Mixin private final EvalOptions options = new EvalOptions();

  @Option(
      names = "--set",
      paramLabel = "DIR",
      required = true,
      description = "The set's folder. May be given again.")
  private List<Path> sets = List.of();

  private final Terminal terminal;

  EvalRetrievalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var evaluation = new Evaluation(terminal, options, Optional.empty())) {
      sets.forEach(evaluation::retrieval);
      evaluation.report();
    }
    return 0;
  }
}
