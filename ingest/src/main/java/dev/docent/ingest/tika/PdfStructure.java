package dev.docent.ingest.tika;

import dev.docent.ingest.BlockKind;
import dev.docent.ingest.Line;
import dev.docent.ingest.PageKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rows of a whole PDF to blocks: what repeats at the pages' edges is set apart, then headings are
/// told by bookmarks, size and weight, tables by aligned cells, paragraphs by spacing.
final class PdfStructure {
  private static final Pattern BULLET =
      Pattern.compile(
          "(?:[•‣▪■●○◦–—∙·*] |[\\uf0a7\\uf0b7]\\s?|\\(?(?:\\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)] )\\S.*");
  private static final Pattern CONTENTS_ENTRY = Pattern.compile(".*[.·…_ ]{5,}\\s*[\\divxlc]+\\s*");
  private static final Pattern YEAR =
      Pattern.compile("(?:FY|Q[1-4]\\s?)?(?:19|20)\\d\\d(?:[/–-]\\d\\d(?:\\d\\d)?)?");
  private static final int MAX_HEADING = 160;

  private final List<PdfPage> pages;
  private final Map<String, Integer> bookmarks;
  private final Set<String> vocabulary = new HashSet<>();
  private final TreeMap<Float, Integer> levels = new TreeMap<>();
  private float bodySize;
  private final Set<String> runningSeen = new HashSet<>();
  private final List<Titles.Part> beginning = new ArrayList<>();
  private int pagesToBeginning;
  private Optional<PdfTable> openTable = Optional.empty();

  /// @param label what the document calls the page
  /// @param remarks notes on the page, as text
  record PdfPage(
      int index,
      String label,
      float width,
      float height,
      List<PdfRow> rows,
      List<String> remarks) {}

  /// @param bookmarks the outline's titles by [#key], with their level
  PdfStructure(List<PdfPage> pages, Map<String, Integer> bookmarks) {
    this.pages = pages;
    this.bookmarks = bookmarks;
  }

  void writeTo(TextBuilder out) {
    learn();
    Set<PdfRow> running = new PdfFurniture(pages).rows();
    for (PdfPage page : pages) {
      out.startPage(PageKind.PAGE, page.label(), page.width(), page.height());
      List<PdfRow> rows = new ArrayList<>();
      for (PdfRow row : page.rows()) {
        if (!running.contains(row)) {
          rows.add(row);
        } else if (!PdfFurniture.isPageNumber(row) && runningSeen.add(PdfFurniture.pattern(row))) {
          write(BlockKind.BOILERPLATE, 0, List.of(row), out);
        }
      }
      new PageBlocks(page, rows, out).write();
      page.remarks().forEach(remark -> out.block(BlockKind.PARAGRAPH, 0, remark));
    }
    out.beginsWith(beginning);
  }

