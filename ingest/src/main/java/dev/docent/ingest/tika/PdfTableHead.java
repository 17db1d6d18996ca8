package dev.docent.ingest.tika;

import dev.docent.ingest.tika.PdfRow.Cell;
import dev.docent.ingest.tika.PdfTable.Column;
import dev.docent.ingest.tika.PdfTable.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads what stands over the figures of a table, line by line upwards: names over one column each,
/// then heads over several. For one use.
///
/// ```
///                  Pension            Other
///              U.S.      Abroad    benefits    over five columns: heads may leave some out,
///           2024 2023  2024 2023       2024    which one begins over that stands above them
/// ```
final class PdfTableHead {
  private static final Pattern SIGN = Pattern.compile("[%$€£#]|\\(\\w\\)");

  /// A sentence's end; "U.S." is none.
  private static final Pattern ENDS = Pattern.compile(".*(?<!\\p{Lu})\\.");

  private static final int MAX_NAME = 60;
  private static final int MAX_HEAD_LINES = 7;
  private static final int MAX_GROUP_LINES = 3;

  /// Of a line's type size: to the line below it.
  private static final float MAX_LEADING = 2.6f;

  /// Of the type size: how far the middle of a head may be from that of its columns.
  private static final float OFF_MIDDLE = 1.2f;

  /// Of the width of the name under it: a head over several columns is wider.
  private static final float WIDER = 1.5f;

  /// In points: more than heads can be off.
  private static final double LEFT_OUT = 1e6;

  private final List<PdfRow> rows;
  private final List<Column> columns;
  private final int free;
  private final int first;

  /// The columns with the names that are read so far.
  private final List<Column> named;

  private final List<Piece> names = new ArrayList<>();

  /// The lines that name every column, that of the labels as well.
  private final List<List<Piece>> whole = new ArrayList<>();

  /// Lines of heads over several columns, from the lowest one upwards.
  private final List<List<Piece>> spans = new ArrayList<>();

  private final List<List<Span>> spanned = new ArrayList<>();

  private final boolean mayLeaveOut;

  /// The columns that a head stands over.
  private record Span(int from, int to) {
    int size() {
      return to - from + 1;
    }
  }

  /// @param rows the page's
  /// @param free the first that may be of the head
  /// @param first the first with figures
  PdfTableHead(List<PdfRow> rows, List<Column> columns, int free, int first) {
    this(rows, columns, free, first, true);
  }

