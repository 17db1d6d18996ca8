package dev.docent.answer;

import dev.docent.ingest.Chunk;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Finds what the columns of a quoted row are called, so that its cells can be read. Only where
/// cells are separated by tabs, as in sheets, pages and office files.
final class TableColumns {
  // A figure or nothing is no name of a column.
  private static final Pattern NO_NAME = Pattern.compile("[\\d\\s.,:%/€$£+()-]*");

  private TableColumns() {}

  /// The names over the first row in a stretch of a passage. They stand in the line over the rows
  /// or, where the passage begins in the middle of a table, at the end of its context.
  static List<String> over(Chunk chunk, Sentences.Span span) {
    String text = chunk.text();
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
    String context = chunk.context().substring(chunk.context().lastIndexOf('\n') + 1);
    if (begin == 0 && isRow(context)) {
      return names(context, line(text, row));
    }
    return begin == first ? List.of() : names(line(text, begin), line(text, row));
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
