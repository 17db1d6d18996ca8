package dev.docent.ingest.tika;

import dev.docent.ingest.BlockKind;
import dev.docent.ingest.Notice;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.PageListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// Tika's XHTML, from whatever format, to blocks: headings, paragraphs, list items, table rows with
/// their header; slides and sheets to pages; navigation and footers set apart; hidden elements left
/// out.
final class XhtmlReader extends DefaultHandler {
  private static final Set<String> SILENT =
      Set.of("head", "title", "script", "style", "template", "noscript", "svg", "object", "select");
  private static final Set<String> BREAKING =
      Set.of(
          "p",
          "div",
          "section",
          "article",
          "main",
          "blockquote",
          "address",
          "dl",
          "dt",
          "dd",
          "figure",
          "figcaption",
          "caption",
          "pre",
          "hr",
          "form",
          "fieldset",
          "legend",
          "details",
          "summary",
          "ul",
          "ol",
          "menu");
  private static final Set<String> FURNITURE_TAGS = Set.of("nav", "footer", "aside");
  private static final Set<String> FURNITURE_ROLES =
      Set.of("navigation", "banner", "contentinfo", "complementary", "search");
  private static final Set<String> FURNITURE_CLASSES =
      Set.of("slide-master-content", "header", "footer");
  private static final int MAX_HEADING = 300;
  private static final int MAX_SLIDE_TITLE = 150;

  private final TextBuilder out;
  private final Style style;
  private final Deque<Element> path = new ArrayDeque<>();
  private final Deque<Table> tables = new ArrayDeque<>();
  private final StringBuilder inline = new StringBuilder();
  private final PageListener pages;
  private int silent;
  private int furniture;
  private int preformatted;
  private int lists;
  private boolean item;
  private boolean listParagraph;
  private int headingLevel;
  private int slides;
  private boolean slideTitle;
  private Runnable beforeBody = () -> {};

  /// What a format's XHTML leaves to be known.
  enum Style {
    /// Elements say what they are; a line's end in a paragraph is one.
    MARKUP,
    /// Likewise, but a line's end is only a space, as in a browser.
    WEB,
    /// One paragraph of the source's own lines; an empty line parts paragraphs.
    PLAIN_TEXT,
    /// `div` of class `slide-content` begin slides.
    SLIDES,
    /// `div` of class `sheet` or `page` begin sheets, whose first heading is the sheet's name.
    SHEETS
  }

  /// What is to be undone when an element ends.
  private record Element(String name, boolean silent, boolean furniture, boolean item) {}

  XhtmlReader(TextBuilder out, Style style, PageListener pages) {
    this.out = out;
    this.style = style;
    this.pages = pages;
  }

  /// Runs when the head, and with it the metadata, is complete.
  void beforeBody(Runnable action) {
    beforeBody = action;
  }

  @Override
  public void startElement(String uri, String local, String qualified, Attributes attributes) {
    String name = local.isEmpty() ? qualified : local;
    boolean hides = silent == 0 && hidden(attributes);
    if (hides) {
      out.notice(Notice.HIDDEN_TEXT_LEFT_OUT);
    }
    boolean silences = SILENT.contains(name) || hides;
    boolean furnishes = isFurniture(name, attributes);
    boolean starts = silent == 0 && !silences;
    if (starts) {
      if (furnishes) {
        flush();
      }
      open(name, attributes);
    }
    path.push(new Element(name, silences, furnishes, item));
    silent += silences ? 1 : 0;
    furniture += furnishes ? 1 : 0;
    if (starts && name.equals("li")) {
      item = true;
    }
  }

