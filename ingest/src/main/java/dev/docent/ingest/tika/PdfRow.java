package dev.docent.ingest.tika;

import dev.docent.ingest.Line;
import dev.docent.ingest.ParsedDocumentCodec;
import java.util.ArrayList;
import java.util.List;

/// A row of text on a PDF page: what stands on one baseline of one column, its cells joined by a
/// space.
///
/// @param direction of the writing, degrees clockwise; the coordinates are those of the page turned
///   so that it reads upright
/// @param edges left edge of each UTF-16 unit, then the right edge of the last
/// @param cells stretches of `text` with a wide gap between them; one in running text
/// @param bold whether (nearly) all of it is
record PdfRow(
    String text,
    int direction,
    float[] edges,
    float baseline,
    float size,
    boolean bold,
    List<Cell> cells) {
  // share of the type size that ink takes above and below the baseline, in most text faces
  private static final float ASCENT = 0.8f;
  private static final float DESCENT = 0.22f;

  record Cell(int start, int end, float left, float right) {}

  float left() {
    return cells.getFirst().left();
  }

  float right() {
    return cells.getLast().right();
  }

  /// Positions on the page as displayed of the units [0, length), which become [start, ...) of a
  /// text.
  List<Line> lines(int start, int length) {
    float top = baseline - ASCENT * size;
    float bottom = baseline + DESCENT * size;
    if (direction == 0) {
      float[] exact = new float[length + 1];
      for (int i = 0; i <= length; i++) {
        exact[i] = exact(edges[i]);
      }
      return List.of(new Line(0, start, start + length, exact(top), exact(bottom - top), exact));
    }
    List<Line> words = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= length; i++) {
      if (i == length || Character.isWhitespace(text.charAt(i))) {
        if (i > from) {
          words.add(turned(start, from, i, top, bottom));
        }
        from = i + 1;
      }
    }
    return words;
  }

  /// A word that does not read from left to right: its box is exact, its letters are not told
  /// apart.
  private Line turned(int start, int from, int to, float top, float bottom) {
    float begin = edges[from];
    float end = edges[to];
    float x =
        switch (direction) {
          case 90 -> -bottom;
          case 180 -> -end;
          default -> top;
        };
    float y =
        switch (direction) {
          case 90 -> begin;
          case 180 -> -bottom;
          default -> -end;
        };
    boolean upsideDown = direction == 180;
    float width = upsideDown ? end - begin : bottom - top;
    float height = upsideDown ? bottom - top : end - begin;
    float[] boxEdges = new float[to - from + 1];
    for (int i = 0; i < boxEdges.length; i++) {
      boxEdges[i] = exact(i == 0 ? x : x + width);
    }
    return new Line(0, start + from, start + to, exact(y), exact(height), boxEdges);
  }

  /// To a part of a point that is written short.
  private static float exact(float points) {
    int parts = ParsedDocumentCodec.PARTS_PER_POINT;
    return Math.round(points * parts) / (float) parts;
  }
}
