package dev.docent.ingest.tika;

import dev.docent.ingest.BlockKind;
import dev.docent.ingest.Notice;
import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.RejectReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.tika.config.ServiceLoader;
import org.apache.tika.detect.DefaultDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.TikaMemoryLimitException;
import org.apache.tika.exception.UnsupportedFormatException;
import org.apache.tika.exception.ZeroByteFileException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Message;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.DefaultParser;
import org.apache.tika.parser.EmptyParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.code.SourceCodeParser;
import org.apache.tika.parser.external.CompositeExternalParser;
import org.apache.tika.parser.html.HtmlMapper;
import org.apache.tika.parser.html.IdentityHtmlMapper;
import org.apache.tika.parser.ocr.TesseractOCRParser;
import org.apache.tika.sax.SecureContentHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/// Reads one file of any kind, with what is inside it. Runs in the child process.
final class DocumentReader {
  private static final Set<String> SHEETS =
      Set.of(
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
          "application/vnd.ms-excel.sheet.macroenabled.12",
          "application/vnd.ms-excel.sheet.binary.macroenabled.12",
          "application/vnd.ms-excel");
  private static final Set<String> SLIDES =
      Set.of(
          "application/vnd.openxmlformats-officedocument.presentationml.presentation",
          "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
          "application/vnd.openxmlformats-officedocument.presentationml.template",
          "application/vnd.ms-powerpoint.presentation.macroenabled.12",
          "application/vnd.ms-powerpoint");

  private final WorkerSettings settings;
  private final Runnable progress;
  private final PageListener pages;
  private final Detector detector = new DefaultDetector();
  private final AutoDetectParser tika;
  private final ScanReader scans;

  DocumentReader(WorkerSettings settings, Runnable progress, PageListener pages) {
    this.settings = settings;
    this.progress = progress;
    this.pages = pages;
    this.scans = new ScanReader(settings.textRecognition());
    var parsers =
        new DefaultParser(
            MediaTypeRegistry.getDefaultRegistry(),
            new ServiceLoader(),
            // no foreign programs; text recognition is ours, to have the words' positions; source
            // code is plain text
            List.of(
                CompositeExternalParser.class, TesseractOCRParser.class, SourceCodeParser.class));
    this.tika = new AutoDetectParser(detector, parsers);
  }

