package dev.docent.ingest.tika;

import dev.docent.ingest.Line;
import dev.docent.ingest.tika.PdfRow.Cell;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A table of figures whose columns have names: which cell stands in which column, told by where
/// they stand.
///
/// ```
///                      Fiscal 2024                 a head over several columns, a row of its own
///                Stores at         Stores at
///                 Begin of  Stores   End of        lines one above the other over one column are
///                  Quarter  Opened  Quarter        one name, read from top to bottom
///  Outlet Centers       20       1       21        the first row with figures
/// ```
///
/// The text of a row has a tab between two columns, also where a cell is empty. Lines over the
/// figures that name no columns, as far as can be told, are left to running text.
final class PdfTable {
  private static final Pattern BEFORE_FIGURE = Pattern.compile("[$€£¥(]{1,2}");
  private static final Pattern BEHIND_FIGURE = Pattern.compile("[)%]{1,2}");
  private static final Pattern FIGURE_AND_NEXT = Pattern.compile("(.*[\\d)%—–-]) ([$€£¥(]{1,2})");

  /// More is a drawing.
  private static final int MAX_COLUMNS = 40;

  /// Of the type size: a dash may stand beside where the figures over it end.
  static final float NEAR = 0.5f;

  /// Part of the rows that may have two cells where the others have one.
  private static final double MAX_ODD = 0.1;

  private final List<Column> columns;
  private final int head;
  private final int body;
  private final List<List<Piece>> heads;

  /// A column: from the leftmost edge of its cells to the rightmost one.
  record Column(float left, float right) {
    float middle() {
      return (left + right) / 2;
    }

    boolean overlaps(float otherLeft, float otherRight) {
      return otherLeft < right && left < otherRight;
    }

    Column with(float otherLeft, float otherRight) {
      return new Column(Math.min(left, otherLeft), Math.max(right, otherRight));
    }
  }

  /// Text in a column.
  record Piece(PdfRow row, Cell cell, int column) {
    String text() {
      return row.text().substring(cell.start(), cell.end());
    }
  }

  /// A row's text with its positions.
  record Text(String text, List<Line> lines) {
    Text {
      lines = List.copyOf(lines);
    }
  }

  PdfTable(List<Column> columns, int head, int body, List<List<Piece>> heads) {
    this.columns = columns;
    this.head = head;
    this.body = body;
    this.heads = heads;
  }

  /// The table whose rows are [from, to); empty where they have no figures, or nothing over them
  /// names the columns.
  ///
  /// @param free the first row that may be of its head
  static Optional<PdfTable> of(List<PdfRow> rows, int free, int from, int to) {
    List<PdfRow> body =
        rows.subList(from, to).stream().filter(PdfTable::hasFigures).map(PdfTable::joined).toList();
    if (body.size() < 2 || body.stream().anyMatch(PdfTable::isRightToLeft)) {
      return Optional.empty();
    }
    List<Column> columns = columns(body);
    if (columns.size() < 2 || columns.size() > MAX_COLUMNS || !partsCells(columns, body)) {
      return Optional.empty();
    }
    int first = from;
    while (!hasFigures(rows.get(first))) {
      first++;
    }
    return new PdfTableHead(rows, columns, free, first).read(body);
  }

  /// Where the table that begins at `from` ends, `to` at most: before a line over its figures that
  /// has none and says nothing of a row.
  static int end(List<PdfRow> rows, int from, int to) {
    Optional<PdfRow> figures = Optional.empty();
    for (int i = from; i < to; i++) {
      PdfRow row = rows.get(i);
      if (hasFigures(row)) {
        figures = figures.or(() -> Optional.of(row));
      } else if (figures.filter(above -> isBesideLabels(row, above)).isPresent()) {
        return i;
      }
    }
    return to;
  }

  private static boolean isBesideLabels(PdfRow row, PdfRow figures) {
    Cell label = figures.cells().getFirst();
    return row.left() > label.left() + (figures.cells().get(1).left() - label.left()) / 4;
  }

  /// The first row of its head.
  int head() {
    return head;
  }

  /// The row behind its head.
  int body() {
    return body;
  }

  /// Whether a row's figures stand in its columns.
  boolean goesOnWith(PdfRow row) {
    return hasFigures(row)
        && !isRightToLeft(row)
        && joined(row).cells().stream()
            .skip(1)
            .allMatch(cell -> columnsUnder(columns, cell).size() == 1)
        && partsCells(columns, List.of(joined(row)));
  }

  /// Whether a row only has something to say of the rows around it: it keeps out of the figures.
  boolean isGroup(PdfRow row) {
    return isGroup(row, columns);
  }

  static boolean isGroup(PdfRow row, List<Column> columns) {
    return row.cells().size() == 1
        && row.left() < columns.getFirst().right()
        && row.right() <= columns.get(1).left();
  }

  /// The names of the columns; heads over several of them are rows before.
  List<Text> header() {
    return heads.stream().map(this::text).toList();
  }

