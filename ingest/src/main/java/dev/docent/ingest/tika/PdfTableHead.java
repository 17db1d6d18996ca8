package dev.docent.ingest.tika;

import dev.docent.ingest.tika.PdfRow.Cell;
import dev.docent.ingest.tika.PdfTable.Column;
import dev.docent.ingest.tika.PdfTable.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads what stands over the figures of a table, line by line upwards: names over one column each,
/// then heads over several. For one use.
final class PdfTableHead {
  private static final Pattern SIGN = Pattern.compile("[%$€£#]|\\(\\w\\)");
  private static final int MAX_NAME = 60;
  private static final int MAX_HEAD_LINES = 7;
  private static final int MAX_GROUP_LINES = 3;

  /// Of a line's type size: to the line below it.
  private static final float MAX_LEADING = 2.6f;

  /// Of the type size: how far the middle of a head may be from that of its columns.
  private static final float OFF_MIDDLE = 1.2f;

  private final List<PdfRow> rows;
  private final List<Column> columns;
  private final int free;
  private final int first;

  /// The columns with the names that are read so far.
  private final List<Column> named;

  private final List<Piece> names = new ArrayList<>();

  /// The lines that name every column, that of the labels as well.
  private final List<List<Piece>> whole = new ArrayList<>();

  private final List<List<Piece>> spans = new ArrayList<>();

  /// @param rows the page's
  /// @param free the first that may be of the head
  /// @param first the first with figures
  PdfTableHead(List<PdfRow> rows, List<Column> columns, int free, int first) {
    this.rows = rows;
    this.columns = columns;
    this.free = free;
    this.first = first;
    this.named = new ArrayList<>(columns);
  }

  /// @param body the rows with figures
  Optional<PdfTable> read(List<PdfRow> body) {
    int end = first;
    while (first - end < MAX_GROUP_LINES
        && isNear(end - 1)
        && PdfTable.isGroup(rows.get(end - 1), columns)) {
      end--;
    }
    int begin = end;
    while (end - begin < MAX_HEAD_LINES && isNear(begin - 1) && take(rows.get(begin - 1))) {
      begin--;
    }
    if (whole.size() > 1) {
      // rows without figures, under the one that names the columns
      names.removeIf(piece -> piece.row().baseline() > whole.getLast().getFirst().row().baseline());
      end = rows.indexOf(whole.getLast().getFirst().row()) + 1;
    }
    if (!namesColumnsOf(body)) {
      return Optional.empty();
    }
    List<List<Piece>> heads = new ArrayList<>(spans.reversed());
    heads.add(names);
    return Optional.of(new PdfTable(columns, begin, end, heads));
  }

  private boolean isNear(int at) {
    if (at < free) {
      return false;
    }
    PdfRow row = rows.get(at);
    float leading = rows.get(at + 1).baseline() - row.baseline();
    return row.direction() == rows.get(first).direction()
        && leading > 0
        && leading < MAX_LEADING * row.size();
  }

  /// Whether every column that most rows fill has a name.
  private boolean namesColumnsOf(List<PdfRow> body) {
    return IntStream.range(1, columns.size())
        .filter(
            i ->
                body.stream()
                        .filter(
                            row ->
                                row.cells().stream()
                                    .anyMatch(cell -> PdfTable.column(columns, cell) == i))
                        .count()
                    > body.size() / 2)
        .allMatch(i -> names.stream().anyMatch(name -> name.column() == i));
  }

  /// Takes a line to the head; false where it is none of it.
  private boolean take(PdfRow row) {
    if (PdfTable.isRightToLeft(row) || PdfTable.texts(row).anyMatch(text -> !isName(text))) {
      return false;
    }
    List<Cell> overLabels = new ArrayList<>();
    List<Cell> over = new ArrayList<>();
    for (Cell cell : row.cells().stream().flatMap(cell -> ofColumns(row, cell)).toList()) {
      boolean label =
          PdfTable.columnsUnder(named, cell).stream().allMatch(i -> i == 0) && isByLabels(cell);
      (label ? overLabels : over).add(cell);
    }
    float labels = columns.getFirst().left();
    float room = columns.get(1).left() - labels;
    // running text begins where the labels do
    if (over.isEmpty() || over.getFirst().left() < labels + room / 4) {
      return false;
    }
    Optional<int[]> own = own(over);
    Optional<int[]> firsts = spans(over).filter(some -> own.isEmpty() || areOfOneSize(some));
    if (firsts.isPresent()) {
      spans.add(pieces(row, List.of(), over, firsts.get()));
      names.addAll(0, pieces(row, overLabels, List.of(), new int[0]));
      return true;
    }
    if (own.isEmpty() || !spans.isEmpty()) {
      return false;
    }
    List<Piece> line = pieces(row, overLabels, over, own.get());
    names.addAll(0, line);
    if (line.stream().map(Piece::column).distinct().count() == columns.size()) {
      whole.add(line);
    }
    line.forEach(
        piece ->
            named.set(
                piece.column(),
                named.get(piece.column()).with(piece.cell().left(), piece.cell().right())));
    return true;
  }

