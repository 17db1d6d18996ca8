package dev.docent.ingest.tika;

import dev.docent.ingest.tika.PdfGlyphs.Glyph;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Glyphs to rows in reading order.
///
/// Rows are found by baseline, and columns by a gutter that has running text on both sides. A table
/// has gutters too, but no running text in its columns, so its rows stay whole.
final class PdfLayout {
  /// Gap between cells, as a part of the type size; justified text seldom opens wider.
  private static final float CELL_GAP = 1.3f;

  private static final float SAME_BASELINE = 0.3f;
  private static final int MIN_COLUMN_ROWS = 4;
  private static final int MIN_PROSE_CHARACTERS = 16;
  private static final float MIN_GUTTER = 6f;
  private static final int BIN = 2;

  private PdfLayout() {}

  /// The upright rows first, then those in other directions.
  static List<PdfRow> rows(List<Glyph> glyphs) {
    List<PdfRow> rows = new ArrayList<>();
    for (int direction : new int[] {0, 90, 180, 270}) {
      List<Glyph> same = glyphs.stream().filter(g -> g.direction() == direction).toList();
      if (!same.isEmpty()) {
        order(baselines(same), 0).forEach(band -> rows.add(row(band, direction)));
      }
    }
    return rows;
  }

  /// Glyphs on one baseline, and the cells they form.
  private static final class Band {
    final List<Glyph> glyphs = new ArrayList<>();
    final List<Segment> segments = new ArrayList<>();
    float baseline;
    float size;

    float left() {
      return segments.getFirst().left;
    }

    float right() {
      return segments.getLast().right;
    }

    Band with(List<Segment> some) {
      Band band = new Band();
      band.baseline = baseline;
      band.size = size;
      band.segments.addAll(some);
      return band;
    }
  }

  /// A stretch of glyphs without a wide gap.
  private static final class Segment {
    final StringBuilder text = new StringBuilder();
    final List<Float> starts = new ArrayList<>();
    final List<Float> ends = new ArrayList<>();
    float left;
    float right;
    float size;
    float baseline;
    int bold;
    int letters;

    void space(float from, float to) {
      text.append(' ');
      starts.add(from);
      ends.add(to);
    }

    void add(Glyph glyph) {
      if (starts.isEmpty()) {
        left = glyph.left();
        right = glyph.right();
        size = glyph.size();
        baseline = glyph.baseline();
      }
      int units = glyph.text().length();
      float width = (glyph.right() - glyph.left()) / units;
      for (int i = 0; i < units; i++) {
        text.append(glyph.text().charAt(i));
        starts.add(glyph.left() + i * width);
        ends.add(glyph.left() + (i + 1) * width);
      }
      right = Math.max(right, glyph.right());
      size = Math.max(size, glyph.size());
      letters += units;
      bold += glyph.bold() ? units : 0;
    }
  }

  private static List<Band> baselines(List<Glyph> glyphs) {
    List<Glyph> sorted =
        glyphs.stream()
            .sorted(Comparator.comparingDouble(Glyph::baseline).thenComparingDouble(Glyph::left))
            .toList();
    List<Band> bands = new ArrayList<>();
    for (Glyph glyph : sorted) {
      Band last = bands.isEmpty() ? null : bands.getLast();
      if (last == null
          || glyph.baseline() - last.baseline > SAME_BASELINE * Math.min(glyph.size(), last.size)) {
        last = new Band();
        last.baseline = glyph.baseline();
        last.size = glyph.size();
        bands.add(last);
      }
      last.glyphs.add(glyph);
      last.size = Math.max(last.size, glyph.size());
    }
    List<Band> whole = raisedAndLowered(bands);
    whole.forEach(PdfLayout::cut);
    whole.removeIf(band -> band.segments.isEmpty());
    return whole;
  }

  /// Small figures above or below a row's baseline belong to the row.
  private static List<Band> raisedAndLowered(List<Band> bands) {
    List<Band> kept = new ArrayList<>();
    for (int i = 0; i < bands.size(); i++) {
      Band small = bands.get(i);
      Band above = kept.isEmpty() ? null : kept.getLast();
      Band below = i + 1 < bands.size() ? bands.get(i + 1) : null;
      if (below != null && isScriptOf(small, below)) {
        below.glyphs.addAll(small.glyphs);
      } else if (above != null && isScriptOf(small, above)) {
        above.glyphs.addAll(small.glyphs);
      } else {
        kept.add(small);
      }
    }
    return kept;
  }

