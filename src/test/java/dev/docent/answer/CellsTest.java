package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.Chunk;
import dev.docent.ingest.Line;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellsTest {
  private static final float HEIGHT = 10;
  private static final float LETTER = 5;
  private static final float GAP = 40;

  @Test
  void wideGapsOfRowsInARowSeparateCells() {
    assertThat(Cells.tabbed(passage("City~Daily rate", "Oslo~412")))
        .isEqualTo("City\tDaily rate\nOslo\t412");
  }

  @Test
  void oneRowAloneIsNoTable() {
    assertThat(Cells.tabbed(passage("Chapter one~12", "It begins in Oslo.")))
        .isEqualTo("Chapter one 12\nIt begins in Oslo.");
  }

  @Test
  void rowsOfAnotherNumberOfCellsAreAnotherTable() {
    assertThat(Cells.tabbed(passage("a~b", "c~d~e", "f~g~h"))).isEqualTo("a b\nc\td\te\nf\tg\th");
  }

  /// Lines of letters of one width; `~` is a space with a wide gap.
  private static Chunk passage(String... lines) {
    String text = String.join("\n", lines).replace('~', ' ');
    int start = 100;
    List<Line> positions = new ArrayList<>();
    int at = start;
    for (String line : lines) {
      float[] edges = new float[line.length() + 1];
      for (int i = 0; i < line.length(); i++) {
        edges[i + 1] = edges[i] + (line.charAt(i) == '~' ? GAP : LETTER);
      }
      positions.add(new Line(0, at, at + line.length(), 0, HEIGHT, edges));
      at += line.length() + 1;
    }
    return new Chunk(0, start, start + text.length(), 0, 0, List.of(), "", text, positions);
  }
}
