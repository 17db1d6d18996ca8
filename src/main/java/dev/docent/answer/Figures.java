package dev.docent.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The figures of a row, each under the name of its column, to tell whether a sentence takes one
/// from the wrong column.
///
/// The column that is meant is the one whose name has most of the sentence's words; of equals, most
/// of the question's; of those again, the latest year. A word counts the less the more columns have
/// it.
///
/// @param columns in order, without the labels; empty where the span is no row or nothing names its
///   columns
/// @param named numbers that stand in names and labels as well: no sentence takes them from a cell
record Figures(List<Column> columns, Set<String> named) {
  // "48 hours", "EUR 236", "plus 60 %": figures. More words tell of something.
  private static final Pattern FIGURE =
      Pattern.compile(
          "[^\\p{L}\\d]*(?:\\p{L}{1,8}[^\\p{L}\\d]+)?\\d[\\d.,:'’-]*[^\\p{L}\\d]*(?:\\p{L}{1,8}\\W*)?");

  // Of a word that one column alone has.
  private static final long WHOLE = 10_000;

  private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b");

  Figures {
    columns = List.copyOf(columns);
    named = Set.copyOf(named);
  }

  /// @param numbers in the row's cell
  /// @param year the latest in the name; 0 where there is none
  record Column(Set<String> name, Set<String> numbers, int year) {}

  private record Fit(long said, long asked, int year) {
    static final Comparator<Fit> ORDER =
        Comparator.comparingLong(Fit::said)
            .thenComparingLong(Fit::asked)
            .thenComparingInt(Fit::year);
  }

  /// @param text the passage's, its cells separated by tabs
  /// @param context the passage's
  /// @param span a row of it, or something else
  static Figures of(String text, String context, Sentences.Span span) {
    String row = span.of(text);
    List<String> names =
        row.contains("\n") || row.indexOf('\t') < 0
            ? List.of()
            : TableColumns.over(text, context, span);
    List<String> cells = TableColumns.cells(row);
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i < Math.min(cells.size(), names.size()); i++) {
      if (FIGURE.matcher(cells.get(i)).matches()) {
        columns.add(
            new Column(
                Grounding.termsOf(names.get(i)),
                Grounding.numbersIn(cells.get(i)),
                year(names.get(i))));
      }
    }
    return new Figures(
        columns, Grounding.numbersIn(String.join("\n", names) + "\n" + cells.getFirst()));
  }

  private static int year(String name) {
    return YEAR.matcher(name)
        .results()
        .mapToInt(one -> Integer.parseInt(one.group()))
        .max()
        .orElse(0);
  }

  /// Whether one of the numbers stands in a column while another, whose figure is not among them,
  /// is rather meant.
  ///
  /// @param said the sentence's terms
  /// @param asked the question's
  /// @param numbers the sentence's
  /// @param added those that the question does not have
  boolean contradict(Set<String> said, Set<String> asked, Set<String> numbers, Set<String> added) {
    Comparator<Column> rather = Comparator.comparing(column -> fit(column, said, asked), Fit.ORDER);
    List<Column> stated =
        columns.stream().filter(column -> numbers.containsAll(column.numbers())).toList();
    var meant =
        columns.stream().filter(column -> !numbers.containsAll(column.numbers())).max(rather);
    return meant.isPresent()
        && stated.stream()
            .flatMap(column -> column.numbers().stream())
            .filter(number -> added.contains(number) && !named.contains(number))
            .map(
                number ->
                    stated.stream()
                        .filter(column -> column.numbers().contains(number))
                        .max(rather)
                        .orElseThrow())
            .anyMatch(column -> rather.compare(column, meant.get()) < 0);
  }

  private Fit fit(Column column, Set<String> said, Set<String> asked) {
    return new Fit(weight(column, said), weight(column, asked), column.year());
  }

  private long weight(Column column, Set<String> terms) {
    long weight = 0;
    for (String term : column.name()) {
      if (terms.contains(term)) {
        long sharing = columns.stream().filter(one -> one.name().contains(term)).count();
        weight += WHOLE / (sharing * sharing);
      }
    }
    return weight;
  }
}