  private boolean isByLabels(Cell cell) {
    return cell.left() - columns.getFirst().right() < columns.get(1).left() - cell.right();
  }

  /// Names of two columns may stand closer together than the figures under them.
  private Stream<Cell> ofColumns(PdfRow row, Cell cell) {
    List<Cell> parts = new ArrayList<>();
    int start = cell.start();
    for (int i = cell.start(); i < cell.end(); i++) {
      float room = row.edges()[i + 1] - row.edges()[i];
      if (row.text().charAt(i) == ' ' && room > PdfTable.NEAR * row.size()) {
        parts.add(new Cell(start, i, row.edges()[start], row.edges()[i]));
        start = i + 1;
      }
    }
    parts.add(new Cell(start, cell.end(), row.edges()[start], cell.right()));
    boolean apart =
        parts.stream().allMatch(part -> PdfTable.columnsUnder(named, part).size() == 1)
            && parts.stream().map(part -> PdfTable.column(named, part)).distinct().count()
                == parts.size();
    return apart ? parts.stream() : Stream.of(cell);
  }

  private static boolean isName(String text) {
    return SIGN.matcher(text).matches()
        || text.length() <= MAX_NAME && !PdfStructure.isValue(text) && !text.endsWith(".");
  }

  private static List<Piece> pieces(
      PdfRow row, List<Cell> overLabels, List<Cell> over, int[] columns) {
    List<Piece> pieces = new ArrayList<>();
    overLabels.forEach(cell -> pieces.add(new Piece(row, cell, 0)));
    for (int i = 0; i < over.size(); i++) {
      pieces.add(new Piece(row, over.get(i), columns[i]));
    }
    return pieces;
  }

  /// The columns that a cell stands over; where it stands over none, those it stands close to.
  private List<Integer> under(Cell cell) {
    List<Integer> under = PdfTable.columnsUnder(named, cell);
    float near = rows.get(first).size();
    return under.isEmpty()
        ? PdfTable.columnsUnder(
            named, new Cell(cell.start(), cell.end(), cell.left() - near, cell.right() + near))
        : under;
  }

  /// The column of each cell, where each stands over one of its own.
  private Optional<int[]> own(List<Cell> over) {
    int[] own = new int[over.size()];
    int before = 0;
    for (int i = 0; i < over.size(); i++) {
      List<Integer> under = under(over.get(i));
      boolean all = over.size() == columns.size() - 1;
      if (under.size() != 1 && !(all && under.contains(i + 1))) {
        return Optional.empty();
      }
      own[i] = all ? i + 1 : under.getFirst();
      if (own[i] <= before) {
        return Optional.empty();
      }
      before = own[i];
    }
    return Optional.of(own);
  }

  /// The first column of each cell, where together they stand over all columns and at least one
  /// over several: in the middle of them.
  private Optional<int[]> spans(List<Cell> over) {
    int count = columns.size() - 1;
    int cells = over.size();
    if (names.isEmpty() || cells >= count) {
      return Optional.empty();
    }
    // cost[i][j]: of the first i cells over the first j columns
    double[][] cost = new double[cells + 1][count + 1];
    int[][] cut = new int[cells + 1][count + 1];
    Arrays.stream(cost).forEach(line -> Arrays.fill(line, Double.POSITIVE_INFINITY));
    cost[0][0] = 0;
    for (int i = 1; i <= cells; i++) {
      for (int j = i; j <= count; j++) {
        for (int from = i - 1; from < j; from++) {
          double off = off(over.get(i - 1), from + 1, j);
          if (off <= OFF_MIDDLE * rows.get(first).size() && cost[i - 1][from] + off < cost[i][j]) {
            cost[i][j] = cost[i - 1][from] + off;
            cut[i][j] = from;
          }
        }
      }
    }
    if (Double.isInfinite(cost[cells][count])) {
      return Optional.empty();
    }
    int[] firsts = new int[cells];
    int end = count;
    for (int i = cells; i > 0; i--) {
      firsts[i - 1] = cut[i][end] + 1;
      end = cut[i][end];
    }
    return Optional.of(firsts);
  }

  /// A head over the one in the middle of its columns is one over all of them where the others are
  /// so too.
  private boolean areOfOneSize(int[] firsts) {
    int size = (columns.size() - 1) / firsts.length;
    return size * firsts.length == columns.size() - 1
        && IntStream.range(0, firsts.length).allMatch(i -> firsts[i] == i * size + 1);
  }

  private double off(Cell cell, int from, int to) {
    float middle = (cell.left() + cell.right()) / 2;
    float ofNames = (nameOf(from).left() + nameOf(to).right()) / 2;
    float ofColumns = (named.get(from).left() + named.get(to).right()) / 2;
    return Math.min(Math.abs(middle - ofNames), Math.abs(middle - ofColumns));
  }

  /// From the leftmost edge of a column's name to the rightmost one.
  private Column nameOf(int column) {
    return names.stream()
        .filter(name -> name.column() == column)
        .map(name -> new Column(name.cell().left(), name.cell().right()))
        .reduce((one, other) -> one.with(other.left(), other.right()))
        .orElse(columns.get(column));
  }
}