  /// @param mayLeaveOut whether heads that leave out columns are taken
  private PdfTableHead(
      List<PdfRow> rows, List<Column> columns, int free, int first, boolean mayLeaveOut) {
    this.rows = rows;
    this.columns = columns;
    this.free = free;
    this.first = first;
    this.named = new ArrayList<>(columns);
    this.mayLeaveOut = mayLeaveOut;
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
    if (mayLeaveOut && !endsAreTold()) {
      return new PdfTableHead(rows, columns, free, first, false).read(body);
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
    Optional<List<Span>> heads =
        spans(over)
            .filter(
                some -> own.isEmpty() || !spans.isEmpty() || areHeads(row, over, own.get(), some));
    if (heads.isEmpty() && spans.isEmpty()) {
      heads = own.flatMap(one -> runs(row, over, one));
    }
    if (heads.isPresent()) {
      if (!mayLeaveOut && size(heads.get()) < columns.size() - 1) {
        return false;
      }
      add(pieces(row, List.of(), over, firsts(heads.get())), heads.get());
      names.addAll(0, pieces(row, overLabels, List.of(), new int[0]));
      return true;
    }
    if (own.isEmpty() || !spans.isEmpty() || !namesRuns(own.get())) {
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
        || text.length() <= MAX_NAME
            && !PdfStructure.isValue(text)
            && !ENDS.matcher(text).matches();
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

  /// The columns of each cell, where each stands in the middle of its own and at least one over
  /// several. Together they leave out as few as possible.
  private Optional<List<Span>> spans(List<Cell> over) {
    int count = columns.size() - 1;
    int cells = over.size();
    if (names.isEmpty() || cells >= count) {
      return Optional.empty();
    }
    // cost[i][j]: of the first i cells over the first j columns
    double[][] cost = new double[cells + 1][count + 1];
    int[][] cut = new int[cells + 1][count + 1];
    for (int i = 0; i <= cells; i++) {
      for (int j = 0; j <= count; j++) {
        boolean begun = i > 0 || j > 0;
        cost[i][j] = begun ? Double.POSITIVE_INFINITY : 0;
        if (j > 0) {
          cost[i][j] = cost[i][j - 1] + LEFT_OUT;
          cut[i][j] = j;
        }
        for (int from = i - 1; i > 0 && from < j; from++) {
          double off = off(over.get(i - 1), from + 1, j);
          if (off <= OFF_MIDDLE * rows.get(first).size()
              && cost[i - 1][from] + off < cost[i][j]
              && (cells == 1 || areNamedApart(from + 1, j))) {
            cost[i][j] = cost[i - 1][from] + off;
            cut[i][j] = from;
          }
        }
      }
    }
    if (Double.isInfinite(cost[cells][count])) {
      return Optional.empty();
    }
    List<Span> found = new ArrayList<>();
    int end = count;
    for (int i = cells; i > 0; i--) {
      while (cut[i][end] == end) {
        end--;
      }
      found.addFirst(new Span(cut[i][end] + 1, end));
      end = cut[i][end];
    }
    return found.stream().anyMatch(span -> span.size() > 1) ? Optional.of(found) : Optional.empty();
  }

  /// No head stands over two columns of one name.
  private boolean areNamedApart(int from, int to) {
    List<String> apart =
        IntStream.rangeClosed(from, to)
            .mapToObj(this::fullName)
            .filter(name -> !name.isEmpty())
            .toList();
    return apart.stream().distinct().count() == apart.size();
  }

  /// Whether cells of which each stands over one column are heads over those beside it as well.
  private boolean areHeads(PdfRow row, List<Cell> over, int[] own, List<Span> heads) {
    boolean all =
        size(heads) == columns.size() - 1
            && heads.stream().mapToInt(Span::size).distinct().count() == 1;
    return IntStream.range(0, over.size())
        .allMatch(i -> isHead(row, over.get(i), own[i], heads.get(i), all));
  }

  /// A name of one column may begin in a line of its own. One over all columns is a head where it
  /// says when, is wide, or the columns only count on; one that leaves out some where they count
  /// on.
  private boolean isHead(PdfRow row, Cell cell, int own, Span head, boolean all) {
    String text = row.text().substring(cell.start(), cell.end());
    Column name = nameOf(own);
    return HeadWords.countOn(
            IntStream.rangeClosed(head.from(), head.to()).mapToObj(this::nameText).toList())
        || all
            && !HeadWords.runOn(text, nameText(own))
            && (HeadWords.sayWhen(text)
                || cell.right() - cell.left() > WIDER * (name.right() - name.left()));
  }

  /// The run of columns around one that count on: "2024", "2023", "2022" and not another "2024".
  private Span run(int column) {
    int from = 1;
    for (int to = 1; to < columns.size(); to++) {
      List<String> names = IntStream.rangeClosed(from, to).mapToObj(this::nameText).toList();
      if (names.contains("") || !HeadWords.countOn(names)) {
        if (column < to) {
          return new Span(from, to - 1);
        }
        from = to;
      }
    }
    return new Span(from, columns.size() - 1);
  }

  /// The runs of columns under cells that stand over one each, where several heads stand over a run
  /// each, wherever over it.
  private Optional<List<Span>> runs(PdfRow row, List<Cell> over, int[] own) {
    List<Span> runs = Arrays.stream(own).mapToObj(this::run).toList();
    boolean apart =
        runs.stream().distinct().count() == own.length
            && over.stream()
                    .map(cell -> row.text().substring(cell.start(), cell.end()))
                    .distinct()
                    .count()
                == own.length;
    return own.length > 1 && apart && runs.stream().allMatch(run -> run.size() > 1)
        ? Optional.of(runs)
        : Optional.empty();
  }

  /// Whether a line that names one column of a run names all of it: else it may be a head over it.
  private boolean namesRuns(int[] own) {
    return Arrays.stream(own)
        .mapToObj(this::run)
        .allMatch(
            run ->
                Arrays.stream(own)
                        .filter(column -> run.from() <= column && column <= run.to())
                        .count()
                    == run.size());
  }

  /// A line over the same columns as some heads of the line below is the begin of those.
  private void add(List<Piece> line, List<Span> over) {
    boolean begins =
        !spanned.isEmpty()
            && over.size() < spanned.getLast().size()
            && spanned.getLast().containsAll(over)
            && over.stream().allMatch(head -> goesOn(line, head));
    if (begins) {
      spans.getLast().addAll(0, line);
    } else {
      spans.add(new ArrayList<>(line));
      spanned.add(over);
    }
  }

  /// Nothing begins before a day or a year that stands by itself, but "as of" does.
  private boolean goesOn(List<Piece> line, Span head) {
    return !HeadWords.onlySayWhen(textOf(spans.getLast(), head.from()))
        || HeadWords.isOpen(textOf(line, head.from()));
  }

  private static int size(List<Span> heads) {
    return heads.stream().mapToInt(Span::size).sum();
  }

  private static int[] firsts(List<Span> heads) {
    return heads.stream().mapToInt(Span::from).toArray();
  }

  /// Whether every head ends where another begins, in its line or one above it: the text of a row
  /// tells no other end.
  private boolean endsAreTold() {
    return IntStream.range(0, spanned.size())
        .allMatch(
            line ->
                spanned.get(line).stream()
                    .map(head -> head.to() + 1)
                    .filter(next -> next < columns.size())
                    .allMatch(
                        next ->
                            spanned.subList(line, spanned.size()).stream()
                                .flatMap(List::stream)
                                .anyMatch(head -> head.from() == next)));
  }

  /// A column's name after those of the heads over it.
  private String fullName(int column) {
    StringBuilder name = new StringBuilder(nameText(column));
    for (int line = 0; line < spanned.size(); line++) {
      for (Span head : spanned.get(line)) {
        if (head.from() <= column && column <= head.to()) {
          name.insert(0, textOf(spans.get(line), head.from()) + " ");
        }
      }
    }
    return name.toString();
  }

  private String nameText(int column) {
    return textOf(names, column);
  }

  private static String textOf(List<Piece> pieces, int column) {
    return pieces.stream()
        .filter(piece -> piece.column() == column)
        .map(Piece::text)
        .collect(Collectors.joining(" "));
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
