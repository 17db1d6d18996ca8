package dev.docent.ingest.tika;

import dev.docent.ingest.tika.OfficeXml.Node;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.events.StartElement;

/// Hidden sheets of a workbook, and of a sheet its hidden rows and columns, cells whose number
/// format shows nothing, and cells whose text has the colour of their own fill.
final class HiddenInSheets implements OfficeXml.Rules {
  private static final int MAX_COLUMNS = 16_384;
  private static final Pattern COLUMN = Pattern.compile("([a-z]{1,3})\\d+");

  private final BitSet blankStyles = new BitSet();
  private final BitSet hiddenColumns = new BitSet();
  private int column;

  /// @param sheets of styles
  HiddenInSheets(List<Node> sheets) {
    for (Node sheet : sheets) {
      Map<String, String> formats = new HashMap<>();
      for (Node format : sheet.child("numFmts").all("numFmt")) {
        formats.put(format.get("numFmtId"), format.get("formatCode"));
      }
      List<Node> fonts = sheet.child("fonts").all("font");
      List<Node> fills = sheet.child("fills").all("fill");
      List<Node> cells = sheet.child("cellXfs").all("xf");
      for (int i = 0; i < cells.size(); i++) {
        Node cell = cells.get(i);
        String format = formats.getOrDefault(cell.get("numFmtId"), "");
        boolean blank = format.replaceAll("\\[[^\\]]*\\]|\\s|\"\"", "").equals(";;;");
        if (blank || isColourOfFill(at(fonts, cell.get("fontId")), at(fills, cell.get("fillId")))) {
          blankStyles.set(i);
        }
      }
    }
  }

  private static Node at(List<Node> nodes, String index) {
    boolean known = index.matches("\\d{1,6}") && Integer.parseInt(index) < nodes.size();
    return known ? nodes.get(Integer.parseInt(index)) : new Node("", Map.of(), List.of());
  }

  private static boolean isColourOfFill(Node font, Node fill) {
    Node pattern = fill.child("patternFill");
    Map<String, String> colour = font.child("color").attributes();
    return pattern.get("patternType").equals("solid")
        && !colour.isEmpty()
        && !colour.containsKey("auto")
        && colour.equals(pattern.child("fgColor").attributes());
  }

  @Override
  public boolean hides(StartElement element, OfficeXml part) {
    return switch (OfficeXml.name(element)) {
      case "sheet" -> OfficeXml.attribute(element, "state").endsWith("hidden");
      case "col" -> {
        if (isNothing(element, "hidden", "width")) {
          hide(OfficeXml.attribute(element, "min"), OfficeXml.attribute(element, "max"));
        }
        yield false;
      }
      case "row" -> {
        column = 0;
        yield isNothing(element, "hidden", "ht");
      }
      case "c" -> {
        column = column(OfficeXml.attribute(element, "r"));
        String style = OfficeXml.attribute(element, "s");
        boolean blank = style.matches("\\d{1,6}") && blankStyles.get(Integer.parseInt(style));
        yield blank || hiddenColumns.get(column);
      }
      default -> false;
    };
  }

  private static boolean isNothing(StartElement element, String hidden, String measure) {
    return OfficeXml.attribute(element, hidden).matches("1|true")
        || Colours.number(OfficeXml.attribute(element, measure)) == 0;
  }

  private void hide(String first, String last) {
    if (first.matches("\\d{1,5}") && last.matches("\\d{1,5}")) {
      int end = Math.min(MAX_COLUMNS, Integer.parseInt(last));
      hiddenColumns.set(Math.min(end, Integer.parseInt(first)), end + 1);
    }
  }

  /// The number of a cell's column, from 1; one that does not name itself follows the last.
  private int column(String reference) {
    Matcher letters = COLUMN.matcher(reference);
    if (!letters.matches()) {
      return column + 1;
    }
    int number = 0;
    for (char letter : letters.group(1).toCharArray()) {
      number = number * 26 + letter - 'a' + 1;
    }
    return number;
  }
}