  /// Type size of the running text, the sizes above it, the words of the document.
  private void learn() {
    Map<Float, Integer> characters = new HashMap<>();
    for (PdfPage page : pages) {
      for (PdfRow row : page.rows()) {
        characters.merge(rounded(row.size()), row.text().length(), Integer::sum);
        for (String word : row.text().split("[^\\p{L}\\p{N}-]+")) {
          vocabulary.add(word.toLowerCase(Locale.ROOT));
        }
      }
    }
    bodySize =
        characters.entrySet().stream()
            .max(
                Map.Entry.<Float, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse(10f);
    for (PdfPage page : pages) {
      for (PdfRow row : page.rows()) {
        if (looksLikeHeading(row)) {
          levels.put(style(row), 0);
        }
      }
    }
    int level = 1;
    for (Float style : levels.descendingKeySet()) {
      levels.put(style, Math.min(6, level++));
    }
  }

  private static float rounded(float size) {
    return Math.round(size * 2) / 2f;
  }

  /// Orders headings' looks: by size, and bold before plain.
  private static float style(PdfRow row) {
    return rounded(row.size()) + (row.bold() ? 0.1f : 0);
  }

  private boolean looksLikeHeading(PdfRow row) {
    String text = row.text();
    if (row.direction() != 0 || text.length() > MAX_HEADING || row.cells().size() > 2) {
      return false;
    }
    if (text.codePoints().filter(Character::isLetter).limit(2).count() < 2
        || CONTENTS_ENTRY.matcher(text).matches()) {
      return false;
    }
    if (bookmarks.containsKey(key(text))) {
      return true;
    }
    boolean larger = row.size() >= bodySize * 1.15f;
    boolean bolder = row.bold() && row.size() >= bodySize * 0.95f && row.cells().size() == 1;
    char last = text.charAt(text.length() - 1);
    return (larger || bolder) && ",;".indexOf(last) < 0 && !(bolder && !larger && last == '.');
  }

  private int level(PdfRow row, String text) {
    Integer bookmark = bookmarks.get(key(text));
    return bookmark != null ? bookmark : levels.getOrDefault(style(row), 6);
  }

  /// A number with no more letters than a unit or a currency has, or a dash in its place.
  static boolean isValue(String cell) {
    long letters = cell.codePoints().filter(Character::isLetter).count();
    boolean digits = cell.codePoints().anyMatch(Character::isDigit);
    return !YEAR.matcher(cell).matches() && letters <= 3 && (digits || letters == 0);
  }

  /// A title as it is compared: letters and digits alone.
  static String key(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }

  /// The blocks of one page.
  private final class PageBlocks {
    private final List<PdfRow> rows;
    private final TextBuilder out;
    private final boolean[] table;
    private final float leading;
    private final Map<Integer, Figures> figures = new HashMap<>();

    /// A table of figures, its rows [body, end) of the page's.
    ///
    /// @param named whether its head stands on this page
    private record Figures(PdfTable table, boolean named, int body, int end) {}

    PageBlocks(PdfPage page, List<PdfRow> rows, TextBuilder out) {
      this.rows = rows;
      this.out = out;
      this.table = new boolean[rows.size()];
      this.leading = leading();
      markTables();
      findFigures();
    }

    void write() {
      int i = 0;
      while (i < rows.size()) {
        int end;
        if (figures.containsKey(i)) {
          end = write(figures.get(i));
        } else if (isContents(i)) {
          end = i + 1;
          PdfStructure.this.write(BlockKind.BOILERPLATE, 0, rows.subList(i, end), out);
        } else if (table[i]) {
          end = table(i);
        } else if (looksLikeHeading(rows.get(i))) {
          end = heading(i);
        } else {
          end = paragraph(i);
        }
        i = end;
      }
    }

    /// One of several lines of a table of contents, which would be found instead of what it names.
    private boolean isContents(int i) {
      return isEntry(i) && (isEntry(i - 1) || isEntry(i + 1));
    }

    private boolean isEntry(int i) {
      return i >= 0 && i < rows.size() && CONTENTS_ENTRY.matcher(rows.get(i).text()).matches();
    }

    private float leading() {
      List<Float> gaps = new ArrayList<>();
      for (int i = 1; i < rows.size(); i++) {
        float gap = gap(i);
        if (gap > 0 && gap < 3 * rows.get(i).size()) {
          gaps.add(gap / rows.get(i).size());
        }
      }
      gaps.sort(null);
      return gaps.isEmpty() ? 1.2f : gaps.get(gaps.size() / 2);
    }

    private float gap(int i) {
      return rows.get(i).baseline() - rows.get(i - 1).baseline();
    }

    /// Rows of several cells with a cell's edge in common, and what stands alone between them.
    private void markTables() {
      for (int i = 0; i + 1 < rows.size(); i++) {
        if (near(i, i + 1) && aligned(rows.get(i), rows.get(i + 1))) {
          table[i] = true;
          table[i + 1] = true;
        }
      }
      for (int i = 1; i + 1 < rows.size(); i++) {
        // one row without a second cell: a group's name, or the second line of a label
        boolean between = table[i - 1] && near(i - 1, i) && near(i, i + 1);
        if (!table[i] && between && (table[i + 1] || i + 2 < rows.size() && table[i + 2])) {
          boolean shortRow = rows.get(i).right() - rows.get(i).left() < 0.6f * widthOfTable(i - 1);
          table[i] = shortRow && rows.get(i).text().length() < 80;
        }
      }
    }

    /// Tables of figures whose columns have names; the first may have begun on the page before.
    private void findFigures() {
      Optional<PdfTable> before = openTable;
      openTable = Optional.empty();
      int free = 0;
      int i = 0;
      while (i < rows.size()) {
        PdfRow row = rows.get(i);
        if (!table[i]) {
          before = before.filter(one -> one.isGroup(row));
          i++;
          continue;
        }
        int run = PdfTable.end(rows, i, endOfRun(i));
        Optional<PdfTable> earlier = before;
        Optional<PdfTable> own = PdfTable.of(rows, free, i, run);
        Optional<PdfTable> known = own.or(() -> earlier.filter(one -> one.goesOnWith(row)));
        i = run;
        if (known.isPresent()) {
          int start = own.map(PdfTable::head).orElse(0);
          int body = own.map(PdfTable::body).orElse(0);
          i = endOfFigures(known.get(), run);
          free = i;
          figures.put(start, new Figures(known.get(), own.isPresent(), body, i));
          Arrays.fill(table, start, i, true);
          openTable = free == rows.size() ? known : Optional.empty();
        }
        before = Optional.empty();
      }
    }

    private int endOfRun(int start) {
      int end = start + 1;
      while (end < rows.size() && table[end] && near(end - 1, end)) {
        end++;
      }
      return end;
    }

    /// Goes on over rows with figures in the same columns, and what names groups of them.
    ///
    /// @param run to which its own rows go at least
    private int endOfFigures(PdfTable figures, int run) {
      int end = run;
      for (int i = run; i < rows.size() && near(i - 1, i); i++) {
        if (figures.goesOnWith(rows.get(i))) {
          end = i + 1;
        } else if (!figures.isGroup(rows.get(i))) {
          break;
        }
      }
      return end;
    }

    private int write(Figures found) {
      if (found.named()) {
        float size = rows.get(found.body() - 1).size();
        found.table().header().forEach(row -> write(BlockKind.TABLE_HEADER, row, size));
      }
      rows.subList(found.body(), found.end())
          .forEach(row -> write(BlockKind.TABLE_ROW, found.table().row(row), row.size()));
      return found.end();
    }

    private void write(BlockKind kind, PdfTable.Text row, float size) {
      PdfStructure.this.write(kind, 0, row.text(), row.lines(), size, out);
    }

    private float widthOfTable(int i) {
      return rows.get(i).right() - rows.get(i).left();
    }

    private boolean near(int i, int j) {
      float distance = rows.get(j).baseline() - rows.get(i).baseline();
      return rows.get(i).direction() == rows.get(j).direction()
          && distance > 0
          && distance < 3.5f * Math.max(rows.get(i).size(), rows.get(j).size());
    }

    private static boolean aligned(PdfRow one, PdfRow other) {
      if (one.cells().size() < 2 || other.cells().size() < 2) {
        return false;
      }
      for (PdfRow.Cell a : one.cells().subList(1, one.cells().size())) {
        for (PdfRow.Cell b : other.cells().subList(1, other.cells().size())) {
          float middle = Math.abs(a.left() + a.right() - b.left() - b.right()) / 2;
          if (Math.abs(a.left() - b.left()) < 4
              || Math.abs(a.right() - b.right()) < 4
              || middle < 4) {
            return true;
          }
        }
      }
      return false;
    }

    private int table(int start) {
      int i = start;
      boolean header = true;
      while (i < rows.size()
          && table[i]
          && (i == start || !figures.containsKey(i) && near(i - 1, i))) {
        // a second row of names only where it is years under a common head
        boolean more = i + 1 < rows.size() && table[i + 1] && !figures.containsKey(i + 1);
        header &= more && (i == start ? namesColumns(rows.get(i)) : namesYears(rows.get(i)));
        PdfStructure.this.write(
            header ? BlockKind.TABLE_HEADER : BlockKind.TABLE_ROW, 0, List.of(rows.get(i)), out);
        i++;
      }
      return i;
    }

    private static boolean namesColumns(PdfRow row) {
      return cells(row).noneMatch(PdfStructure::isValue);
    }

    private static boolean namesYears(PdfRow row) {
      return cells(row).allMatch(cell -> YEAR.matcher(cell).matches());
    }

    private static Stream<String> cells(PdfRow row) {
      return row.cells().stream().map(cell -> row.text().substring(cell.start(), cell.end()));
    }

    private int heading(int start) {
      PdfRow head = rows.get(start);
      int end = start + 1;
      while (end < rows.size()
          && end - start < 3
          && !table[end]
          && looksLikeHeading(rows.get(end))
          && style(rows.get(end)) == style(head)
          && gap(end) > 0
          && gap(end) < 1.5f * head.size()
          && !bookmarks.containsKey(key(rows.get(end).text()))
          && !BULLET.matcher(rows.get(end).text()).matches()) {
        end++;
      }
      List<PdfRow> block = rows.subList(start, end);
      String text = String.join(" ", block.stream().map(PdfRow::text).toList());
      PdfStructure.this.write(BlockKind.HEADING, level(head, text), block, out);
      return end;
    }

    private int paragraph(int start) {
      int end = start + 1;
      while (end < rows.size() && continues(start, end)) {
        end++;
      }
      boolean item = BULLET.matcher(rows.get(start).text()).matches();
      PdfStructure.this.write(
          item ? BlockKind.LIST_ITEM : BlockKind.PARAGRAPH,
          item ? 1 : 0,
          rows.subList(start, end),
          out);
      return end;
    }

    /// Whether the row at `i` goes on with the paragraph that began at `start`.
    private boolean continues(int start, int i) {
      PdfRow row = rows.get(i);
      PdfRow before = rows.get(i - 1);
      String text = row.text();
      if (table[i]
          || row.direction() != before.direction()
          || looksLikeHeading(row)
          || BULLET.matcher(text).matches()
          || CONTENTS_ENTRY.matcher(before.text()).matches()
          || Math.abs(row.size() - before.size()) > 0.12f * before.size()) {
        return false;
      }
      boolean ended = ".:;!?".indexOf(before.text().charAt(before.text().length() - 1)) >= 0;
      float gap = gap(i);
      if (gap <= 0) {
        // the next column
        return !ended && Character.isLowerCase(text.codePointAt(0));
      }
      if (gap > Math.max(1.25f * leading, 1.2f) * Math.max(row.size(), before.size())) {
        return false;
      }
      boolean item = BULLET.matcher(rows.get(start).text()).matches();
      boolean indented = !item && row.left() > before.left() + row.size();
      return !ended || !indented && !endsShort(start, i);
    }

    /// A row that ends its sentence where the next row's first word would still have had room.
    private boolean endsShort(int start, int i) {
      PdfRow row = rows.get(i);
      float margin = row.right();
      for (int j = start; j < i; j++) {
        margin = Math.max(margin, rows.get(j).right());
      }
      int space = row.text().indexOf(' ');
      float word = row.edges()[space < 0 ? row.text().length() : space] - row.edges()[0];
      return rows.get(i - 1).right() + word + 0.6f * row.size() < margin;
    }
  }

  private void write(BlockKind kind, int level, List<PdfRow> rows, TextBuilder out) {
    StringBuilder text = new StringBuilder();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      PdfRow row = rows.get(i);
      String next = i + 1 < rows.size() ? rows.get(i + 1).text() : "";
      Join join = join(row.text(), next);
      int length = row.text().length() - (join == Join.WITHOUT_HYPHEN ? 1 : 0);
      lines.addAll(row.lines(text.length(), length));
      text.append(row.text(), 0, length);
      if (join == Join.SPACE && i + 1 < rows.size()) {
        text.append(' ');
      }
    }
    write(kind, level, text.toString(), lines, rows.getFirst().size(), out);
  }

