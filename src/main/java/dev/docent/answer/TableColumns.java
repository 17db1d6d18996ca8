package dev.docent.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Finds what the columns of a row are called, so that its cells can be read.
///
/// ```
///                   Fiscal 2024              Fiscal 2023      a head over several columns
///                   Begin      End           Begin     End    the names of the columns
///   Abroad                                                    the name of a group of rows
///   Harbours        127        128           125       127
/// ```
final class TableColumns {
  // A figure or nothing is no name of a column.
  private static final Pattern NO_NAME = Pattern.compile("[\\d\\s.,:%/€$£¥+()–—−-]*");
  private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d");

  private static final int LONG_GROUP = 100;
  private static final int GROUP_LINES = 3;

  private TableColumns() {}

  /// A table's names of columns, and the first row under them.
  ///
  /// @param names lines, those over several columns first
  /// @param row index of the line
  private record Head(List<String> names, int row) {}

  /// The names over the first row in a stretch of a passage, those of heads over several columns
  /// before their own. They stand in the lines over the rows or, where the passage begins in the
  /// middle of a table, at the end of its context. That of the labels may be empty.
  ///
  /// @param text the passage's, its cells separated by tabs
  /// @param context the passage's
  static List<String> over(String text, String context, Sentences.Span span) {
    List<String> lines = List.of(text.split("\n", -1));
    int row = line(text, span.start());
    int last = line(text, span.end() - 1);
    while (row <= last && !isRow(lines.get(row))) {
      row++;
    }
    if (row > last) {
      return List.of();
    }
    Optional<Head> head = head(lines, context, row);
    if (head.isEmpty()) {
      return List.of();
    }
    // The names themselves may be quoted, with the row under them.
    int first = Math.max(row, head.get().row());
    while (first <= last && isGroup(lines.get(first))) {
      first++;
    }
    return first <= last && isRow(lines.get(first))
        ? names(head.get().names(), lines.get(first))
        : List.of();
  }

  /// What stands over a row and says what it is about: the names of its columns, and that of its
  /// group.
  static String head(String text, String context, Sentences.Span span) {
    List<String> lines = List.of(text.split("\n", -1));
    int row = line(text, span.start());
    List<String> over =
        new ArrayList<>(head(lines, context, row).map(Head::names).orElse(List.of()));
    int group = row - 1;
    while (group >= 0 && isRow(lines.get(group)) && isFigures(lines.get(group))) {
      group--;
    }
    if (!over.isEmpty() && group >= 0 && isGroup(lines.get(group))) {
      over.add(lines.get(group));
    }
    return String.join("\n", over);
  }

  /// Whether a stretch begins among a table's names of columns, which have a row under them.
  static boolean isHead(String text, Sentences.Span span) {
    List<String> lines = List.of(text.split("\n", -1));
    int row = line(text, span.start());
    return head(lines, "", row).filter(head -> row < head.row()).isPresent();
  }

  private static Optional<Head> head(List<String> lines, String context, int row) {
    if (!isRow(lines.get(row))) {
      return Optional.empty();
    }
    List<String> known = context.lines().toList();
    int from = known.size();
    while (from > 0 && isRow(known.get(from - 1))) {
      from--;
    }
    List<String> above = known.subList(from, known.size());
    int begin = begin(lines, row, !above.isEmpty());
    if (begin == 0 && !above.isEmpty()) {
      return Optional.of(new Head(above, 0));
    }
    int end = begin + 1;
    while (end < lines.size() && spans(lines.get(end - 1), lines.get(end))) {
      end++;
    }
    int under = end;
    while (under < lines.size() && under - end < GROUP_LINES && isGroup(lines.get(under))) {
      under++;
    }
    boolean named = end <= row || under < lines.size() && isRow(lines.get(under));
    return named ? Optional.of(new Head(lines.subList(begin, end), end)) : Optional.empty();
  }

  /// The first line of the table that a row stands in, over rows and the names of their groups.
  ///
  /// @param begun whether the passage begins in the middle of a table
  private static int begin(List<String> lines, int row, boolean begun) {
    int begin = row;
    while (begin > 0) {
      int above = begin - 1;
      if (hasNoLabel(lines.get(begin)) && !spans(lines.get(above), lines.get(begin))) {
        return begin;
      }
      if (isFigures(lines.get(begin))) {
        while (above >= 0 && begin - above <= GROUP_LINES && isGroup(lines.get(above))) {
          above--;
        }
        if (above < 0) {
          return begun ? 0 : begin;
        }
      }
      if (!isRow(lines.get(above))) {
        return begin;
      }
      begin = above;
    }
    return begin;
  }

  private static List<String> names(List<String> head, String row) {
    List<String> own = cells(head.getLast());
    List<String> over = new ArrayList<>(Collections.nCopies(own.size(), ""));
    for (String line : head.subList(0, head.size() - 1)) {
      addHeads(over, cells(line));
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      names.add((over.get(i) + " " + own.get(i)).strip());
    }
    boolean named =
        names.size() >= row.split("\t", -1).length
            && (own.getFirst().isEmpty() || !NO_NAME.matcher(own.getFirst()).matches())
            && names.stream().skip(1).noneMatch(TableColumns::isNoName);
    return named ? names : List.of();
  }

  /// A head goes on to the next one of its line, or of a line above it: `over` has those already.
  private static void addHeads(List<String> over, List<String> heads) {
    String head = "";
    String above = "";
    for (int i = 1; i < over.size(); i++) {
      if (i < heads.size() && !heads.get(i).isEmpty()) {
        head = heads.get(i);
      } else if (!over.get(i).equals(above)) {
        head = "";
      }
      above = over.get(i);
      over.set(i, (above + " " + head).strip());
    }
  }

  /// Whether a line has names that stand over several of the next line's, or beside those.
  private static boolean spans(String line, String next) {
    return hasNoLabel(line)
        && isRow(next)
        && !isFigures(next)
        && (filled(line).size() < filled(next).size()
            || hasNoLabel(next) && !filled(line).equals(filled(next)));
  }

  /// Whether a line has names of columns alone, and none for the labels under them.
  private static boolean hasNoLabel(String line) {
    return line.startsWith("\t") && !isFigures(line);
  }

  /// Whether a row has a cell that is no name.
  static boolean isFigures(String line) {
    return isRow(line)
        && cells(line).stream().skip(1).anyMatch(cell -> !cell.isEmpty() && isNoName(cell));
  }

  private static boolean isNoName(String cell) {
    return NO_NAME.matcher(cell).matches() && !YEAR.matcher(cell).matches();
  }

  /// The columns that a line has something in.
  private static List<Integer> filled(String line) {
    List<String> cells = cells(line);
    return IntStream.range(1, cells.size()).filter(i -> !cells.get(i).isEmpty()).boxed().toList();
  }

  private static boolean isGroup(String line) {
    return !isRow(line)
        && !line.isBlank()
        && line.length() <= LONG_GROUP
        && !Sentences.isEnded(line);
  }

  static List<String> cells(String line) {
    return Arrays.stream(line.split("\t", -1)).map(String::strip).collect(Collectors.toList());
  }

  /// The line that a place of the text is in.
  private static int line(String text, int at) {
    return (int) text.substring(0, at).chars().filter(unit -> unit == '\n').count();
  }

  private static boolean isRow(String line) {
    return line.indexOf('\t') >= 0;
  }
}
