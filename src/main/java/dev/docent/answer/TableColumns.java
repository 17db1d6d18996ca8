package dev.docent.answer;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Finds what the columns of a quoted row are called, so that its cells can be read.
final class TableColumns {
  // A figure or nothing is no name of a column.
  private static final Pattern NO_NAME = Pattern.compile("[\\d\\s.,:%/€$£+()-]*");

  private TableColumns() {}

  /// The names over the first row in a stretch of a passage. They stand in the line over the rows
  /// or, where the passage begins in the middle of a table, at the end of its context.
  ///
  /// @param text the passage's, its cells separated by tabs
  /// @param context the passage's
  static List<String> over(String text, String context, Sentences.Span span) {
    int row = span.start();
    while (row < span.end() && !isRow(line(text, row))) {
      row = text.indexOf('\n', row) + 1;
      if (row == 0) {
        return List.of();
      }
    }
    if (row >= span.end()) {
      return List.of();
    }
    int first = text.lastIndexOf('\n', row - 1) + 1;
    int begin = first;
    while (begin > 0 && isRow(line(text, text.lastIndexOf('\n', begin - 2) + 1))) {
      begin = text.lastIndexOf('\n', begin - 2) + 1;
    }
    String above = context.substring(context.lastIndexOf('\n') + 1);
    if (begin == 0 && isRow(above)) {
      return names(above, line(text, row));
    }
    if (begin < first) {
      return names(line(text, begin), line(text, row));
    }
    // The names themselves are quoted, with the row under them.
    int next = text.indexOf('\n', row) + 1;
    return next > 0 && next < span.end() && isRow(line(text, next))
        ? names(line(text, row), line(text, next))
        : List.of();
  }

  private static List<String> names(String header, String row) {
    List<String> names = Arrays.stream(header.split("\t", -1)).map(String::strip).toList();
    boolean named =
        names.size() >= row.split("\t", -1).length
            && names.stream().noneMatch(name -> NO_NAME.matcher(name).matches());
    return named ? names : List.of();
  }

  private static String line(String text, int start) {
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static boolean isRow(String line) {
    return line.indexOf('\t') >= 0;
  }
}