  Text row(PdfRow row) {
    PdfRow whole = joined(row);
    if (isRightToLeft(row)) {
      return new Text(row.text(), row.lines(0, row.text().length()));
    }
    StringBuilder text = new StringBuilder();
    float[] edges = new float[row.edges().length + columns.size()];
    int at = 0;
    int column = 0;
    for (int i = 0; i < whole.cells().size(); i++) {
      Cell cell = whole.cells().get(i);
      int own = Math.max(column, column(columns, cell));
      String between = i > 0 && own == column ? " " : "\t".repeat(own - column);
      for (int j = 0; j < between.length(); j++) {
        edges[at++] = i == 0 ? cell.left() : whole.cells().get(i - 1).right();
      }
      text.append(between).append(row.text(), cell.start(), cell.end());
      System.arraycopy(row.edges(), cell.start(), edges, at, cell.end() - cell.start());
      at += cell.end() - cell.start();
      column = own;
    }
    edges[at] = whole.right();
    return new Text(text.toString(), part(row, text.toString(), edges, at).lines(0, at));
  }

  private Text text(List<Piece> pieces) {
    StringBuilder text = new StringBuilder();
    List<Line> lines = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      if (column > 0) {
        text.append('\t');
      }
      boolean first = true;
      for (Piece piece : pieces) {
        if (piece.column() == column) {
          text.append(first ? "" : " ");
          int length = piece.text().length();
          float[] edges =
              Arrays.copyOfRange(piece.row().edges(), piece.cell().start(), piece.cell().end() + 1);
          edges[length] = piece.cell().right();
          lines.addAll(part(piece.row(), piece.text(), edges, length).lines(text.length(), length));
          text.append(piece.text());
          first = false;
        }
      }
    }
    return new Text(text.toString(), lines);
  }

  private static PdfRow part(PdfRow row, String text, float[] edges, int length) {
    return new PdfRow(
        text,
        row.direction(),
        Arrays.copyOf(edges, length + 1),
        row.baseline(),
        row.size(),
        row.bold(),
        List.of(new Cell(0, length, edges[0], edges[length])));
  }

  static boolean isRightToLeft(PdfRow row) {
    return Bidi.requiresBidi(row.text().toCharArray(), 0, row.text().length());
  }

  /// Whether another cell than the first one is a figure.
  private static boolean hasFigures(PdfRow row) {
    return texts(joined(row)).skip(1).anyMatch(PdfStructure::isValue);
  }

  static Stream<String> texts(PdfRow row) {
    return row.cells().stream().map(cell -> row.text().substring(cell.start(), cell.end()));
  }

  /// The row with a currency and a percent sign in the cell of their figure.
  private static PdfRow joined(PdfRow row) {
    List<Cell> cells = new ArrayList<>();
    boolean open = false;
    for (Cell cell : row.cells().stream().flatMap(cell -> parted(row, cell)).toList()) {
      String text = row.text().substring(cell.start(), cell.end());
      boolean closes = BEHIND_FIGURE.matcher(text).matches();
      if (!cells.isEmpty() && (open || closes && cells.size() > 1)) {
        Cell before = cells.removeLast();
        cells.add(new Cell(before.start(), cell.end(), before.left(), cell.right()));
      } else {
        cells.add(cell);
      }
      open = cells.size() > 1 && BEFORE_FIGURE.matcher(text).matches();
    }
    return new PdfRow(
        row.text(), row.direction(), row.edges(), row.baseline(), row.size(), row.bold(), cells);
  }

  /// A figure and the currency of the next one, where that stands close behind it.
  private static Stream<Cell> parted(PdfRow row, Cell cell) {
    Matcher parts = FIGURE_AND_NEXT.matcher(row.text()).region(cell.start(), cell.end());
    if (!parts.matches()) {
      return Stream.of(cell);
    }
    float[] edges = row.edges();
    return Stream.of(
        new Cell(cell.start(), parts.end(1), cell.left(), edges[parts.end(1)]),
        new Cell(parts.start(2), cell.end(), edges[parts.start(2)], cell.right()));
  }

  /// Cells that overlap, or nearly, stand in one column.
  private static List<Column> columns(List<PdfRow> body) {
    float near = NEAR * body.getFirst().size();
    List<Cell> cells =
        body.stream()
            .flatMap(row -> row.cells().stream())
            .sorted(Comparator.comparingDouble(Cell::left))
            .toList();
    List<Column> columns = new ArrayList<>();
    for (Cell cell : cells) {
      if (!columns.isEmpty() && cell.left() < columns.getLast().right() + near) {
        columns.add(columns.removeLast().with(cell.left(), cell.right()));
      } else {
        columns.add(new Column(cell.left(), cell.right()));
      }
    }
    return columns;
  }

  private static boolean partsCells(List<Column> columns, List<PdfRow> body) {
    long odd =
        body.stream()
            .filter(
                row ->
                    row.cells().stream().mapToInt(cell -> column(columns, cell)).distinct().count()
                        < row.cells().size())
            .count();
    return odd <= MAX_ODD * body.size();
  }

  static List<Integer> columnsUnder(List<Column> columns, Cell cell) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).overlaps(cell.left(), cell.right()))
        .boxed()
        .toList();
  }

  /// The first one under the cell, else the nearest.
  static int column(List<Column> columns, Cell cell) {
    float middle = (cell.left() + cell.right()) / 2;
    return columnsUnder(columns, cell).stream()
        .findFirst()
        .orElseGet(
            () ->
                IntStream.range(0, columns.size())
                    .boxed()
                    .min(
                        Comparator.comparingDouble(i -> Math.abs(columns.get(i).middle() - middle)))
                    .orElseThrow());
  }
}
