package dev.docent.ingest.tika;

import dev.docent.ingest.tika.OfficeXml.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.StartElement;

/// Hidden text of a Word document: runs with the property, by themselves or by their style; runs of
/// one point or less; runs in the colour of their shading, else of the page. Where it is not known
/// what lies under a run (a text box, a table whose style shades it, a picture behind the text),
/// its colour hides nothing.
///
/// A look is what is set for a piece of text: `vanish`, `color`, `sz` and `ground`.
final class HiddenInText implements OfficeXml.Rules {
  private static final int SMALLEST_HALF_POINTS = 2;

  /// Styles refer to styles; a circle of them ends somewhere.
  private static final int MAX_CHAIN = 16;

  private final Map<String, Node> styles = new HashMap<>();
  private final Map<String, String> defaults = new HashMap<>();
  private final Deque<Map<String, String>> looks = new ArrayDeque<>();
  private boolean pictureBehind;

  /// @param sheets of styles
  /// @param onPage whether the part is the page's own text; a header's lies over who knows what
  HiddenInText(List<Node> sheets, boolean onPage) {
    this.pictureBehind = !onPage;
    for (Node sheet : sheets) {
      add(defaults, sheet.child("docDefaults").child("rPrDefault").child("rPr"));
      for (Node style : sheet.all("style")) {
        styles.putIfAbsent(style.attributes().getOrDefault("styleId", ""), style);
      }
    }
    styles.values().stream()
        .filter(style -> style.get("type").equals("paragraph") && isOn(style.get("default"), false))
        .forEach(style -> addStyle(defaults, style.attributes().getOrDefault("styleId", "")));
    looks.push(defaults);
  }

  @Override
  public boolean hides(StartElement element, OfficeXml part) throws XMLStreamException {
    switch (OfficeXml.name(element)) {
      case "background" -> defaults.put("ground", OfficeXml.attribute(element, "color"));
      case "anchor" -> pictureBehind |= isOn(OfficeXml.attribute(element, "behindDoc"), false);
      case "tbl" -> {
        Node properties = part.leading(element, "tblPr").child("tblPr");
        Map<String, String> look = open();
        if (isShaded(properties.child("tblStyle").attributes().getOrDefault("val", ""))) {
          look.put("ground", Colours.UNKNOWN);
        }
        add(look, properties);
      }
      case "tr" -> {
        Node properties = part.leading(element, "tblPrEx", "trPr").child("trPr");
        return properties
            .find("hidden")
            .filter(hidden -> isOn(hidden.get("val"), true))
            .isPresent();
      }
      case "tc" -> add(open(), part.leading(element, "tcPr").child("tcPr"));
      case "p" -> {
        Node properties = part.leading(element, "pPr").child("pPr");
        Map<String, String> look = open();
        addStyle(look, properties.child("pStyle").attributes().getOrDefault("val", ""));
        add(look, properties);
      }
      case "txbxContent" -> {
        Map<String, String> look = new HashMap<>(defaults);
        look.put("ground", Colours.UNKNOWN);
        looks.push(look);
      }
      case "r" -> {
        Node properties = part.leading(element, "rPr").child("rPr");
        Map<String, String> look = new HashMap<>(looks.getFirst());
        addStyle(look, properties.child("rStyle").attributes().getOrDefault("val", ""));
        add(look, properties);
        return isHidden(look);
      }
      default -> {}
    }
    return false;
  }

  @Override
  public void ends(String name) {
    switch (name) {
      case "tbl", "tc", "p", "txbxContent" -> looks.pop();
      default -> {}
    }
  }

  private Map<String, String> open() {
    looks.push(new HashMap<>(looks.getFirst()));
    return looks.getFirst();
  }

  private boolean isHidden(Map<String, String> look) {
    String ground = look.getOrDefault("ground", pictureBehind ? Colours.UNKNOWN : "ffffff");
    return look.containsKey("vanish")
        || Colours.number(look.getOrDefault("sz", "")) <= SMALLEST_HALF_POINTS
        || Colours.areSame(look.getOrDefault("color", ""), ground);
  }

  private void addStyle(Map<String, String> look, String id) {
    Deque<Node> chain = new ArrayDeque<>();
    for (Node style = styles.get(id);
        style != null && chain.size() < MAX_CHAIN;
        style = styles.get(style.child("basedOn").attributes().getOrDefault("val", ""))) {
      chain.push(style);
    }
    for (Node style : chain) {
      add(look, style.child("pPr"));
      add(look, style.child("rPr"));
    }
  }

  private boolean isShaded(String id) {
    Node style = styles.get(id);
    for (int i = 0; style != null && i < MAX_CHAIN; i++) {
      if (style.holds("shd")) {
        return true;
      }
      style = styles.get(style.child("basedOn").attributes().getOrDefault("val", ""));
    }
    return false;
  }

  /// What the properties of a run, a paragraph, a cell or a table set.
  private static void add(Map<String, String> look, Node properties) {
    for (Node property : properties.children()) {
      String value = property.get("val");
      switch (property.name()) {
        case "vanish" -> {
          if (isOn(value, true)) {
            look.put("vanish", value);
          } else {
            look.remove("vanish");
          }
        }
        case "textFill" -> {
          if (property.holds("noFill")) {
            look.put("vanish", value);
          }
        }
        case "color", "sz" -> look.put(property.name(), value);
        case "highlight" -> {
          if (!value.equals("none")) {
            look.put("ground", value);
          }
        }
        case "shd" -> {
          String fill = property.get("fill");
          boolean plain = value.matches("|clear|nil");
          if (!plain || !fill.isEmpty() && !fill.equals("auto")) {
            look.put("ground", plain ? fill : Colours.UNKNOWN);
          }
        }
        default -> {}
      }
    }
  }

  private static boolean isOn(String value, boolean absent) {
    return value.isEmpty() ? absent : !value.matches("0|false|off");
  }
}
