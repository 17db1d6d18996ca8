package dev.docent.cli;

import dev.docent.eval.AnswerEvaluation;
import dev.docent.eval.RetrievalEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Figures as lines of text, columns aligned.
final class EvaluationTables {
  private EvaluationTables() {}

  static List<String> retrieval(List<RetrievalEvaluation.Report> reports) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "Retrieval",
            "documents",
            "queries",
            "nDCG@10",
            "recall@1",
            "recall@5",
            "recall@20",
            "recall@100",
            "MRR@10"));
    for (var report : reports) {
      var figures = report.figures();
      rows.add(
          List.of(
              report.set(),
              Integer.toString(report.documents()),
              Integer.toString(figures.queries()),
              share(figures.ndcgAt10()),
              share(figures.recallAt1()),
              share(figures.recallAt5()),
              share(figures.recallAt20()),
              share(figures.recallAt100()),
              share(figures.mrrAt10())));
    }
    return aligned(rows);
  }

  /// One column a set: there are more measures than sets.
  static List<String> answers(List<AnswerEvaluation.Report> reports) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("Answers", reports, AnswerEvaluation.Report::set));
    rows.add(row("documents", reports, one -> Integer.toString(one.documents())));
    rows.add(row("questions", reports, one -> Integer.toString(one.figures().questions())));
    rows.add(row("right place first", reports, one -> rate(one.figures().placeTop1())));
    rows.add(row("right place in top 3", reports, one -> rate(one.figures().placeTop3())));
    rows.add(row("right place in top 5", reports, one -> rate(one.figures().placeTop5())));
    rows.add(row("right document in top 3", reports, one -> rate(one.figures().documentTop3())));
    rows.add(row("first quotation holds it", reports, one -> rate(one.figures().firstQuotation())));
    rows.add(row("a quotation holds it", reports, one -> rate(one.figures().quotation())));
    rows.add(row("the answer holds it", reports, one -> rate(one.figures().answer())));
    rows.add(row("composed by the model", reports, one -> rate(one.figures().composed())));
    rows.add(row("  which hold it", reports, one -> rate(one.figures().composedHolds())));
    rows.add(row("  sentences withheld", reports, one -> rate(one.figures().withheld())));
    rows.add(
        row("refused, no answer there", reports, one -> rate(one.figures().refusedUnanswerable())));
    rows.add(row("refused, answer there", reports, one -> rate(one.figures().refusedAnswerable())));
    rows.add(row("citations resolve", reports, one -> rate(one.figures().citationsResolve())));
    rows.add(row("ms to quotation", reports, one -> percentiles(one.figures().quotationMillis())));
    rows.add(row("ms in all", reports, one -> percentiles(one.figures().totalMillis())));
    return aligned(rows);
  }

  private static List<String> row(
      String label,
      List<AnswerEvaluation.Report> reports,
      Function<AnswerEvaluation.Report, String> cell) {
    List<String> row = new ArrayList<>();
    row.add(label);
    reports.stream().map(cell).forEach(row::add);
    return row;
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }

  private static String rate(AnswerEvaluation.Rate rate) {
    return rate.rate().isEmpty()
        ? "-"
        : "%s %d/%d".formatted(share(rate.rate().getAsDouble()), rate.hits(), rate.of());
  }

  private static String percentiles(AnswerEvaluation.Percentiles millis) {
    return "p50 %d, p95 %d".formatted(millis.p50(), millis.p95());
  }

  private static List<String> aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String format = i == 0 ? "%-" + widths[i] + "s" : "  %" + widths[i] + "s";
        line.append(format.formatted(row.get(i)));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
