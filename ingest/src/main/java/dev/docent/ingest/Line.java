package dev.docent.ingest;

import java.util.Arrays;

/// Where a line of text stands on its page, exact to the glyph. PDF points, origin top left of the
/// page as displayed: its rotation and crop box are applied.
///
/// ```
///          edges[0]  edges[1]            edges[n]
///     y ->    |T        |h  |e  ...         |
///             '--------------------------- -'  <- y + height
/// ```
///
/// Two lines may cover one word: a word hyphenated at a line's end is joined in the text and has a
/// part on each.
///
/// @param page index into [ParsedDocument#pages]
/// @param start first UTF-16 unit of [ParsedDocument#text] on this line
/// @param end behind the last one
/// @param edges left edge of each UTF-16 unit, and at the end the right edge of the last: `end -
///   start + 1` values. Shared, not copied: nobody may write to it
public record Line(int page, int start, int end, float y, float height, float[] edges) {
  public Line {
    if (page < 0 || start < 0 || end < start || edges.length != end - start + 1) {
      throw new IllegalArgumentException(
          "line [%d,%d) with %d edges".formatted(start, end, edges.length));
    }
  }

  /// Left edge of the stretch [from, to) as far as it is on this line.
  public float left(int from, int to) {
    int first = Math.max(from, start) - start;
    int last = Math.min(to, end) - start;
    float left = Math.min(edges[first], edges[last]);
    for (int i = first; i <= last; i++) {
      left = Math.min(left, edges[i]);
    }
    return left;
  }

  /// Right edge of the stretch [from, to) as far as it is on this line.
  public float right(int from, int to) {
    int first = Math.max(from, start) - start;
    int last = Math.min(to, end) - start;
    float right = edges[first];
    for (int i = first; i <= last; i++) {
      right = Math.max(right, edges[i]);
    }
    return right;
  }

  /// Whether any of [from, to) is on this line.
  public boolean touches(int from, int to) {
    return from < end && to > start;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Line line
        && page == line.page
        && start == line.start
        && end == line.end
        && y == line.y
        && height == line.height
        && Arrays.equals(edges, line.edges);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * page + start) + Arrays.hashCode(edges);
  }
}
