package dev.docent.ingest.tika;

import dev.docent.ingest.tika.OfficeXml.Node;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.events.StartElement;

/// Hidden text, sections, sheets, rows, columns and slides of an OpenDocument file, text of one
/// point or less, and text in the colour of what lies under it, where that is known: on a page or
/// sheet, in a cell or paragraph with a background, but not in a frame or on a slide.
final class HiddenInOpenDocument implements OfficeXml.Rules {
  private static final int MAX_CHAIN = 16;
  private static final int MAX_COLUMNS = 16_384;
  private static final String GROUND = "background-color";

  /// The families of styles by the elements that name them.
  private static final Map<String, String> FAMILIES =
      Map.of(
          "p", "paragraph",
          "h", "paragraph",
          "span", "text",
          "a", "text",
          "table", "table",
          "table-row", "table-row",
          "table-cell", "table-cell",
          "page", "drawing-page");

  private static final Set<String> FRAMES =
      Set.of("text-box", "custom-shape", "presentation", "drawing", "document-styles");

  private final Map<String, Node> styles = new HashMap<>();
  private final Deque<Map<String, String>> looks = new ArrayDeque<>();
  private final Deque<Columns> tables = new ArrayDeque<>();

  /// Which columns of a table are hidden, and where in a row the reading is.
  private static final class Columns {
    private final BitSet hidden = new BitSet();
    private int defined;
    private int at;
  }

  HiddenInOpenDocument(List<Node> parts) {
    Map<String, String> page = new HashMap<>(Map.of(GROUND, "#ffffff"));
    for (Node part : parts) {
      for (Node sheet : List.of(part.child("styles"), part.child("automatic-styles"))) {
        sheet.all("style").forEach(style -> styles.put(key(style), style));
        sheet.all("default-style").stream()
            .filter(style -> style.get("family").equals("paragraph"))
            .forEach(style -> add(page, style));
        for (Node layout : sheet.all("page-layout")) {
          Node properties = layout.child("page-layout-properties");
          if (!properties.get(GROUND).matches("|transparent|#ffffff")
              || properties.holds("background-image")) {
            page.put(GROUND, Colours.UNKNOWN);
          }
        }
      }
    }
    looks.push(page);
  }

  private static String key(Node style) {
    return style.get("family") + '/' + style.get("name");
  }

  @Override
  public boolean hides(StartElement element, OfficeXml part) {
    String name = OfficeXml.name(element);
    boolean framed = FRAMES.contains(name);
    boolean styled = FAMILIES.containsKey(name);
    Map<String, String> look =
        framed || styled ? new HashMap<>(looks.getFirst()) : looks.getFirst();
    if (styled) {
      addStyle(look, FAMILIES.get(name) + '/' + OfficeXml.attribute(element, "style-name"));
    }
    if (isHidden(name, element, look)) {
      return true;
    }
    if (framed) {
      look.put(GROUND, Colours.UNKNOWN);
    }
    if (framed || styled) {
      looks.push(look);
    }
    if (name.equals("table")) {
      tables.push(new Columns());
    }
    return false;
  }

  private boolean isHidden(String name, StartElement element, Map<String, String> look) {
    return switch (name) {
      case "table" -> look.getOrDefault("display", "").equals("false");
      case "page" -> look.getOrDefault("visibility", "").equals("hidden");
      case "section" -> OfficeXml.attribute(element, "display").equals("none");
      case "hidden-text" -> !OfficeXml.attribute(element, "is-hidden").equals("false");
      case "table-column" -> {
        column(element);
        yield false;
      }
      case "table-row" -> {
        if (!tables.isEmpty()) {
          tables.getFirst().at = 0;
        }
        yield isCollapsed(element);
      }
      case "table-cell", "covered-table-cell" -> isInHiddenColumn(element);
      default -> false;
    };
  }

  private static boolean isCollapsed(StartElement element) {
    return OfficeXml.attribute(element, "visibility").matches("collapse|filter");
  }

  private void column(StartElement element) {
    if (!tables.isEmpty()) {
      Columns columns = tables.getFirst();
      int end = Math.min(MAX_COLUMNS, columns.defined + repeated(element));
      if (isCollapsed(element)) {
        columns.hidden.set(columns.defined, end);
      }
      columns.defined = end;
    }
  }

  private boolean isInHiddenColumn(StartElement element) {
    if (tables.isEmpty()) {
      return false;
    }
    Columns columns = tables.getFirst();
    int start = columns.at;
    columns.at = Math.min(MAX_COLUMNS, start + repeated(element));
    return columns.hidden.nextClearBit(start) >= columns.at && columns.at > start;
  }

  private static int repeated(StartElement element) {
    String count = OfficeXml.attribute(element, "number-columns-repeated");
    return count.matches("\\d{1,6}") ? Integer.parseInt(count) : 1;
  }

  @Override
  public void ends(String name) {
    if (FAMILIES.containsKey(name) || FRAMES.contains(name)) {
      looks.pop();
    }
    if (name.equals("table")) {
      tables.pop();
    }
  }

  @Override
  public boolean hidesText() {
    Map<String, String> look = looks.getFirst();
    String size = look.getOrDefault("font-size", "");
    return look.getOrDefault("display", "").equals("none")
        || size.endsWith("pt") && Colours.number(size) <= 1
        || Colours.areSame(look.getOrDefault("color", ""), look.getOrDefault(GROUND, ""));
  }

  private void addStyle(Map<String, String> look, String key) {
    Deque<Node> chain = new ArrayDeque<>();
    for (Node style = styles.get(key);
        style != null && chain.size() < MAX_CHAIN;
        style = styles.get(style.get("family") + '/' + style.get("parent-style-name"))) {
      chain.push(style);
    }
    chain.forEach(style -> add(look, style));
  }

  private static void add(Map<String, String> look, Node style) {
    for (Node properties : style.children()) {
      for (String name : List.of("color", "font-size", "display", "visibility", GROUND)) {
        String value = properties.get(name);
        if (!value.isEmpty() && !value.equals("transparent")) {
          look.put(name, value);
        }
      }
      if (properties.get("use-window-font-color").equals("true")) {
        look.remove("color");
      }
    }
  }
}
