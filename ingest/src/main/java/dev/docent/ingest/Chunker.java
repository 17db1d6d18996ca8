package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.TokenCountEstimator;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Cuts a document into passages along its own structure: headings, pages, slides, sheets, tables.
///
/// A passage is a contiguous stretch of whole blocks, about [#TARGET_TOKENS] long. It ends
///
/// - at the end of a page, slide or sheet, so that it can be cited exactly; a sentence that runs
///   over the end of a page is completed from the next one,
/// - before a heading of a higher level, and before any heading once it is long enough to stand
///   alone,
/// - before the block that would take it over the target, a table's header with its first row.
///
/// A block longer than [#MAX_TOKENS] is cut at sentence ends, and a longer sentence between words.
/// Running heads, feet and navigation are in no passage. Deterministic; safe for concurrent use
/// when the estimator is.
public final class Chunker {
  /// Long enough to answer a question, short enough to be about one thing. bge-small reads 512
  /// tokens; context and markers need room.
  static final int TARGET_TOKENS = 250;

  static final int MAX_TOKENS = 400;
  static final int MAX_CONTEXT_TOKENS = 96;

  /// Below this a passage goes on over a following heading of its own or a lower level.
  static final int STANDALONE_TOKENS = 80;

  private final TokenCountEstimator tokens;

  /// @param tokens counts as the embedding model does
  public Chunker(TokenCountEstimator tokens) {
    this.tokens = requireNonNull(tokens, "tokens");
  }

