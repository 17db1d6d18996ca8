package dev.docent.answer;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Cuts a passage into what can be quoted by itself: sentences, list items, table rows.
final class Sentences {
  /// A stretch of the passage's text, UTF-16 units, `[start, end)`, without white space around it.
  record Span(int start, int end) {
    String of(String text) {
      return text.substring(start, end);
    }

    boolean overlaps(Span other) {
      return start < other.end && other.start < end;
    }
  }

  // Contracts have sentences of a page; a clause of one can still be quoted.
  private static final int LONG_SENTENCE = 500;

  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?:^|[\\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Nr|Art|Sec|Inc|Corp|Ltd|Co|Jr|Sr|vs|approx"
              + "|ca|e\\.g|i\\.e|z\\.B|bzw|Abs|Mio|Mrd|Tsd|\\p{Lu}|\\p{Lu}\\.\\p{Lu})\\.$");

  private static final int LONG_HEADING = 80;

  // Of the longest line: rows of a table are shorter than running text, but for its last line.
  private static final double SHORT_LINE = 0.6;

  private static final Pattern NUMBERED_HEADING =
      Pattern.compile("(?:§ ?)?\\d+(?:\\.\\d+)*\\.? \\p{Lu}[^\\t\\d.!?:;]*[\\p{L})]");

  private static final Pattern PLAIN_HEADING =
      Pattern.compile("\\p{Lu}\\S*(?: [^\\s\\d.!?:;]+){0,7}(?<=[\\p{L})])");

  private static final Pattern CLAUSE_END = Pattern.compile("[;:]\\s+");

  private Sentences() {}

  static List<Span> of(String text) {
    return cut(text, OptionalInt.empty());
  }

  /// The same, but rows of a table whose cells are parted by spaces, as in a PDF, are told from a
  /// line that was wrapped, also where they begin with a small letter. Each states something by
  /// itself; likeness of meaning, and with it the choice of quotations, is better judged of them
  /// together.
  static List<Span> statements(String text) {
    return cut(text, text.lines().mapToInt(String::length).max());
  }

  /// @param width of a full line, to tell rows by
  private static List<Span> cut(String text, OptionalInt width) {
    List<Span> spans = new ArrayList<>();
    int lineStart = 0;
    while (lineStart < text.length()) {
      int lineEnd = endOfRunningText(text, lineStart, width);
      addSentences(text, lineStart, lineEnd, spans);
      lineStart = lineEnd + 1;
    }
    return spans;
  }

  /// Blocks stand on lines of their own; a line that goes on in small letters was only wrapped.
  private static int endOfRunningText(String text, int start, OptionalInt width) {
    int from = start;
    while (true) {
      int end = endOfLine(text, from);
      if (end == text.length()) {
        return end;
      }
      String next = text.substring(end + 1, endOfLine(text, end + 1));
      boolean wrapped =
          end > start
              && !next.isEmpty()
              && Character.isLowerCase(next.codePointAt(0))
              && ".!?:;".indexOf(text.charAt(end - 1)) < 0
              && text.indexOf('\t', start) < 0
              && !(width.isPresent() && standsAlone(next, end - from, width.getAsInt()));
      if (!wrapped) {
        return end;
      }
      from = end + 1;
    }
  }

