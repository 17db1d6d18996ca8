package dev.docent.ingest;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A [ParsedDocument] as bytes, to be kept. The same document gives the same bytes.
///
/// | bytes | meaning |
/// |---|---|
/// | 4 | `DPD` and the version, 4 |
/// | rest | gzip of the fields in the order of their declaration |
///
/// Numbers are variable-length (7 bits a byte, lowest first), signed ones zigzag; offsets count
/// from the element before. Strings are UTF-8 after their length; parsers leave no lone surrogates.
/// A line's edges are differences in 64ths of a point where that is exact, else 32-bit floats.
public final class ParsedDocumentCodec {
  /// Raised when the format changes, and when parsers make another text, structure or title of the
  /// same bytes: what is kept under an older one is not what would be made of them now.
  public static final int VERSION = 4;

  // Of versions since then the format is the same.
  private static final int OLDEST_READABLE = 2;

  private static final byte[] MAGIC = {'D', 'P', 'D'};

  /// A line's edges and positions are multiples of this part of a point when they come from a
  /// parser: finer than any screen or printer, and short to write.
  public static final int PARTS_PER_POINT = 64;

  private ParsedDocumentCodec() {}

  /// Writes and leaves `out` open.
  public static void write(ParsedDocument document, OutputStream out) throws IOException {
    out.write(MAGIC);
    out.write(VERSION);
    var gzip = new GZIPOutputStream(out, 1 << 16);
    var data = new DataOutputStream(gzip);
    string(data, document.mediaType());
    string(data, document.title().orElse(""));
    string(data, document.date().map(LocalDate::toString).orElse(""));
    string(data, document.text());
    number(data, document.notices().size());
    for (Notice notice : inOrder(document.notices())) {
      string(data, notice.name());
    }
    pages(data, document.pages());
    blocks(data, document.blocks());
    lines(data, document.lines());
    data.flush();
    gzip.finish();
  }

  /// Whether what was written under a version can be read.
  public static boolean reads(int version) {
    return version >= OLDEST_READABLE && version <= VERSION;
  }

