package dev.docent.index;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Line;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;

/// The bytes in which documents and passages are stored. Lengths and offsets are variable-length
/// integers, each relative to the one before; edges of letters are hundredths of a point, finer
/// than any screen or printer shows, at about one and a half bytes a letter.
final class StoredForm {
  private static final PageKind[] PAGE_KINDS = PageKind.values();
  private static final float EDGE_UNITS_PER_POINT = 100;

  private StoredForm() {}

  static BytesRef of(IndexedDocument document) throws IOException {
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    writeId(out, document.id().value());
    out.writeString(document.revision());
    writeId(out, document.collection().value());
    List<GroupId> readers = document.readers().stream().sorted().toList();
    out.writeVInt(readers.size());
    for (GroupId reader : readers) {
      out.writeString(reader.value());
    }
    out.writeString(document.title());
    out.writeString(document.path());
    out.writeString(document.mediaType());
    out.writeString(document.date().map(LocalDate::toString).orElse(""));
    return new BytesRef(out.toArrayCopy());
  }

  static IndexedDocument document(BytesRef bytes) throws IOException {
    ByteArrayDataInput in = input(bytes);
    DocumentId id = new DocumentId(readId(in));
    String revision = in.readString();
    CollectionId collection = new CollectionId(readId(in));
    int count = in.readVInt();
    Set<GroupId> readers = new HashSet<>();
    for (int i = 0; i < count; i++) {
      readers.add(new GroupId(in.readString()));
    }
    return new IndexedDocument(
        id,
        revision,
        collection,
        readers,
        in.readString(),
        in.readString(),
        in.readString(),
        Optional.of(in.readString()).filter(day -> !day.isEmpty()).map(LocalDate::parse));
  }

  /// A passage and those of the document's pages that it touches.
  static BytesRef of(Chunk chunk, List<Page> pages) throws IOException {
    ByteBuffersDataOutput out = new ByteBuffersDataOutput();
    out.writeVInt(chunk.ordinal());
    out.writeVInt(chunk.start());
    out.writeVInt(chunk.firstPage());
    out.writeVInt(chunk.lastPage() - chunk.firstPage());
    writeStrings(out, chunk.headings());
    out.writeString(chunk.context());
    out.writeString(chunk.text());
    out.writeVInt(chunk.lastPage() - chunk.firstPage() + 1);
    for (Page page : pages.subList(chunk.firstPage(), chunk.lastPage() + 1)) {
      out.writeVInt(page.index());
      out.writeByte((byte) page.kind().ordinal());
      out.writeString(page.label());
      out.writeVInt(page.start());
      out.writeVInt(page.end() - page.start());
      out.writeInt(Float.floatToRawIntBits(page.width()));
      out.writeInt(Float.floatToRawIntBits(page.height()));
    }
    out.writeVInt(chunk.lines().size());
    int previous = chunk.start();
    for (Line line : chunk.lines()) {
      writeLine(out, line, previous);
      previous = line.start();
    }
    return new BytesRef(out.toArrayCopy());
  }

  static IndexedChunk passage(IndexedDocument document, BytesRef bytes) throws IOException {
    ByteArrayDataInput in = input(bytes);
    int ordinal = in.readVInt();
    int start = in.readVInt();
    int firstPage = in.readVInt();
    int lastPage = firstPage + in.readVInt();
    List<String> headings = readStrings(in);
    String context = in.readString();
    String text = in.readString();
    int pageCount = in.readVInt();
    List<Page> pages = new ArrayList<>(pageCount);
    for (int i = 0; i < pageCount; i++) {
      int index = in.readVInt();
      PageKind kind = PAGE_KINDS[in.readByte()];
      String label = in.readString();
      int pageStart = in.readVInt();
      int pageEnd = pageStart + in.readVInt();
      float width = Float.intBitsToFloat(in.readInt());
      float height = Float.intBitsToFloat(in.readInt());
      pages.add(new Page(index, kind, label, pageStart, pageEnd, width, height));
    }
    int lineCount = in.readVInt();
    List<Line> lines = new ArrayList<>(lineCount);
    int previous = start;
    for (int i = 0; i < lineCount; i++) {
      Line line = readLine(in, previous);
      lines.add(line);
      previous = line.start();
    }
    Chunk chunk =
        new Chunk(
            ordinal,
            start,
            start + text.length(),
            firstPage,
            lastPage,
            headings,
            context,
            text,
            lines);
    return new IndexedChunk(document, chunk, pages);
  }

  private static void writeLine(ByteBuffersDataOutput out, Line line, int previous)
      throws IOException {
    out.writeVInt(line.page());
    out.writeZInt(line.start() - previous);
    out.writeVInt(line.end() - line.start());
    out.writeInt(Float.floatToRawIntBits(line.y()));
    out.writeInt(Float.floatToRawIntBits(line.height()));
    int before = 0;
    for (float edge : line.edges()) {
      int units = Math.round(edge * EDGE_UNITS_PER_POINT);
      out.writeZInt(units - before);
      before = units;
    }
  }

  private static Line readLine(ByteArrayDataInput in, int previous) throws IOException {
    int page = in.readVInt();
    int start = previous + in.readZInt();
    int length = in.readVInt();
    float y = Float.intBitsToFloat(in.readInt());
    float height = Float.intBitsToFloat(in.readInt());
    float[] edges = new float[length + 1];
    int units = 0;
    for (int i = 0; i <= length; i++) {
      units += in.readZInt();
      edges[i] = units / EDGE_UNITS_PER_POINT;
    }
    return new Line(page, start, start + length, y, height, edges);
  }

  private static void writeStrings(ByteBuffersDataOutput out, List<String> strings)
      throws IOException {
    out.writeVInt(strings.size());
    for (String string : strings) {
      out.writeString(string);
    }
  }

  private static List<String> readStrings(ByteArrayDataInput in) throws IOException {
    int count = in.readVInt();
    List<String> strings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      strings.add(in.readString());
    }
    return strings;
  }

  private static void writeId(ByteBuffersDataOutput out, UUID id) {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static UUID readId(ByteArrayDataInput in) {
    return new UUID(in.readLong(), in.readLong());
  }

  private static ByteArrayDataInput input(BytesRef bytes) {
    return new ByteArrayDataInput(bytes.bytes, bytes.offset, bytes.length);
  }
}
