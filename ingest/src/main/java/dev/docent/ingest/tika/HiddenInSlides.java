package dev.docent.ingest.tika;

import dev.docent.ingest.tika.OfficeXml.Node;
import dev.docent.ingest.tika.VisibleCopy.Part;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.StartElement;

/// Everything on a hidden slide and its notes; of other slides the hidden shapes, those that lie
/// wholly beside the slide, and text of one point or less or in the colour of its shape, else of an
/// empty white slide. Where a slide, its layout or its master paint anything else, what lies under
/// a text is not known, and its colour hides nothing.
final class HiddenInSlides implements OfficeXml.Rules {
  private static final Set<String> SHAPES =
      Set.of("sp", "grpSp", "pic", "graphicFrame", "cxnSp", "contentPart", "AlternateContent");
  private static final Set<String> PAINTED =
      Set.of("pic", "graphicFrame", "blipFill", "gradFill", "pattFill");
  private static final Set<String> AREAS = Set.of("spPr", "grpSpPr", "bgPr");

  /// What holds the shapes of a slide; those in a group are placed in the group's own measure.
  private static final Set<String> LAYERS = Set.of("spTree", "Choice", "Fallback");

  private static final int SMALLEST_HUNDREDTHS = 100;
  private static final String WHITE = "ffffff";

  private final boolean hiddenSlide;
  private final Node size;
  private final String slideGround;
  private final Deque<String> grounds = new ArrayDeque<>();
  private int groups;

  private HiddenInSlides(boolean hiddenSlide, Node size, String slideGround) {
    this.hiddenSlide = hiddenSlide;
    this.size = size;
    this.slideGround = slideGround;
  }

  /// The rules for a slide; for its notes when it is hidden.
  static Optional<OfficeXml.Rules> rules(Part part, VisibleCopy document)
      throws IOException, XMLStreamException {
    Node nothing = new Node("", Map.of(), List.of());
    if (part.isA("notes")) {
      for (Part slide : document.related(part, "sld")) {
        if (isHidden(slide)) {
          return Optional.of(new HiddenInSlides(true, nothing, Colours.UNKNOWN));
        }
      }
      return Optional.empty();
    }
    Node size =
        document.trees("presentation").stream()
            .findFirst()
            .map(presentation -> presentation.child("sldSz"))
            .orElse(nothing);
    return Optional.of(new HiddenInSlides(isHidden(part), size, ground(part, document)));
  }

  private static boolean isHidden(Part slide) {
    return slide.root().map(root -> root.get("show").matches("0|false")).orElse(false);
  }

  private static String ground(Part slide, VisibleCopy document)
      throws IOException, XMLStreamException {
    List<Part> chain = new ArrayList<>(List.of(slide));
    for (Part layout : document.related(slide, "sldLayout")) {
      chain.add(layout);
      chain.addAll(document.related(layout, "sldMaster"));
    }
    for (Part part : chain) {
      Node tree = document.tree(part);
      Node map = tree.child("clrMap");
      if (paints(tree) || !map.get("bg1").isEmpty() && !map.get("bg1").equals("lt1")) {
        return Colours.UNKNOWN;
      }
    }
    return WHITE;
  }

  private static boolean paints(Node node) {
    if (PAINTED.contains(node.name())
        || AREAS.contains(node.name()) && node.find("solidFill").isPresent()
        || node.name().equals("fillRef") && !node.get("idx").equals("0")
        || node.name().equals("bgRef") && !colour(node).equals(WHITE)) {
      return true;
    }
    return node.children().stream().anyMatch(HiddenInSlides::paints);
  }

  @Override
  public boolean hides(StartElement element, OfficeXml part) throws XMLStreamException {
    String name = OfficeXml.name(element);
    if (SHAPES.contains(name)) {
      return hidesShape(element, part);
    }
    if (name.equals("r") || name.equals("fld")) {
      Node properties = part.leading(element, "rPr").child("rPr");
      return properties.find("noFill").isPresent() && properties.find("ln").isEmpty()
          || Colours.number(properties.get("sz")) <= SMALLEST_HUNDREDTHS
          || !grounds.isEmpty()
              && Colours.areSame(colour(properties.child("solidFill")), grounds.getFirst());
    }
    return false;
  }

  private boolean hidesShape(StartElement element, OfficeXml part) throws XMLStreamException {
    Node shape =
        part.leading(
            element,
            "nvSpPr",
            "nvGrpSpPr",
            "nvPicPr",
            "nvGraphicFramePr",
            "nvCxnSpPr",
            "spPr",
            "grpSpPr",
            "xfrm",
            "style");
    boolean onSlide = groups == 0 && LAYERS.contains(part.parent());
    boolean hidden =
        hiddenSlide && onSlide
            || shape.children().stream()
                .anyMatch(child -> child.child("cNvPr").get("hidden").matches("1|true"))
            || onSlide && isBesideSlide(shape);
    if (!hidden) {
      grounds.push(ground(shape));
      groups += shape.name().equals("grpSp") ? 1 : 0;
    }
    return hidden;
  }

  private boolean isBesideSlide(Node shape) {
    Node frame =
        shape
            .find("xfrm")
            .or(() -> shape.child("spPr").find("xfrm"))
            .orElse(shape.child("grpSpPr").child("xfrm"));
    double x = Colours.number(frame.child("off").get("x"));
    double y = Colours.number(frame.child("off").get("y"));
    double right = x + Colours.number(frame.child("ext").get("cx"));
    double below = y + Colours.number(frame.child("ext").get("cy"));
    boolean known = Math.max(right, below) < Double.MAX_VALUE && frame.get("rot").matches("0?");
    return known
        && (right < 0
            || below < 0
            || x >= Colours.number(size.get("cx"))
            || y >= Colours.number(size.get("cy")));
  }

  /// What lies under the text of a shape.
  private String ground(Node shape) {
    Node properties = shape.child("spPr");
    if (properties.find("solidFill").isPresent()) {
      return colour(properties.child("solidFill"));
    }
    boolean clear =
        shape.name().equals("sp")
            && List.of("blipFill", "gradFill", "pattFill", "grpFill").stream()
                .noneMatch(fill -> properties.find(fill).isPresent())
            && (properties.find("noFill").isPresent()
                || shape.child("style").child("fillRef").get("idx").matches("0?"));
    return clear ? slideGround : Colours.UNKNOWN;
  }

  /// Of a fill. What the theme calls background is white in all but dark designs, which paint it.
  private static String colour(Node fill) {
    for (Node colour : fill.children()) {
      if (!colour.children().isEmpty()) {
        return Colours.UNKNOWN; // shaded or tinted
      }
      String value = colour.get("val");
      return switch (colour.name()) {
        case "srgbClr" -> value;
        case "schemeClr" -> value.matches("bg1|lt1") ? WHITE : Colours.THEME + value;
        case "sysClr" -> colour.get("lastClr");
        default -> Colours.UNKNOWN;
      };
    }
    return Colours.UNKNOWN;
  }

  @Override
  public void ends(String name) {
    if (SHAPES.contains(name)) {
      grounds.pop();
      groups -= name.equals("grpSp") ? 1 : 0;
    }
  }
}