  /// Reads one document to the end of `in`.
  ///
  /// @throws IOException when the bytes are not one, or of a version that cannot be read
  public static ParsedDocument read(InputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC) || !reads(in.read())) {
      throw new IOException("not a parsed document of version " + VERSION);
    }
    var data = new DataInputStream(new BufferedInputStream(new GZIPInputStream(in, 1 << 16)));
    try {
      String mediaType = string(data);
      String title = string(data);
      String date = string(data);
      String text = string(data);
      Set<Notice> notices = EnumSet.noneOf(Notice.class);
      for (int i = count(data); i > 0; i--) {
        notices.add(Notice.valueOf(string(data)));
      }
      return new ParsedDocument(
          mediaType,
          title.isEmpty() ? Optional.empty() : Optional.of(title),
          date.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(date)),
          text,
          pages(data),
          blocks(data),
          lines(data),
          notices);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IOException("not a parsed document", e);
    }
  }

  private static void pages(DataOutputStream data, List<Page> pages) throws IOException {
    number(data, pages.size());
    int at = 0;
    for (Page page : pages) {
      number(data, page.index());
      string(data, page.kind().name());
      string(data, page.label());
      number(data, page.start() - at);
      number(data, page.end() - page.start());
      data.writeFloat(page.width());
      data.writeFloat(page.height());
      at = page.end();
    }
  }

  private static List<Page> pages(DataInputStream data) throws IOException {
    List<Page> pages = new ArrayList<>();
    int at = 0;
    for (int i = count(data); i > 0; i--) {
      int index = number(data);
      PageKind kind = PageKind.valueOf(string(data));
      String label = string(data);
      int start = at + number(data);
      at = start + number(data);
      pages.add(new Page(index, kind, label, start, at, data.readFloat(), data.readFloat()));
    }
    return pages;
  }

  private static void blocks(DataOutputStream data, List<Block> blocks) throws IOException {
    number(data, blocks.size());
    int at = 0;
    for (Block block : blocks) {
      data.writeByte(code(block.kind()));
      number(data, block.level());
      number(data, block.start() - at);
      number(data, block.end() - block.start());
      number(data, block.page());
      at = block.end();
    }
  }

  private static List<Block> blocks(DataInputStream data) throws IOException {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    for (int i = count(data); i > 0; i--) {
      BlockKind kind = kind(data.readByte());
      int level = number(data);
      int start = at + number(data);
      at = start + number(data);
      blocks.add(new Block(kind, level, start, at, number(data)));
    }
    return blocks;
  }

  private static void lines(DataOutputStream data, List<Line> lines) throws IOException {
    number(data, lines.size());
    int at = 0;
    for (Line line : lines) {
      number(data, line.page());
      signed(data, line.start() - at);
      number(data, line.end() - line.start());
      data.writeFloat(line.y());
      data.writeFloat(line.height());
      edges(data, line.edges());
      at = line.end();
    }
  }

  private static List<Line> lines(DataInputStream data) throws IOException {
    List<Line> lines = new ArrayList<>();
    int at = 0;
    for (int i = count(data); i > 0; i--) {
      int page = number(data);
      int start = at + signed(data);
      at = start + number(data);
      float y = data.readFloat();
      float height = data.readFloat();
      lines.add(new Line(page, start, at, y, height, edges(data, at - start + 1)));
    }
    return lines;
  }

  private static void edges(DataOutputStream data, float[] edges) throws IOException {
    boolean exact = true;
    for (float edge : edges) {
      float parts = edge * PARTS_PER_POINT;
      exact &= parts == Math.rint(parts) && Math.abs(parts) < 1 << 24;
    }
    data.writeBoolean(exact);
    int before = 0;
    for (float edge : edges) {
      if (exact) {
        int parts = (int) (edge * PARTS_PER_POINT);
        signed(data, parts - before);
        before = parts;
      } else {
        data.writeFloat(edge);
      }
    }
  }

  private static float[] edges(DataInputStream data, int count) throws IOException {
    boolean exact = data.readBoolean();
    float[] edges = new float[count];
    int parts = 0;
    for (int i = 0; i < count; i++) {
      if (exact) {
        parts += signed(data);
        edges[i] = parts / (float) PARTS_PER_POINT;
      } else {
        edges[i] = data.readFloat();
      }
    }
    return edges;
  }

  private static int code(BlockKind kind) {
    return switch (kind) {
      case HEADING -> 1;
      case PARAGRAPH -> 2;
      case LIST_ITEM -> 3;
      case TABLE_HEADER -> 4;
      case TABLE_ROW -> 5;
      case BOILERPLATE -> 6;
    };
  }

  private static BlockKind kind(int code) throws IOException {
    for (BlockKind kind : BlockKind.values()) {
      if (code(kind) == code) {
        return kind;
      }
    }
    throw new IOException("no kind of block has code " + code);
  }

  private static EnumSet<Notice> inOrder(Set<Notice> notices) {
    EnumSet<Notice> sorted = EnumSet.noneOf(Notice.class);
    sorted.addAll(notices);
    return sorted;
  }

  private static void string(DataOutputStream data, String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(data, bytes.length);
    data.write(bytes);
  }

  private static String string(DataInputStream data) throws IOException {
    int length = count(data);
    byte[] bytes = data.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("cut off");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int count(DataInputStream data) throws IOException {
    int count = number(data);
    if (count < 0) {
      throw new IOException("negative count");
    }
    return count;
  }

  private static void number(DataOutputStream data, int value) throws IOException {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      data.writeByte(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    data.writeByte(rest);
  }

  private static int number(DataInputStream data) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = data.readUnsignedByte();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("number too long");
  }

  private static void signed(DataOutputStream data, int value) throws IOException {
    number(data, value << 1 ^ value >> 31);
  }

  private static int signed(DataInputStream data) throws IOException {
    int zigzag = number(data);
    return zigzag >>> 1 ^ -(zigzag & 1);
  }
}