  ParseOutcome read(String name, Path file) {
    var out = new TextBuilder(settings.maxCharacters());
    var metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, fileName(name));
    try (var in = TikaInputStream.get(file)) {
      var reading = new Reading(settings, progress, pages, Files.size(file));
      MediaType type = detector.detect(in, metadata);
      read(in, type, metadata, out, reading, 0);
      return outcome(type, metadata, out);
    } catch (Exception e) {
      return rejected(e);
    }
  }

  /// Reads a document, or one inside it, to `out`.
  void read(
      TikaInputStream in,
      MediaType type,
      Metadata metadata,
      TextBuilder out,
      Reading reading,
      int depth)
      throws IOException, SAXException, TikaException {
    reading.enter();
    try {
      readOne(in, type, metadata, out, reading, depth);
    } finally {
      reading.leave();
    }
  }

  private void readOne(
      TikaInputStream in,
      MediaType type,
      Metadata metadata,
      TextBuilder out,
      Reading reading,
      int depth)
      throws IOException, SAXException, TikaException {
    var parts = new Parts(this, detector, reading, depth);
    switch (type.getBaseType().toString()) {
      case "application/pdf" ->
          new PdfReader(reading, out, parts, scans).read(in.getFile(), metadata);
      case "image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp" ->
          scans.read(in.getFile(), reading, out);
      case "text/markdown", "text/x-web-markdown" ->
          readMarkdown(in, metadata, out, reading, parts);
      case "text/csv", "text/tab-separated-values", "text/tsv" -> {
        PlainFiles.delimited(in, metadata)
            .ifPresent(csv -> metadata.set(TikaCoreProperties.CONTENT_TYPE_USER_OVERRIDE, csv));
        readByTika(in, type, metadata, out, reading, parts);
      }
      default -> {
        if (VisibleCopy.knows(type)) {
          readVisible(in, type, metadata, out, reading, parts);
        } else {
          readByTika(in, type, metadata, out, reading, parts);
        }
      }
    }
    parts.appendTo(out);
  }

  private void readVisible(
      TikaInputStream in,
      MediaType type,
      Metadata metadata,
      TextBuilder out,
      Reading reading,
      Parts parts)
      throws IOException, SAXException, TikaException {
    try (var temporary = new TemporaryResources()) {
      Path copy = temporary.createTempFile(metadata);
      if (VisibleCopy.write(in.getPath(), copy, reading::progress)) {
        out.notice(Notice.HIDDEN_TEXT_LEFT_OUT);
        try (var visible = TikaInputStream.get(copy)) {
          readByTika(visible, type, metadata, out, reading, parts);
        }
      } else {
        readByTika(in, type, metadata, out, reading, parts);
      }
    }
  }

  private void readMarkdown(
      TikaInputStream in, Metadata metadata, TextBuilder out, Reading reading, Parts parts)
      throws IOException, SAXException, TikaException {
    PlainFiles.Markdown markdown = PlainFiles.markdown(in, metadata);
    var html = new Metadata();
    html.set(TikaCoreProperties.CONTENT_TYPE_USER_OVERRIDE, "text/html; charset=UTF-8");
    byte[] bytes = markdown.html().getBytes(StandardCharsets.UTF_8);
    try (var page = TikaInputStream.get(bytes, html)) {
      readByTika(page, MediaType.TEXT_HTML, html, out, reading, parts);
    }
    markdown.title().ifPresent(title -> metadata.set(TikaCoreProperties.TITLE, title));
    markdown.date().ifPresent(date -> metadata.set(TikaCoreProperties.MODIFIED, date));
  }

  private void readByTika(
      TikaInputStream in,
      MediaType type,
      Metadata metadata,
      TextBuilder out,
      Reading reading,
      Parts parts)
      throws IOException, SAXException, TikaException {
    var context = new ParseContext();
    context.set(EmbeddedDocumentExtractor.class, parts);
    context.set(HtmlMapper.class, IdentityHtmlMapper.INSTANCE);
    var handler = new XhtmlReader(out, style(type), reading::page);
    if (type.getBaseType().equals(MediaType.parse("message/rfc822"))) {
      handler.beforeBody(() -> mailHeader(metadata, out));
    }
    tika.parse(in, handler, metadata, context);
    if (style(type) == XhtmlReader.Style.SLIDES) {
      out.setApartRepeated();
    }
  }

  private static XhtmlReader.Style style(MediaType type) {
    String name = type.getBaseType().toString().toLowerCase(Locale.ROOT);
    if (SHEETS.contains(name)) {
      return XhtmlReader.Style.SHEETS;
    }
    if (SLIDES.contains(name)) {
      return XhtmlReader.Style.SLIDES;
    }
    if (name.equals("text/html") || name.contains("xhtml") || name.equals("application/epub+zip")) {
      return XhtmlReader.Style.WEB;
    }
    boolean plain =
        name.equals("text/plain") || name.startsWith("text/x-") || name.equals("text/troff");
    return plain ? XhtmlReader.Style.PLAIN_TEXT : XhtmlReader.Style.MARKUP;
  }

  private static void mailHeader(Metadata metadata, TextBuilder out) {
    Optional<String> subject = title(metadata);
    subject.ifPresent(text -> out.block(BlockKind.HEADING, 1, text));
    StringBuilder header = new StringBuilder();
    field(header, "From", metadata.get(Message.MESSAGE_FROM));
    field(header, "To", String.join("; ", metadata.getValues(Message.MESSAGE_TO)));
    field(header, "Cc", String.join("; ", metadata.getValues(Message.MESSAGE_CC)));
    field(header, "Date", metadata.get(TikaCoreProperties.CREATED));
    out.block(BlockKind.PARAGRAPH, 0, Characters.visible(header));
  }

  private static void field(StringBuilder header, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      header.append(name).append(": ").append(value.strip()).append('\n');
    }
  }

  private static ParseOutcome outcome(MediaType type, Metadata metadata, TextBuilder out) {
    String mediaType = type.getBaseType().toString();
    if (out.isEmpty()) {
      boolean unknown =
          List.of(metadata.getValues(TikaCoreProperties.TIKA_PARSED_BY))
              .contains(EmptyParser.class.getName());
      RejectReason reason;
      if (unknown || Set.of("audio", "video", "model", "font").contains(type.getType())) {
        reason = RejectReason.UNSUPPORTED_TYPE;
      } else if (out.has(Notice.SCANS_NOT_READ)) {
        reason = RejectReason.NEEDS_TEXT_RECOGNITION;
      } else {
        reason = RejectReason.NO_TEXT;
      }
      return new ParseOutcome.Rejected(
          reason, reason == RejectReason.NEEDS_TEXT_RECOGNITION ? "" : mediaType);
    }
    Optional<String> title = title(metadata).or(out::title);
    return new ParseOutcome.Parsed(out.build(mediaType, title, date(metadata)));
  }

  /// The day in the document's properties: of the last change, else of its making or sending.
  static Optional<LocalDate> date(Metadata metadata) {
    return Stream.of(TikaCoreProperties.MODIFIED, TikaCoreProperties.CREATED)
        .map(metadata::getDate)
        .filter(Objects::nonNull)
        .map(date -> LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC))
        // What programs write that know no day: the zero of FAT, Unix, or Windows.
        .filter(day -> day.getYear() > 1980 && day.getYear() <= 9999)
        .findFirst();
  }

  /// The title in the document's properties.
  private static Optional<String> title(Metadata metadata) {
    return Stream.of(TikaCoreProperties.TITLE, TikaCoreProperties.SUBJECT)
        .map(metadata::get)
        .filter(Objects::nonNull)
        .flatMap(property -> Titles.ofProperty(property).stream())
        .findFirst();
  }

  static ParseOutcome.Rejected rejected(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Reading.LimitException limit) {
        return new ParseOutcome.Rejected(limit.reason(), String.valueOf(limit.getMessage()));
      }
      Optional<RejectReason> reason = reason(cause);
      if (reason.isPresent()) {
        return new ParseOutcome.Rejected(reason.get(), "");
      }
    }
    return new ParseOutcome.Rejected(RejectReason.CORRUPTED, failure.getClass().getSimpleName());
  }

  private static Optional<RejectReason> reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof EncryptedDocumentException
        || cause instanceof org.apache.poi.EncryptedDocumentException
        || cause instanceof PasswordRequiredException
        || cause instanceof org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException) {
      return Optional.of(RejectReason.ENCRYPTED);
    }
    if (cause instanceof ZeroByteFileException) {
      return Optional.of(RejectReason.EMPTY);
    }
    if (cause instanceof UnsupportedFormatException) {
      return Optional.of(RejectReason.UNSUPPORTED_TYPE);
    }
    if (cause instanceof TikaMemoryLimitException) {
      return Optional.of(RejectReason.TOO_LARGE);
    }
    if (cause.getClass().getEnclosingClass() == SecureContentHandler.class) {
      return Optional.of(
          message.contains("nest") || message.contains("level")
              ? RejectReason.TOO_DEEP
              : RejectReason.EXPANDS_TOO_MUCH);
    }
    if (message.contains("zip bomb")) {
      return Optional.of(RejectReason.EXPANDS_TOO_MUCH);
    }
    return Optional.empty();
  }

  private static String fileName(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }
}
