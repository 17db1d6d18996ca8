package dev.docent.answer;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The numbers that a stretch of a passage states, with what each counts: as is said beside it or,
/// of a figure in a table, by the name of its column, its row or the table, the nearest of them.
///
/// ```
/// Assets were as follows ($ in millions):
///                                 2024     2023
/// Cash                             412      205     millions
/// Shares issued (in thousands)   1,090    1,064     thousands
/// Return on assets                7.1%     6.8%     neither
/// ```
///
/// @param said numbers with all that is to be known of them beside them, also of the headings
/// @param under figures that count what stands over them
record Amounts(List<Amount> said, List<Amount> under) {
  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /// What counts ones whatever stands over the table.
  private static final Pattern COUNTS_ONES =
      Pattern.compile(
          "%|\\b(?:per|percent|pro (?!forma)|Prozent|number of|Anzahl|ratio)\\b", ANY_CASE);

  private static final int CAPTION_LINES = 3;
  private static final int LONG_GROUP = 60;

  Amounts {
    said = List.copyOf(said);
    under = List.copyOf(under);
  }

  /// @param text the passage's, its cells separated by tabs
  /// @param context the passage's
  static Amounts of(String text, String context, Sentences.Span span) {
    String own = span.of(text);
    List<Amount> said = new ArrayList<>();
    context
        .lines()
        .filter(line -> !Sentences.hasCells(line))
        .forEach(heading -> said.addAll(Amount.in(heading)));
    if (!Sentences.isRow(own)) {
      said.addAll(Amount.in(own));
      return new Amounts(said, List.of());
    }
    List<String> names = own.contains("\n") ? List.of() : TableColumns.over(text, context, span);
    List<String> cells = TableColumns.cells(own);
    Optional<Set<Scale>> table = over(text, context, span);
    List<Amount> under = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String name = i < names.size() ? names.get(i) : "";
      String label = i > 0 ? cells.getFirst() : cell;
      Optional<Set<Scale>> scale =
          COUNTS_ONES.matcher(cell).find() || i == 0 && cells.size() > 1
              ? Optional.empty()
              : saidBy(name).or(() -> saidBy(label)).or(() -> table);
      for (Amount amount : Amount.in(cell)) {
        if (scale.isPresent() && amount.scales().equals(Set.of(Scale.ONE))) {
          under.add(new Amount(amount.number(), scale.get(), amount.isMoney()));
        } else {
          said.add(amount);
        }
      }
    }
    return new Amounts(said, under);
  }

  /// What a name says that figures count; empty where it leaves that to the table.
  private static Optional<Set<Scale>> saidBy(String name) {
    Set<Scale> over = Scale.over(name);
    if (over.isEmpty()) {
      return COUNTS_ONES.matcher(name).find() ? Optional.of(Set.of(Scale.ONE)) : Optional.empty();
    }
    // Of two nobody can tell which goes for a figure.
    return Optional.of(over.size() > 1 ? Set.of() : over);
  }

  /// What the nearest line over a table's row says that its figures count. Behind the table's head
  /// no more than its caption is looked at, where the passage begins in it its context.
  private static Optional<Set<Scale>> over(String text, String context, Sentences.Span span) {
    List<String> lines = text.substring(0, span.start()).lines().toList();
    boolean head = false;
    int others = 0;
    for (String line : lines.reversed()) {
      // What a head's other cells say goes for their columns.
      String name = TableColumns.cells(line).getFirst();
      boolean row = TableColumns.isFigures(line);
      others = line.isBlank() || Sentences.isRow(line) ? 0 : others + 1;
      if (!row && !Scale.over(name).isEmpty()) {
        return saidBy(name);
      }
      if (head && row || others > CAPTION_LINES || others > 0 && endsTable(line, head)) {
        return Optional.empty();
      }
      boolean group = others == 1 && !head;
      if (group && saidBy(name).isPresent()) {
        return saidBy(name);
      }
      head |= Sentences.hasCells(line) && !row;
    }
    boolean ofOtherTable = head;
    return context.lines().toList().reversed().stream()
        .filter(line -> !(ofOtherTable && Sentences.hasCells(line)))
        .map(line -> TableColumns.cells(line).getFirst())
        .filter(name -> !Scale.over(name).isEmpty())
        .findFirst()
        .flatMap(Amounts::saidBy);
  }

  /// Whether a line over a row is none of its table. "Expenses:" may name a group of its rows.
  private static boolean endsTable(String line, boolean head) {
    return Sentences.isEnded(line) || line.endsWith(":") && (head || line.length() > LONG_GROUP);
  }

  /// Whether each of a sentence's numbers that stands here counts the same there. Where a figure's
  /// scale stands over it, a bare number may leave it there, but a bare sum of money is another
  /// one, unless the scale is said elsewhere in the sentence or the question.
  ///
  /// @param named scales that the sentence names apart from its numbers
  /// @param asked scales that the question names
  boolean agree(List<Amount> claimed, Set<Scale> named, Set<Scale> asked) {
    return claimed.stream().allMatch(amount -> agrees(amount, named, asked));
  }

  private boolean agrees(Amount claimed, Set<Scale> named, Set<Scale> asked) {
    List<Amount> own = with(claimed.number(), said);
    List<Amount> figures = with(claimed.number(), under);
    if (own.isEmpty() && figures.isEmpty()) {
      return claimed.countsOneOf(Set.of(Scale.ONE));
    }
    boolean bare = claimed.scales().equals(Set.of(Scale.ONE));
    return own.stream().anyMatch(amount -> amount.countsOneOf(claimed.scales()))
        || figures.stream()
            .anyMatch(
                figure ->
                    bare && !named.isEmpty()
                        ? figure.countsOneOf(named)
                        : figure.countsOneOf(claimed.scales())
                            || bare && (!claimed.isMoney() || figure.countsOneOf(asked)));
  }

  private static List<Amount> with(String number, List<Amount> some) {
    return some.stream().filter(amount -> amount.number().equals(number)).toList();
  }

  /// Words that a sentence may use for what is counted here.
  String words() {
    Set<Scale> scales = EnumSet.noneOf(Scale.class);
    said.forEach(amount -> scales.addAll(amount.scales()));
    under.forEach(amount -> scales.addAll(amount.scales()));
    List<String> words = new ArrayList<>();
    scales.forEach(scale -> words.addAll(scale.words()));
    return String.join(" ", words);
  }
}