  /// The passages in the order of the text; none when the document holds nothing but white space.
  public List<Chunk> chunk(ParsedDocument document) {
    var run = new Run(document);
    List<Block> blocks = document.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      run.take(i, blocks.get(i));
    }
    run.close(blocks.size());
    return run.chunks;
  }

  private record Heading(int level, String text, int start) {}

  /// A stretch no longer than a passage may be.
  private record Piece(int start, int end, int tokens) {}

  private final class Run {
    final ParsedDocument document;
    final String text;
    final List<Chunk> chunks = new ArrayList<>();
    final List<Heading> path = new ArrayList<>();
    final List<Piece> open = new ArrayList<>();
    int openTokens;
    int openPage = -1;
    int openLevel;
    boolean openHasBody;
    String openTableHeader = "";
    List<Heading> openPath = List.of();
    String tableHeader = "";
    boolean inHeader;
    int firstLine;

    Run(ParsedDocument document) {
      this.document = document;
      this.text = document.text();
    }

    void take(int index, Block block) {
      if (block.kind() == BlockKind.BOILERPLATE) {
        close(index);
        return;
      }
      if (block.page() != openPage) {
        close(index);
        if (openPage >= 0 && document.pages().get(block.page()).kind() != PageKind.PAGE) {
          tableHeader = "";
        }
      }
      switch (block.kind()) {
        case HEADING -> enter(index, block);
        case TABLE_HEADER -> {
          String line = text.substring(block.start(), block.end());
          tableHeader = inHeader ? tableHeader + "\n" + line : line;
        }
        case TABLE_ROW -> {}
        case PARAGRAPH, LIST_ITEM, BOILERPLATE -> tableHeader = "";
      }
      boolean underHeader = inHeader && block.kind() == BlockKind.TABLE_ROW;
      boolean inside = inHeader && block.kind() == BlockKind.TABLE_HEADER;
      inHeader = block.kind() == BlockKind.TABLE_HEADER;
      int behind = inHeader ? restOfHeader(index) : 0;
      for (Piece piece : pieces(block)) {
        int added = piece.tokens() + behind;
        if (!open.isEmpty()
            && openTokens + added > TARGET_TOKENS
            && openHasBody
            && !inside
            && !underHeader) {
          close(index);
        }
        add(block, piece);
      }
    }

    /// Tokens of what may not be cut from the header's line: its other lines and the first row.
    private int restOfHeader(int index) {
      List<Block> blocks = document.blocks();
      int last = index + 1;
      while (last < blocks.size() && blocks.get(last).kind() == BlockKind.TABLE_HEADER) {
        last++;
      }
      boolean row = last < blocks.size() && blocks.get(last).kind() == BlockKind.TABLE_ROW;
      return row ? count(blocks.get(index).end(), blocks.get(last).end()) : 0;
    }

    private void enter(int index, Block heading) {
      tableHeader = "";
      if (openHasBody && (heading.level() < openLevel || openTokens >= STANDALONE_TOKENS)) {
        close(index);
      }
      while (!path.isEmpty() && path.getLast().level() >= heading.level()) {
        path.removeLast();
      }
      path.add(
          new Heading(
              heading.level(),
              text.substring(heading.start(), heading.end()).strip(),
              heading.start()));
    }

    private void add(Block block, Piece piece) {
      if (open.isEmpty()) {
        openPage = block.page();
        openLevel = path.isEmpty() ? Integer.MAX_VALUE : path.getLast().level();
        openTableHeader = block.kind() == BlockKind.TABLE_ROW ? tableHeader : "";
        openPath = List.copyOf(path);
      } else if (block.kind() == BlockKind.HEADING && !openHasBody) {
        // a section heading directly under a chapter heading: the passage belongs to both
        openPath = List.copyOf(path);
      }
      open.add(piece);
      openTokens += piece.tokens();
      openHasBody |= block.kind() != BlockKind.HEADING;
    }

    /// Ends the open passage before the block `next`.
    void close(int next) {
      if (open.isEmpty()) {
        return;
      }
      int start = open.getFirst().start();
      int end = completeSentence(open.getLast().end(), next);
      int lastPage = end > open.getLast().end() ? openPage + 1 : openPage;
      List<String> headings = openPath.stream().map(Heading::text).toList();
      chunks.add(
          new Chunk(
              chunks.size(),
              start,
              end,
              openPage,
              lastPage,
              headings,
              context(start),
              text.substring(start, end),
              lines(start, end)));
      open.clear();
      openTokens = 0;
      openHasBody = false;
    }

    /// Where the sentence that the page's end cuts ends on the next page.
    private int completeSentence(int end, int next) {
      List<Block> blocks = document.blocks();
      if (next == 0 || next >= blocks.size()) {
        return end;
      }
      Block last = blocks.get(next - 1);
      Block first = blocks.get(next);
      boolean runsOn =
          last.kind() == BlockKind.PARAGRAPH
              && first.kind() == BlockKind.PARAGRAPH
              && first.page() == last.page() + 1
              && last.end() == end
              && document.pages().get(first.page()).kind() == PageKind.PAGE
              && !endsSentence(text.charAt(end - 1))
              && Character.isLowerCase(text.codePointAt(first.start()));
      if (!runsOn) {
        return end;
      }
      int sentence = sentenceEnds(first.start(), first.end()).getFirst();
      int added = count(first.start(), sentence);
      return openTokens + added <= MAX_TOKENS ? stripEnd(first.start(), sentence) : end;
    }

    private String context(int start) {
      List<String> parts = new ArrayList<>();
      document
          .title()
          .map(String::strip)
          .filter(title -> !title.isEmpty() && !text.startsWith(title, start))
          .ifPresent(parts::add);
      openPath.stream()
          .filter(heading -> heading.start() < start)
          .map(Heading::text)
          .filter(heading -> !parts.contains(heading))
          .forEach(parts::add);
      String headings = String.join(" > ", parts);
      if (openTableHeader.isEmpty()) {
        return shorten(headings, MAX_CONTEXT_TOKENS);
      }
      // without its last names a header names nothing
      String header = shorten(openTableHeader, MAX_CONTEXT_TOKENS);
      int room = MAX_CONTEXT_TOKENS - tokens.estimateTokenCountInText(header);
      String above = shorten(headings, room);
      return above.isEmpty() ? header : above + "\n" + header;
    }

    private List<Line> lines(int start, int end) {
      List<Line> all = document.lines();
      while (firstLine < all.size() && all.get(firstLine).end() <= start) {
        firstLine++;
      }
      List<Line> lines = new ArrayList<>();
      for (int i = firstLine; i < all.size() && all.get(i).start() < end; i++) {
        if (all.get(i).touches(start, end)) {
          lines.add(all.get(i));
        }
      }
      return lines;
    }

    private List<Piece> pieces(Block block) {
      boolean row = block.kind() == BlockKind.TABLE_ROW || block.kind() == BlockKind.TABLE_HEADER;
      int start = row ? block.start() : stripStart(block.start(), block.end());
      int end = stripEnd(start, block.end());
      if (start == end) {
        return List.of();
      }
      int whole = count(start, end);
      if (whole <= MAX_TOKENS) {
        return List.of(new Piece(start, end, whole));
      }
      List<Piece> pieces = new ArrayList<>();
      int from = start;
      for (int sentence : sentenceEnds(start, end)) {
        for (int to : fitting(from, sentence)) {
          Piece piece = new Piece(from, stripEnd(from, to), count(from, to));
          Piece before = pieces.isEmpty() ? null : pieces.getLast();
          if (before != null && before.tokens() + piece.tokens() <= TARGET_TOKENS) {
            pieces.removeLast();
            piece = new Piece(before.start(), piece.end(), before.tokens() + piece.tokens());
          }
          pieces.add(piece);
          from = stripStart(to, end);
        }
      }
      return pieces;
    }

    /// Ends of stretches of [from, to) that are short enough, halving between words.
    private List<Integer> fitting(int from, int to) {
      if (from >= to) {
        return List.of();
      }
      if (to - from <= 2 || count(from, to) <= TARGET_TOKENS) {
        return List.of(to);
      }
      int middle = wordBoundary(from, to);
      List<Integer> ends = new ArrayList<>(fitting(from, middle));
      ends.addAll(fitting(middle, to));
      return ends;
    }

    private int wordBoundary(int from, int to) {
      int middle = (from + to) >>> 1;
      for (int i = middle; i > from + (to - from) / 4; i--) {
        if (Character.isWhitespace(text.charAt(i - 1))) {
          return i;
        }
      }
      return Character.isLowSurrogate(text.charAt(middle)) ? middle + 1 : middle;
    }

    private List<Integer> sentenceEnds(int start, int end) {
      // Locale.ROOT: the same cuts on every machine
      BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
      sentences.setText(text.substring(start, end));
      List<Integer> ends = new ArrayList<>();
      for (int i = sentences.next(); i != BreakIterator.DONE; i = sentences.next()) {
        ends.add(start + i);
      }
      return ends;
    }

    private int count(int start, int end) {
      return tokens.estimateTokenCountInText(text.substring(start, end));
    }

    private int stripStart(int start, int end) {
      int at = start;
      while (at < end && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at;
    }

    private int stripEnd(int start, int end) {
      int at = end;
      while (at > start && Character.isWhitespace(text.charAt(at - 1))) {
        at--;
      }
      return at;
    }
  }

  private String shorten(String context, int most) {
    String flat = context.lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    while (!flat.isEmpty() && tokens.estimateTokenCountInText(flat) > most) {
      int half = flat.length() / 2;
      flat =
          half == 0
              ? ""
              : flat.substring(
                  0, Character.isHighSurrogate(flat.charAt(half - 1)) ? half - 1 : half);
    }
    return flat;
  }

  private static boolean endsSentence(char last) {
    return ".!?:;…。！？".indexOf(last) >= 0;
  }
}
