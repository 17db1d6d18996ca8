package dev.docent.ingest.tika;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.Writer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingColor;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingColorN;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingColorSpace;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingDeviceCMYKColor;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingDeviceGrayColor;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingDeviceRGBColor;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/// The glyphs of a PDF's pages that a reader can see, page after page, with their places.
///
/// Left out as hidden: text painted in the colour of what lies under it, text in the invisible mode
/// unless a picture lies under it (the text layer of a scan), text smaller than a point, text off
/// the page.
final class PdfGlyphs extends PDFTextStripper {
  private static final float SMALLEST_POINTS = 1f;

  /// How far two colours' components may differ and still look the same.
  private static final int SAME_COLOUR = 12;

  private static final int WHITE = 0xffffff;

  private final Pages pages;
  private final List<Fill> fills = new ArrayList<>();
  private final Set<Integer> fillColours = new HashSet<>();
  private final List<Rectangle2D> pictures = new ArrayList<>();
  private boolean shaded;
  private final Map<PDFont, Boolean> bold = new HashMap<>();
  private Rectangle2D path = new Rectangle2D.Float(0, 0, -1, -1);
  private PDRectangle crop = new PDRectangle();
  private int rotation;
  private int hiddenLetters;
  private PDColor lastColour = new PDColor(new float[] {0}, null);
  private int lastRgb;

  /// A glyph on the page as displayed: origin top left, y down.
  ///
  /// @param direction of the writing, degrees clockwise from left-to-right: 0, 90, 180, 270
  /// @param left where it begins along its direction, in the page turned so that it reads upright
  /// @param baseline likewise, from the top
  record Glyph(
      String text,
      int direction,
      float left,
      float right,
      float baseline,
      float size,
      float spaceWidth,
      boolean bold) {}

  /// What is seen of a page.
  ///
  /// @param width as displayed
  /// @param picturePart part of the page that the largest picture covers, 0 to 1
  record SeenPage(
      int index,
      float width,
      float height,
      List<Glyph> glyphs,
      double picturePart,
      int hiddenLetters) {}

  /// Takes the pages in order.
  interface Pages {
    void page(SeenPage page, PDPage source) throws IOException;

    void unreadable(int index, PDPage source);
  }

  private record Fill(Rectangle2D box, int rgb) {}

  PdfGlyphs(Pages pages, int maxPages) {
    this.pages = pages;
    setEndPage(maxPages);
    setSuppressDuplicateOverlappingText(true);
    setShouldSeparateByBeads(false);
    addOperator(new SetNonStrokingColorSpace(this));
    addOperator(new SetNonStrokingColor(this));
    addOperator(new SetNonStrokingColorN(this));
    addOperator(new SetNonStrokingDeviceGrayColor(this));
    addOperator(new SetNonStrokingDeviceRGBColor(this));
    addOperator(new SetNonStrokingDeviceCMYKColor(this));
  }

  void read(PDDocument document) throws IOException {
    writeText(document, Writer.nullWriter());
  }

  @Override
  public void processPage(PDPage page) throws IOException {
    int index = getCurrentPageNo() - 1;
    fills.clear();
    fillColours.clear();
    pictures.clear();
    hiddenLetters = 0;
    shaded = false;
    crop = page.getCropBox();
    rotation = Math.floorMod(page.getRotation(), 360);
    boolean turned = rotation % 180 != 0;
    float width = turned ? crop.getHeight() : crop.getWidth();
    float height = turned ? crop.getWidth() : crop.getHeight();
    charactersByArticle.clear();
    try {
      super.processPage(page);
    } catch (IOException | RuntimeException e) {
      if (e instanceof Reading.LimitException) {
        throw e;
      }
      pages.unreadable(index, page);
    }
    List<Glyph> glyphs = new ArrayList<>();
    charactersByArticle.forEach(article -> article.forEach(text -> add(text, glyphs)));
    pages.page(new SeenPage(index, width, height, glyphs, picturePart(), hiddenLetters), page);
  }