  private static boolean isScriptOf(Band small, Band row) {
    if (small.size > 0.8f * row.size
        || Math.abs(small.baseline - row.baseline) > 0.55f * row.size) {
      return false;
    }
    double left = row.glyphs.stream().mapToDouble(Glyph::left).min().orElse(0) - row.size;
    double right = row.glyphs.stream().mapToDouble(Glyph::right).max().orElse(0) + row.size;
    return small.glyphs.stream().allMatch(g -> g.left() >= left && g.right() <= right);
  }

  private static void cut(Band band) {
    band.glyphs.sort(Comparator.comparingDouble(Glyph::left));
    double inked =
        band.glyphs.stream()
            .filter(g -> !g.text().isBlank())
            .mapToDouble(g -> (g.right() - g.left()) / g.text().length())
            .average()
            .orElse(1);
    Segment open = null;
    boolean space = false;
    for (Glyph glyph : band.glyphs) {
      if (glyph.text().isBlank()) {
        space = true;
        continue;
      }
      float gap = open == null ? 0 : glyph.left() - open.right;
      if (open == null || gap > CELL_GAP * Math.max(glyph.size(), open.size)) {
        open = new Segment();
        band.segments.add(open);
      } else if (space || gap > wordGap(glyph, inked)) {
        open.space(open.right, glyph.left());
      }
      open.add(glyph);
      space = false;
    }
    band.glyphs.clear();
  }

  private static double wordGap(Glyph glyph, double averageWidth) {
    double byFont = glyph.spaceWidth() > 0 ? glyph.spaceWidth() * 0.5 : Double.MAX_VALUE;
    return Math.min(byFont, averageWidth * 0.3);
  }

  /// Bands from top to bottom, column by column.
  private static List<Band> order(List<Band> bands, int depth) {
    float gutter = depth > 4 ? Float.NaN : gutter(bands);
    if (Float.isNaN(gutter)) {
      return bands;
    }
    List<Band> ordered = new ArrayList<>();
    List<Band> parted = new ArrayList<>();
    for (Band band : bands) {
      if (crosses(band, gutter)) {
        addParted(parted, gutter, ordered, depth);
        parted.clear();
        ordered.add(band);
      } else {
        parted.add(band);
      }
    }
    addParted(parted, gutter, ordered, depth);
    return ordered;
  }

  private static void addParted(List<Band> parted, float gutter, List<Band> ordered, int depth) {
    List<Band> left = side(parted, gutter, true);
    List<Band> right = side(parted, gutter, false);
    if (isColumn(left) && isColumn(right) && abreast(left, right)) {
      ordered.addAll(order(left, depth + 1));
      ordered.addAll(order(right, depth + 1));
    } else {
      ordered.addAll(parted);
    }
  }

  /// Where the fewest cells cross, if running text stands on both sides of it.
  private static float gutter(List<Band> bands) {
    if (bands.size() < MIN_COLUMN_ROWS) {
      return Float.NaN;
    }
    float left = (float) bands.stream().mapToDouble(Band::left).min().orElse(0);
    float right = (float) bands.stream().mapToDouble(Band::right).max().orElse(0);
    int bins = (int) ((right - left) / BIN) + 1;
    if (bins < 20 || bins > 10_000) {
      return Float.NaN;
    }
    int[] crossings = new int[bins];
    for (Band band : bands) {
      for (Segment segment : band.segments) {
        int from = Math.max(0, (int) Math.floor((segment.left - left) / BIN));
        int to = Math.min(bins - 1, (int) ((segment.right - left) / BIN));
        for (int i = from; i <= to; i++) {
          crossings[i]++;
        }
      }
    }
    int[] inner = Arrays.copyOfRange(crossings, bins / 5, bins - bins / 5);
    int fewest = Arrays.stream(inner).min().orElse(Integer.MAX_VALUE);
    // heads and figures may span the columns, running text may not
    if (fewest > bands.size() / 2) {
      return Float.NaN;
    }
    int best = -1;
    int bestRun = 0;
    int run = 0;
    for (int i = 0; i < inner.length; i++) {
      run = inner[i] == fewest ? run + 1 : 0;
      if (run > bestRun) {
        bestRun = run;
        best = i - run / 2;
      }
    }
    return bestRun * BIN < MIN_GUTTER ? Float.NaN : left + (bins / 5 + best + 0.5f) * BIN;
  }

  private static boolean crosses(Band band, float gutter) {
    return band.segments.stream().anyMatch(s -> s.left < gutter && s.right > gutter);
  }

  private static List<Band> side(List<Band> bands, float gutter, boolean left) {
    List<Band> side = new ArrayList<>();
    for (Band band : bands) {
      List<Segment> segments =
          band.segments.stream().filter(s -> (s.left < gutter) == left).toList();
      if (!segments.isEmpty()) {
        side.add(band.with(segments));
      }
    }
    return side;
  }