  /// Whether a line cannot be the rest of the one above it, which is so long.
  private static boolean standsAlone(String line, int above, int width) {
    int space = line.indexOf(' ');
    int word = space < 0 ? line.length() : space;
    return above + 1 + word <= width || isRow(line) && line.length() < width * SHORT_LINE;
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /// A sentence with those around it, as many as stay within `most` characters: behind it and
  /// before it by turns, for an answer goes on more often than it begins earlier. Its section's
  /// heading may be among them; what stands before that or behind the next one is about something
  /// else. A table that has begun goes on to its end, where that is within `mostOfTable`
  /// characters: what is asked for may stand in any of its rows.
  static Span grown(String text, Span sentence, int most, int mostOfTable) {
    List<Span> spans = of(text);
    int first = spans.indexOf(sentence);
    int last = first;
    boolean grows = first >= 0;
    while (grows) {
      grows = false;
      if (last + 1 < spans.size()
          && !isHeading(text, spans, last + 1)
          && spans.get(last + 1).end() - spans.get(first).start() <= most) {
        last++;
        grows = true;
      }
      if (first > 0
          && !isHeading(text, spans, first)
          && spans.get(last).end() - spans.get(first - 1).start() <= most) {
        first--;
        grows = true;
      }
    }
    if (first < 0) {
      return sentence;
    }
    int start = spans.get(first).start();
    int end = spans.get(endOfTable(text, spans, last)).end();
    if (end - start <= mostOfTable) {
      return new Span(start, end);
    }
    // A table's names of columns say nothing without a row.
    while (last > first && TableColumns.isHead(text, spans.get(last))) {
      last--;
    }
    return new Span(start, spans.get(last).end());
  }

  /// The last row of the table that a row stands in; the span itself where it is no row.
  private static int endOfTable(String text, List<Span> spans, int at) {
    int last = at;
    while (last + 1 < spans.size()
        && isRow(spans.get(last).of(text))
        && isRow(spans.get(last + 1).of(text))
        && !isHeading(text, spans, last + 1)) {
      last++;
    }
    return last;
  }

  /// Whether a line is, or may be, a row of a table: cells, or figures without the end of a
  /// sentence.
  static boolean isRow(String line) {
    return hasCells(line) || line.chars().anyMatch(Character::isDigit) && !isEnded(line);
  }

  /// What stands over the rows of a table; empty where the span is no row.
  ///
  /// @param context the passage's
  static String header(String text, String context, List<Span> spans, int at) {
    Span span = spans.get(at);
    if (!isRow(span.of(text))) {
      return "";
    }
    List<Span> rows = rows(text, spans, at);
    String first = rows.getFirst().of(text);
    if (hasCells(span.of(text))) {
      // Where cells are told apart, the names of the columns are rows of their own.
      String head = TableColumns.head(text, context, span);
      return head.isEmpty() ? first : head;
    }
    int begin = spans.indexOf(rows.getFirst());
    return begin == 0 ? first : spans.get(begin - 1).of(text);
  }

  /// The rows of the table that a row stands in. A heading with a number is none of a table whose
  /// cells are told apart.
  static List<Span> rows(String text, List<Span> spans, int at) {
    boolean cells = hasCells(spans.get(at).of(text));
    Predicate<Span> isOneMore =
        cells ? span -> hasCells(span.of(text)) : span -> isRow(span.of(text));
    int first = at;
    while (first > 0 && isOneMore.test(spans.get(first - 1))) {
      first--;
    }
    int last = at;
    while (last + 1 < spans.size() && isOneMore.test(spans.get(last + 1))) {
      last++;
    }
    return spans.subList(first, last + 1);
  }

  static boolean hasCells(String line) {
    return line.indexOf('\t') >= 0;
  }

  /// From the first of two stretches to the end of the other, where that is at most `most`
  /// characters long and no heading stands between them.
  static Optional<Span> joined(String text, Span one, Span other, int most) {
    Span joined = new Span(Math.min(one.start, other.start), Math.max(one.end, other.end));
    int behind = Math.min(one.end, other.end);
    int before = Math.max(one.start, other.start);
    List<Span> spans = of(text);
    boolean parted =
        IntStream.range(0, spans.size())
            .filter(at -> spans.get(at).start >= behind && spans.get(at).start <= before)
            .anyMatch(at -> isHeading(text, spans, at));
    return parted || joined.end - joined.start > most ? Optional.empty() : Optional.of(joined);
  }

  /// Whether one of the spans is a line that names what follows: numbered, or a few words between a
  /// sentence's end and another sentence.
  private static boolean isHeading(String text, List<Span> spans, int at) {
    Span span = spans.get(at);
    String line = span.of(text);
    boolean alone =
        (span.start() == 0 || text.charAt(span.start() - 1) == '\n')
            && span.end() < text.length()
            && text.charAt(span.end()) == '\n';
    if (!alone || line.length() > LONG_HEADING || at + 1 == spans.size()) {
      return false;
    }
    return NUMBERED_HEADING.matcher(line).matches()
        || PLAIN_HEADING.matcher(line).matches()
            && (at == 0 || isEnded(spans.get(at - 1).of(text)))
            && isEnded(spans.get(at + 1).of(text));
  }

  /// Whether a text ends as a sentence does.
  static boolean isEnded(String text) {
    return ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  private static void addSentences(String text, int start, int end, List<Span> spans) {
    if (text.substring(start, end).indexOf('\t') >= 0) {
      add(text, start, end, spans);
      return;
    }
    // Locale.ROOT: the same cuts on every machine.
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text.substring(start, end));
    int from = start;
    for (int cut = breaks.next(); cut != BreakIterator.DONE; cut = breaks.next()) {
      int to = start + cut;
      if (to < end && ABBREVIATION.matcher(text.substring(from, to).stripTrailing()).find()) {
        continue;
      }
      addClauses(text, from, to, spans);
      from = to;
    }
  }

  private static void addClauses(String text, int start, int end, List<Span> spans) {
    int from = start;
    if (end - start > LONG_SENTENCE) {
      var ends = CLAUSE_END.matcher(text).region(start, end);
      while (ends.find()) {
        if (ends.start() - from > LONG_SENTENCE / 4) {
          add(text, from, ends.start() + 1, spans);
          from = ends.end();
        }
      }
    }
    add(text, from, end, spans);
  }

  /// An empty first cell keeps its place.
  private static void add(String text, int start, int end, List<Span> spans) {
    boolean row = start == 0 || text.charAt(start - 1) == '\n';
    int from = start;
    int to = end;
    while (from < to
        && Character.isWhitespace(text.charAt(from))
        && !(row && text.charAt(from) == '\t')) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    if (from < to) {
      spans.add(new Span(from, to));
    }
  }
}