  @Override
  protected void writePage() {
    // the glyphs are taken from charactersByArticle
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    switch (operator.getName()) {
      case "re" -> rectangle(operands);
      case "m", "l" -> point(operands, 0);
      case "c" -> {
        point(operands, 0);
        point(operands, 2);
        point(operands, 4);
      }
      case "v", "y" -> {
        point(operands, 0);
        point(operands, 2);
      }
      case "f", "F", "f*", "B", "B*", "b", "b*" -> {
        fill();
        path = new Rectangle2D.Float(0, 0, -1, -1);
      }
      case "n", "S", "s" -> path = new Rectangle2D.Float(0, 0, -1, -1);
      case "Do" -> picture(operands);
      // a shading's colours are not looked at: anything on it may be seen
      case "sh" -> shaded = true;
      case "BI" -> pictures.add(unitSquare());
      default -> {}
    }
    super.processOperator(operator, operands);
  }

  private void rectangle(List<COSBase> operands) {
    if (operands.size() >= 4
        && operands.get(0) instanceof COSNumber x
        && operands.get(1) instanceof COSNumber y
        && operands.get(2) instanceof COSNumber width
        && operands.get(3) instanceof COSNumber height) {
      extend(x.floatValue(), y.floatValue());
      extend(x.floatValue() + width.floatValue(), y.floatValue() + height.floatValue());
    }
  }

  private void point(List<COSBase> operands, int at) {
    if (operands.size() > at + 1
        && operands.get(at) instanceof COSNumber x
        && operands.get(at + 1) instanceof COSNumber y) {
      extend(x.floatValue(), y.floatValue());
    }
  }

  private void extend(float x, float y) {
    Point2D.Float point = transformedPoint(x, y);
    float px = point.x - crop.getLowerLeftX();
    float py = point.y - crop.getLowerLeftY();
    if (path.getWidth() < 0) {
      path = new Rectangle2D.Float(px, py, 0, 0);
    } else {
      path.add(px, py);
    }
  }

  private void fill() {
    if (path.getWidth() > 0 && path.getHeight() > 0) {
      int rgb = colour();
      fills.add(new Fill(path, rgb));
      fillColours.add(rgb);
    }
  }

  private void picture(List<COSBase> operands) throws IOException {
    if (!operands.isEmpty()
        && operands.getFirst() instanceof COSName name
        && getResources() != null
        && getResources().isImageXObject(name)
        && getResources().getXObject(name) instanceof PDImageXObject) {
      pictures.add(unitSquare());
    }
  }

  private Rectangle2D unitSquare() {
    return onPage(new Rectangle2D.Float(0, 0, 1, 1));
  }

  private Rectangle2D onPage(Rectangle2D box) {
    Matrix matrix = getGraphicsState().getCurrentTransformationMatrix();
    Rectangle2D user = matrix.createAffineTransform().createTransformedShape(box).getBounds2D();
    return new Rectangle2D.Double(
        user.getX() - crop.getLowerLeftX(),
        user.getY() - crop.getLowerLeftY(),
        user.getWidth(),
        user.getHeight());
  }

  private double picturePart() {
    Rectangle2D page = new Rectangle2D.Float(0, 0, crop.getWidth(), crop.getHeight());
    double area = page.getWidth() * page.getHeight();
    double largest = 0;
    for (Rectangle2D picture : pictures) {
      Rectangle2D seen = picture.createIntersection(page);
      if (seen.getWidth() > 0 && seen.getHeight() > 0) {
        largest = Math.max(largest, seen.getWidth() * seen.getHeight());
      }
    }
    return area > 0 ? largest / area : 0;
  }

  @Override
  protected void processTextPosition(TextPosition text) {
    if (isVisible(text)) {
      super.processTextPosition(text);
    } else {
      hiddenLetters += (int) text.getUnicode().codePoints().filter(Character::isLetter).count();
    }
  }

  private boolean isVisible(TextPosition text) {
    Matrix matrix = text.getTextMatrix();
    float x = (matrix.getTranslateX() + text.getEndX()) / 2;
    float y = (matrix.getTranslateY() + text.getEndY()) / 2;
    float size = size(text);
    if (x < 0 || y < -size || x > crop.getWidth() || y > crop.getHeight()) {
      return false;
    }
    if (size < SMALLEST_POINTS) {
      return false;
    }
    RenderingMode mode = getGraphicsState().getTextState().getRenderingMode();
    if (mode == RenderingMode.NEITHER || mode == RenderingMode.NEITHER_CLIP) {
      return onPicture(x, y);
    }
    return !mode.isFill() || !paintedOnItsOwnColour(x, y);
  }

