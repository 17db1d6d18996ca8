package dev.docent.ingest.tika;

import dev.docent.ingest.Notice;
import dev.docent.ingest.ParseOutcome.Rejected;
import dev.docent.ingest.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.tika.detect.Detector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// The files inside a document: attachments of a mail, entries of an archive, embedded office
/// documents. They are read as they are met and appended behind the document's own text, each on
/// pages named after it.
final class Parts implements EmbeddedDocumentExtractor {
  /// What one part does to the whole document.
  private static final Set<RejectReason> WHOLE_DOCUMENT =
      Set.of(RejectReason.EXPANDS_TOO_MUCH, RejectReason.TOO_DEEP);

  static final int MAX_NAME = 200;

  private final DocumentReader reader;
  private final Detector detector;
  private final Reading reading;
  private final int depth;
  private final List<Part> parts = new ArrayList<>();
  private boolean leftOut;

  private record Part(String name, TextBuilder text) {}

  Parts(DocumentReader reader, Detector detector, Reading reading, int depth) {
    this.reader = reader;
    this.detector = detector;
    this.reading = reading;
    this.depth = depth;
  }

  @Override
  public boolean shouldParseEmbedded(Metadata metadata) {
    String kind = metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
    return kind == null
        || TikaCoreProperties.EmbeddedResourceType.valueOf(kind)
            == TikaCoreProperties.EmbeddedResourceType.ATTACHMENT;
  }

  @Override
  public void parseEmbedded(
      InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {
    read(stream, metadata);
  }

  /// Reads one part; what is wrong with it is noted and does not end the document, unless a limit
  /// of the whole document is passed.
  void read(InputStream stream, Metadata metadata) {
    if (depth + 1 > reading.settings().maxDepth()) {
      throw new Reading.LimitException(
          RejectReason.TOO_DEEP, "more than %d levels".formatted(reading.settings().maxDepth()));
    }
    if (!reading.takePart()) {
      leftOut = true;
      return;
    }
    String name = name(metadata);
    var text = new TextBuilder(reading.settings().maxCharacters());
    try (var temporary = new TemporaryResources()) {
      TikaInputStream in = TikaInputStream.get(reading.counted(stream), temporary, metadata);
      MediaType type = detector.detect(in, metadata);
      if (!type.getType().equals("image")) {
        reader.read(in, type, metadata, text, reading, depth + 1);
      }
    } catch (IOException | SAXException | TikaException | RuntimeException e) {
      Rejected rejected = DocumentReader.rejected(e);
      if (WHOLE_DOCUMENT.contains(rejected.reason())) {
        throw new Reading.LimitException(rejected.reason(), rejected.detail());
      }
      text.notice(Notice.PARTS_NOT_READ);
    }
    parts.add(new Part(name, text));
  }

  /// Of a name that no person reads to its end, the end tells more than the beginning.
  private static String name(Metadata metadata) {
    String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
    String clean = name == null ? "" : Characters.visible(name).replace('\n', ' ').strip();
    if (clean.length() <= MAX_NAME) {
      return clean;
    }
    int start = clean.length() - MAX_NAME;
    return "…" + clean.substring(Character.isLowSurrogate(clean.charAt(start)) ? start + 1 : start);
  }

  void appendTo(TextBuilder out) {
    for (Part part : parts) {
      out.append(part.text(), part.name());
    }
    if (leftOut) {
      out.notice(Notice.PARTS_NOT_READ);
    }
  }
}