  private void write(
      BlockKind kind, int level, String text, List<Line> lines, float size, TextBuilder out) {
    int start = out.block(kind, level, text, lines);
    if (start >= 0 && kind != BlockKind.BOILERPLATE) {
      begin(new Titles.Part(text, kind == BlockKind.HEADING, size), out);
    }
  }

  /// The first page with text is the document's beginning.
  private void begin(Titles.Part part, TextBuilder out) {
    if (beginning.isEmpty()) {
      pagesToBeginning = out.pageCount();
    }
    if (out.pageCount() == pagesToBeginning) {
      beginning.add(part);
    }
  }

  private enum Join {
    SPACE,
    WITHOUT_HYPHEN,
    WITH_HYPHEN
  }

  /// A word broken at a row's end is joined; a compound keeps its hyphen when the document writes
  /// it so elsewhere, and never the joined word.
  private Join join(String row, String next) {
    int last = row.length() - 1;
    boolean broken =
        last > 0
            && (row.charAt(last) == '-' || row.charAt(last) == '\u2010')
            && Character.isLetter(row.charAt(last - 1))
            && !next.isEmpty()
            && Character.isLowerCase(next.codePointAt(0));
    if (!broken) {
      return Join.SPACE;
    }
    String head = row.substring(row.lastIndexOf(' ') + 1, last).toLowerCase(Locale.ROOT);
    String tail = next.split("[^\\p{L}\\p{N}-]", 2)[0].toLowerCase(Locale.ROOT);
    boolean compound = head.contains("-") || vocabulary.contains(head + "-" + tail);
    return compound && !vocabulary.contains(head + tail) ? Join.WITH_HYPHEN : Join.WITHOUT_HYPHEN;
  }
}