  private boolean paintedOnItsOwnColour(float x, float y) {
    int rgb = colour();
    boolean white = same(rgb, WHITE);
    if (!white && fillColours.stream().noneMatch(fill -> same(fill, rgb))) {
      return false;
    }
    if (shaded || onPicture(x, y)) {
      return false;
    }
    for (int i = fills.size() - 1; i >= 0; i--) {
      if (fills.get(i).box().contains(x, y)) {
        return same(fills.get(i).rgb(), rgb);
      }
    }
    return white;
  }

  private boolean onPicture(float x, float y) {
    return pictures.stream().anyMatch(picture -> picture.contains(x, y));
  }

  /// The present fill colour; a pattern or a colour space that cannot be computed counts as a grey
  /// that equals nothing.
  private int colour() {
    PDColor colour = getGraphicsState().getNonStrokingColor();
    if (colour != lastColour) {
      lastColour = colour;
      try {
        lastRgb = colour.isPattern() ? -1 : colour.toRGB();
      } catch (IOException | RuntimeException e) {
        lastRgb = -1;
      }
    }
    return lastRgb;
  }

  private static boolean same(int one, int other) {
    return one >= 0
        && other >= 0
        && Math.abs((one >> 16 & 255) - (other >> 16 & 255)) <= SAME_COLOUR
        && Math.abs((one >> 8 & 255) - (other >> 8 & 255)) <= SAME_COLOUR
        && Math.abs((one & 255) - (other & 255)) <= SAME_COLOUR;
  }

  private void add(TextPosition text, List<Glyph> glyphs) {
    String shown = Characters.visible(composed(text.getUnicode())).replace('\n', ' ');
    if (shown.isEmpty()) {
      return;
    }
    Matrix matrix = text.getTextMatrix();
    float[] start = displayed(matrix.getTranslateX(), matrix.getTranslateY());
    float[] end = displayed(text.getEndX(), text.getEndY());
    float dx = end[0] - start[0];
    float dy = end[1] - start[1];
    if (dx == 0 && dy == 0) {
      return;
    }
    int direction = Math.abs(dx) >= Math.abs(dy) ? (dx >= 0 ? 0 : 180) : (dy >= 0 ? 90 : 270);
    float from = along(start, direction);
    float to = along(end, direction);
    glyphs.add(
        new Glyph(
            shown,
            direction,
            Math.min(from, to),
            Math.max(from, to),
            across(start, direction),
            size(text),
            text.getWidthOfSpace(),
            bold.computeIfAbsent(text.getFont(), PdfGlyphs::isBold)));
  }

  /// Ligatures and presentation forms as the letters they stand for.
  private static String composed(String unicode) {
    boolean presentation =
        unicode.codePoints().anyMatch(c -> c >= 0xfb00 && c <= 0xfdff || c >= 0xfe70);
    return Normalizer.normalize(unicode, presentation ? Normalizer.Form.NFKC : Normalizer.Form.NFC);
  }

  private static float size(TextPosition text) {
    Matrix matrix = text.getTextMatrix();
    float size = (float) Math.hypot(matrix.getShearX(), matrix.getScaleY());
    // a Type 3 font has a scale of its own
    return size < SMALLEST_POINTS && text.getHeight() > SMALLEST_POINTS
        ? text.getHeight() * 1.3f
        : size;
  }

  private float[] displayed(float x, float y) {
    return switch (rotation) {
      case 90 -> new float[] {y, x};
      case 180 -> new float[] {crop.getWidth() - x, y};
      case 270 -> new float[] {crop.getHeight() - y, crop.getWidth() - x};
      default -> new float[] {x, crop.getHeight() - y};
    };
  }

  private static float along(float[] point, int direction) {
    return switch (direction) {
      case 90 -> point[1];
      case 180 -> -point[0];
      case 270 -> -point[1];
      default -> point[0];
    };
  }

  private static float across(float[] point, int direction) {
    return switch (direction) {
      case 90 -> -point[0];
      case 180 -> -point[1];
      case 270 -> point[0];
      default -> point[1];
    };
  }

  private static boolean isBold(PDFont font) {
    String name = String.valueOf(font.getName()).toLowerCase(Locale.ROOT);
    if (name.matches(".*(?:bold|black|heavy|semibold|demi).*")) {
      return true;
    }
    PDFontDescriptor descriptor = font.getFontDescriptor();
    return descriptor != null && (descriptor.isForceBold() || descriptor.getFontWeight() >= 600);
  }
}