  /// Running text: most rows are one long stretch that fills the width, one under the other.
  private static boolean isColumn(List<Band> side) {
    if (side.size() < MIN_COLUMN_ROWS) {
      return false;
    }
    double left = side.stream().mapToDouble(Band::left).min().orElse(0);
    double right = side.stream().mapToDouble(Band::right).max().orElse(0);
    int full = 0;
    int close = 0;
    for (int i = 0; i < side.size(); i++) {
      Band band = side.get(i);
      int characters = band.segments.stream().mapToInt(s -> s.text.length()).sum();
      boolean fills = band.right() - band.left() > 0.55 * (right - left);
      boolean words = band.segments.size() <= 2 || charactersPerCell(band) > MIN_PROSE_CHARACTERS;
      full += fills && words && characters >= MIN_PROSE_CHARACTERS ? 1 : 0;
      boolean follows =
          i == 0
              || band.baseline - side.get(i - 1).baseline
                  < 1.9 * Math.max(band.size, side.get(i - 1).size);
      close += follows ? 1 : 0;
    }
    return full >= 0.5 * side.size() && close >= 0.6 * side.size();
  }

  private static double charactersPerCell(Band band) {
    return band.segments.stream().mapToInt(s -> s.text.length()).average().orElse(0);
  }

  private static boolean abreast(List<Band> left, List<Band> right) {
    float top = Math.max(left.getFirst().baseline, right.getFirst().baseline);
    float bottom = Math.min(left.getLast().baseline, right.getLast().baseline);
    float shorter =
        Math.min(
            left.getLast().baseline - left.getFirst().baseline,
            right.getLast().baseline - right.getFirst().baseline);
    return bottom - top >= 0.5f * shorter;
  }

  private static PdfRow row(Band band, int direction) {
    StringBuilder text = new StringBuilder();
    List<Float> starts = new ArrayList<>();
    List<PdfRow.Cell> cells = new ArrayList<>();
    float size = 0;
    int bold = 0;
    int letters = 0;
    float end = 0;
    for (Segment segment : band.segments) {
      if (!text.isEmpty()) {
        text.append(' ');
        starts.add(end);
      }
      cells.add(
          new PdfRow.Cell(
              text.length(), text.length() + segment.text.length(), segment.left, segment.right));
      text.append(segment.text);
      starts.addAll(segment.starts);
      end = segment.ends.getLast();
      size = Math.max(size, segment.size);
      bold += segment.bold;
      letters += segment.letters;
    }
    float[] edges = new float[starts.size() + 1];
    for (int i = 0; i < starts.size(); i++) {
      edges[i] = starts.get(i);
    }
    edges[starts.size()] = end;
    boolean mostlyBold = bold >= 0.9 * letters;
    var row = new PdfRow(text.toString(), direction, edges, band.baseline, size, mostlyBold, cells);
    return Bidi.requiresBidi(row.text().toCharArray(), 0, text.length()) ? logical(row) : row;
  }

  /// Right-to-left stretches stand on the page from left to right; the text has them as they are
  /// read. Their units keep their own boxes' edges.
  private static PdfRow logical(PdfRow row) {
    String visual = row.text();
    float[] edges = row.edges();
    Bidi bidi = new Bidi(visual, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    int runs = bidi.getRunCount();
    byte[] levels = new byte[runs];
    Integer[] order = new Integer[runs];
    for (int i = 0; i < runs; i++) {
      levels[i] = (byte) bidi.getRunLevel(i);
      order[i] = i;
    }
    Bidi.reorderVisually(levels, 0, order, 0, runs);
    StringBuilder text = new StringBuilder();
    float[] logicalEdges = new float[edges.length];
    int at = 0;
    for (Integer run : order) {
      int start = bidi.getRunStart(run);
      int end = bidi.getRunLimit(run);
      boolean backwards = bidi.getRunLevel(run) % 2 != 0;
      for (int i = 0; i < end - start; i++) {
        int unit = backwards ? end - 1 - i : start + i;
        text.append(visual.charAt(unit));
        logicalEdges[at++] = edges[backwards ? unit + 1 : unit];
      }
    }
    boolean endsBackwards = bidi.getRunLevel(order[runs - 1]) % 2 != 0;
    logicalEdges[at] =
        endsBackwards
            ? edges[bidi.getRunStart(order[runs - 1])]
            : edges[bidi.getRunLimit(order[runs - 1])];
    return new PdfRow(
        text.toString(),
        row.direction(),
        logicalEdges,
        row.baseline(),
        row.size(),
        row.bold(),
        row.cells());
  }
}
