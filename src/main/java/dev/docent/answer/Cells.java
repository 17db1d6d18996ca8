package dev.docent.answer;

import dev.docent.ingest.Chunk;
import dev.docent.ingest.Line;
import java.util.ArrayList;
import java.util.List;

/// Tells the cells of a table's rows apart where a page keeps them apart by nothing but room: its
/// text has a space there like any other.
final class Cells {
  // Words of running text, also justified, stand closer than a line is high.
  private static final float GAP = 1;
  private static final int ROWS = 2;

  private Cells() {}

  /// A passage's text with a tab for each white space that separates cells; as long as before.
  static String tabbed(Chunk chunk) {
    char[] text = chunk.text().toCharArray();
    List<List<Integer>> rows = new ArrayList<>();
    for (Line line : chunk.lines()) {
      List<Integer> gaps = gaps(chunk, line);
      if (!rows.isEmpty() && rows.getLast().size() != gaps.size()) {
        separate(rows, text);
      }
      rows.add(gaps);
    }
    separate(rows, text);
    return new String(text);
  }

  /// One row alone may be a heading and its page; those of a table have as many cells as the next.
  private static void separate(List<List<Integer>> rows, char[] text) {
    if (rows.size() >= ROWS) {
      rows.forEach(gaps -> gaps.forEach(at -> text[at] = '\t'));
    }
    rows.clear();
  }

  /// Where a line that is a row of its own has wide gaps.
  private static List<Integer> gaps(Chunk chunk, Line line) {
    String text = chunk.text();
    int start = line.start() - chunk.start();
    int end = line.end() - chunk.start();
    List<Integer> gaps = new ArrayList<>();
    // Where the text tells cells apart itself, a wide gap is between a figure and its currency.
    boolean whole =
        text.substring(Math.max(start, 0), Math.min(end, text.length())).indexOf('\t') < 0
            && start >= 0
            && end <= text.length()
            && (start == 0 || text.charAt(start - 1) == '\n')
            && (end == text.length() || text.charAt(end) == '\n');
    for (int at = start; whole && at < end; at++) {
      float room = line.edges()[at - start + 1] - line.edges()[at - start];
      if (text.charAt(at) == ' ' && room > GAP * line.height()) {
        gaps.add(at);
      }
    }
    return gaps;
  }
}