  private void open(String name, Attributes attributes) {
    switch (name) {
      case "body" -> {
        beforeBody.run();
        beforeBody = () -> {};
      }
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        flush();
        headingLevel = name.charAt(1) - '0';
      }
      case "table" -> {
        flush();
        tables.forEach(outer -> outer.layout = true);
        tables.push(new Table());
      }
      case "tr" -> {
        if (!tables.isEmpty()) {
          tables.peek().startRow();
        }
      }
      case "td", "th" -> {
        flush();
        if (!tables.isEmpty()) {
          tables.peek().startCell(name.equals("th"));
        }
      }
      case "li" -> {
        flush();
        lists = Math.max(lists, 1);
      }
      case "ul", "ol", "menu" -> {
        flush();
        lists++;
      }
      case "br" -> inline.append(inCell() ? ' ' : '\n');
      case "pre" -> {
        flush();
        preformatted++;
      }
      case "div" -> {
        flush();
        startPage(String.valueOf(attributes.getValue("class")));
      }
      default -> {
        if (BREAKING.contains(name)) {
          flushUnlessItemBegins();
          listParagraph = name.equals("p") && isListStyle(attributes.getValue("class"));
        }
      }
    }
  }

  /// Word's styles for lists: "list_Paragraph", "list_Bullet_2".
  private static boolean isListStyle(@Nullable String className) {
    return className != null && className.toLowerCase(Locale.ROOT).startsWith("list");
  }

  private void startPage(String className) {
    boolean slide = style == Style.SLIDES && className.equals("slide-content");
    boolean sheet =
        style == Style.SHEETS && (className.equals("sheet") || className.equals("page"));
    if (slide) {
      slides++;
      pages.page(PageKind.SLIDE, slides, 0);
      out.startPage(PageKind.SLIDE, Integer.toString(slides), 0, 0);
      slideTitle = true;
    } else if (sheet) {
      slides++;
      pages.page(PageKind.SHEET, slides, 0);
      out.startPage(PageKind.SHEET, Integer.toString(slides), 0, 0);
      slideTitle = true;
    }
  }

  @Override
  public void endElement(String uri, String local, String qualified) {
    if (path.isEmpty()) {
      return;
    }
    Element element = path.pop();
    boolean heard = silent == 0;
    silent -= element.silent() ? 1 : 0;
    if (heard) {
      close(element.name());
    }
    furniture -= element.furniture() ? 1 : 0;
    item = element.item();
  }

  private void close(String name) {
    switch (name) {
      case "td", "th" -> {
        if (!tables.isEmpty()) {
          endCell(tables.peek());
        }
      }
      case "tr" -> {
        if (!tables.isEmpty()) {
          tables.peek().endRow(this::row);
        }
      }
      case "table" -> {
        if (!tables.isEmpty()) {
          tables.peek().end(this::row);
          tables.pop();
        }
      }
      case "ul", "ol", "menu" -> {
        flush();
        lists--;
      }
      case "pre" -> {
        flush();
        preformatted--;
      }
      case "h1", "h2", "h3", "h4", "h5", "h6", "li", "nav", "footer", "aside", "header" -> flush();
      default -> {
        if (BREAKING.contains(name)) {
          flush();
        }
      }
    }
  }

  private void endCell(Table table) {
    if (table.layout) {
      flush();
    }
    table.endCell(oneLine(inline));
    inline.setLength(0);
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (silent > 0) {
      return;
    }
    int from = inline.length();
    inline.append(characters, start, length);
    if (style == Style.WEB && preformatted == 0) {
      for (int i = from; i < inline.length(); i++) {
        if (inline.charAt(i) == '\n' || inline.charAt(i) == '\r') {
          inline.setCharAt(i, ' ');
        }
      }
    }
  }

  @Override
  public void ignorableWhitespace(char[] characters, int start, int length) {
    if (silent == 0 && !inline.isEmpty()) {
      inline.append(' ');
    }
  }

  @Override
  public void endDocument() {
    flush();
    while (!tables.isEmpty()) {
      tables.pop().end(this::row);
    }
  }

  private boolean inCell() {
    return !tables.isEmpty() && tables.peek().cellOpen && !tables.peek().layout;
  }

  private void flushUnlessItemBegins() {
    if (!item || !inline.toString().isBlank()) {
      flush();
    }
  }

  /// Ends the block that is being read. Inside a cell a block's end is but a space.
  private void flush() {
    if (inCell()) {
      inline.append(' ');
      return;
    }
    String raw = Characters.visible(inline);
    inline.setLength(0);
    int level = headingLevel;
    headingLevel = 0;
    if (raw.isBlank()) {
      return;
    }
    if (style == Style.PLAIN_TEXT) {
      plainParagraphs(raw);
    } else if (preformatted > 0) {
      emit(BlockKind.PARAGRAPH, 0, trimLines(raw));
    } else if (level > 0 && raw.length() <= MAX_HEADING) {
      heading(level, oneLine(raw));
    } else if (item || listParagraph || isBulleted(raw)) {
      listParagraph = false;
      emit(BlockKind.LIST_ITEM, Math.max(1, lists), lines(raw));
    } else {
      paragraph(style == Style.SHEETS ? cells(raw) : lines(raw));
    }
  }

  private static boolean isBulleted(String raw) {
    String start = raw.stripLeading();
    return start.length() > 2 && "•▪◦‣·".indexOf(start.charAt(0)) >= 0 && start.charAt(1) <= ' ';
  }

  private void heading(int level, String content) {
    if (slideTitle && style == Style.SHEETS) {
      out.labelPage(content);
      slideTitle = false;
    }
    emit(BlockKind.HEADING, level, content);
  }

  private void paragraph(String content) {
    boolean title = slideTitle && style == Style.SLIDES && content.length() <= MAX_SLIDE_TITLE;
    if (style == Style.SLIDES && furniture == 0) {
      slideTitle = false;
    }
    if (title && content.indexOf('\n') < 0) {
      emit(BlockKind.HEADING, 2, content);
    } else {
      emit(BlockKind.PARAGRAPH, 0, content);
    }
  }

  private void plainParagraphs(String raw) {
    for (String paragraph : raw.split("\\n[ \\t]*(?:\\n[ \\t]*)+")) {
      emit(BlockKind.PARAGRAPH, 0, trimLines(paragraph));
    }
  }

  private void row(String cells, boolean header, boolean single) {
    BlockKind kind =
        header ? BlockKind.TABLE_HEADER : single ? BlockKind.PARAGRAPH : BlockKind.TABLE_ROW;
    emit(kind, 0, cells);
  }

  private void emit(BlockKind kind, int level, String content) {
    boolean aside = furniture > 0;
    out.block(aside ? BlockKind.BOILERPLATE : kind, aside ? 0 : level, content);
  }

  private boolean isFurniture(String name, Attributes attributes) {
    if (FURNITURE_TAGS.contains(name)) {
      return true;
    }
    String role = attributes.getValue("role");
    if (role != null && FURNITURE_ROLES.contains(role.toLowerCase(Locale.ROOT))) {
      return true;
    }
    String className = attributes.getValue("class");
    boolean office = name.equals("p") || name.equals("div");
    if (office && className != null && FURNITURE_CLASSES.contains(className)) {
      return true;
    }
    // a page's header, not that of an article in it
    return name.equals("header")
        && path.stream()
            .noneMatch(outer -> outer.name().equals("article") || outer.name().equals("main"));
  }

  private static boolean hidden(Attributes attributes) {
    if (attributes.getValue("hidden") != null
        || "true".equals(attributes.getValue("aria-hidden"))) {
      return true;
    }
    String css = attributes.getValue("style");
    if (css == null) {
      return false;
    }
    String tight = css.toLowerCase(Locale.ROOT).replace(" ", "");
    return tight.contains("display:none")
        || tight.contains("visibility:hidden")
        || tight.matches(".*(?:font-size:0|opacity:0)(?:[a-z%]*)(?:;.*|!.*)?");
  }

  /// White space as a browser shows it: one space, and line breaks where `br` stood.
  private static String lines(String raw) {
    return String.join(
        "\n", raw.lines().map(XhtmlReader::oneLine).filter(l -> !l.isEmpty()).toList());
  }

  /// A chart's data come as cells between tabs, outside any table.
  private static String cells(String raw) {
    return raw.replaceAll("[ \\n]+", " ").strip();
  }

  private static String trimLines(String raw) {
    return String.join("\n", raw.lines().map(String::stripTrailing).toList()).strip();
  }

  private static String oneLine(CharSequence raw) {
    return Characters.visible(raw).replaceAll("\\s+", " ").strip();
  }

  /// The rows of a table, one behind the present one, so that the first can be told a header.
  private static final class Table {
    private final List<String> cells = new ArrayList<>();
    private final List<List<String>> waiting = new ArrayList<>();
    private boolean headerCells;
    private boolean allHeaders = true;
    private boolean cellOpen;
    private boolean layout;
    private boolean decided;

    interface Rows {
      void row(String cells, boolean header, boolean single);
    }

    void startRow() {
      cells.clear();
      allHeaders = true;
    }

    void startCell(boolean header) {
      cellOpen = true;
      allHeaders &= header;
    }

    void endCell(String content) {
      cellOpen = false;
      cells.add(content);
    }

    void endRow(Rows rows) {
      cellOpen = false;
      while (!cells.isEmpty() && cells.getLast().isEmpty()) {
        cells.removeLast();
      }
      if (cells.isEmpty()) {
        return;
      }
      if (allHeaders && filled(cells) > 1) {
        headerCells = true;
        release(rows);
        rows.row(String.join("\t", cells), true, false);
        decided = true;
      } else if (decided || layout) {
        release(rows);
        emit(cells, false, rows);
      } else {
        waiting.add(List.copyOf(cells));
        decide(rows);
      }
      cells.clear();
    }

    void end(Rows rows) {
      endRow(rows);
      release(rows);
    }

    /// Once two rows of several cells are known, the first of them may be the names of the columns:
    /// all its cells are words, and none of the second's columns lies outside it.
    private void decide(Rows rows) {
      List<List<String>> wide = waiting.stream().filter(row -> filled(row) > 1).toList();
      if (wide.size() < 2) {
        return;
      }
      List<String> first = wide.get(0);
      boolean header =
          !headerCells
              && filled(first) >= filled(wide.get(1))
              && first.size() >= wide.get(1).size()
              && first.stream().noneMatch(Table::isFigure);
      for (List<String> row : waiting) {
        emit(row, header && row == first, rows);
        decided |= row == first;
      }
      waiting.clear();
    }

    private void release(Rows rows) {
      waiting.forEach(row -> emit(row, false, rows));
      waiting.clear();
    }

    /// A cell alone in its row, before the columns begin, is a title or a remark.
    private void emit(List<String> row, boolean header, Rows rows) {
      rows.row(String.join("\t", row), header, filled(row) == 1 && !decided);
    }

    private static int filled(List<String> row) {
      return (int) row.stream().filter(cell -> !cell.isEmpty()).count();
    }

    /// A number or an amount; a year may name a column.
    private static boolean isFigure(String cell) {
      return !cell.isEmpty()
          && cell.codePoints().noneMatch(Character::isLetter)
          && !cell.matches("(?:19|20)\\d\\d(?:[/-]\\d\\d(?:\\d\\d)?)?|#|%|€|\\$|£");
    }
  }
}
