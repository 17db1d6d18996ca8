package dev.docent.answer;

import dev.docent.ingest.Line;
import java.util.ArrayList;
import java.util.List;

/// Where words stand on their pages.
final class Boxes {
  private Boxes() {}

  /// One rectangle for each line that the stretch [start, end) of the document touches.
  static List<Citation.Box> of(List<Line> lines, int start, int end) {
    List<Citation.Box> boxes = new ArrayList<>();
    for (Line line : lines) {
      if (line.touches(start, end)) {
        float left = line.left(start, end);
        float width = line.right(start, end) - left;
        if (width > 0) {
          boxes.add(new Citation.Box(line.page(), left, line.y(), width, line.height()));
        }
      }
    }
    return List.copyOf(boxes);
  }
}
