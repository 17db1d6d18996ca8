package dev.docent.ingest.tika;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.TikaMemoryLimitException;

/// An open image file, each of its pictures a page: upright, and of a size that is bounded whatever
/// the file says of itself. Text recognition reads these pages and people are shown them, so that a
/// mark lies on both at the same place.
final class ImageFile implements AutoCloseable {
  /// A4 at 300 dots per inch has 8.7 million. Larger pictures are read in every second row and
  /// column, or every third ...
  static final float MAX_PIXELS = 24e6f;

  /// A0 at 300 dots per inch has 139 million. A decoder may keep six bytes for each, outside the
  /// heap.
  private static final long MAX_PIXELS_IN_FILE = 200_000_000;

  /// A pixel, as a screen shows it.
  private static final float POINTS_PER_PIXEL = 0.75f;

  /// Scanned letters keep their edges.
  private static final float QUALITY = 0.9f;

  private final ImageInputStream in;
  private final ImageReader reader;
  private final int orientation;

  private ImageFile(ImageInputStream in, ImageReader reader, int orientation) {
    this.in = in;
    this.reader = reader;
    this.orientation = orientation;
  }

  /// @param pointsPerPixel of these pixels, in the page's points
  record Picture(BufferedImage pixels, float pointsPerPixel) {
    float width() {
      return pixels.getWidth() * pointsPerPixel;
    }

    float height() {
      return pixels.getHeight() * pointsPerPixel;
    }
  }

  /// Empty where no decoder knows the file.
  static Optional<ImageFile> open(File file) throws IOException {
    int orientation = orientation(file);
    ImageInputStream in = ImageIO.createImageInputStream(file);
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      in.close();
      return Optional.empty();
    }
    ImageReader reader = readers.next();
    reader.setInput(in);
    return Optional.of(new ImageFile(in, reader, orientation));
  }

  int pages() throws IOException {
    return reader.getNumImages(true);
  }

  /// @throws TikaException when the picture is too large to be decoded
  Picture page(int index) throws IOException, TikaException {
    long pixels = (long) reader.getWidth(index) * reader.getHeight(index);
    if (pixels > MAX_PIXELS_IN_FILE) {
      throw new TikaMemoryLimitException(pixels, MAX_PIXELS_IN_FILE);
    }
    int step = Math.max(1, (int) Math.ceil(Math.sqrt(pixels / MAX_PIXELS)));
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    BufferedImage picture = reader.read(index, parameters);
    return new Picture(upright(picture, orientation), POINTS_PER_PIXEL * step);
  }

  /// A page as a JPEG on white.
  byte[] jpeg(int index) throws IOException, TikaException {
    BufferedImage page = page(index).pixels();
    var opaque = new BufferedImage(page.getWidth(), page.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = opaque.createGraphics();
    canvas.drawImage(page, 0, 0, Color.WHITE, null);
    canvas.dispose();
    var bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(opaque, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /// How the camera was held: Exif 2.32, tag 0x0112; 1 is upright.
  private static int orientation(File file) throws IOException {
    try {
      Metadata metadata = ImageMetadataReader.readMetadata(file);
      var directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer told =
          directory == null ? null : directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
      return Objects.requireNonNullElse(told, 1);
    } catch (ImageProcessingException e) {
      // what cannot be understood beside the picture says nothing about it
      return 1;
    }
  }

  private static BufferedImage upright(BufferedImage picture, int orientation) {
    if (orientation < 2 || orientation > 8) {
      return picture;
    }
    int width = picture.getWidth();
    int height = picture.getHeight();
    boolean sideways = orientation >= 5;
    int turnedWidth = sideways ? height : width;
    int turnedHeight = sideways ? width : height;
    // Column by column: where the picture's x goes, where its y goes, and from where both count.
    var turn =
        switch (orientation) {
          case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
          case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
          case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
          case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
          case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
          case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
          default -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    var turned = new BufferedImage(turnedWidth, turnedHeight, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = turned.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, turnedWidth, turnedHeight);
    canvas.drawImage(picture, turn, null);
    canvas.dispose();
    return turned;
  }

  @Override
  public void close() throws IOException {
    reader.dispose();
    in.close();
  }
}
