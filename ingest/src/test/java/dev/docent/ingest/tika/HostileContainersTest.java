package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.ingest.Page;
import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParseOutcome.Parsed;
import dev.docent.ingest.ParseOutcome.Rejected;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.RejectReason;
import dev.docent.ingest.SourceDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that name other files: what they name is neither read nor written, and each ends in a
/// stated outcome of the parser's own child process.
class HostileContainersTest {
  private static final String SECRET = "top-secret-content";

  @TempDir Path folder;

  private final ForkedTikaParser parser = new ForkedTikaParser(ParserLimits.DEFAULT);
  private Path secret;

  @BeforeEach
  void somethingWorthReading() throws IOException {
    secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
  }

  @AfterEach
  void close() {
    parser.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"The form is on paper.", ""})
  void readsNoEntityOfAFormsXml(String words) throws IOException {
    String form =
        """
        <?xml version="1.0"?>
        <!DOCTYPE x [<!ENTITY f SYSTEM "%s"><!ENTITY %% d SYSTEM "%s">%%d;]>
        <xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><field name="a">
        <value><text>&f;</text></value></field></template></xdp:xdp>
        """
            .formatted(secret.toUri(), folder.resolve("secret.dtd").toUri());
    var bytes = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      var page = new PDPage();
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(72, 700);
        content.showText(words);
        content.endText();
      }
      var acroForm = new PDAcroForm(document);
      document.getDocumentCatalog().setAcroForm(acroForm);
      var packet = new PDStream(document);
      try (var out = packet.createOutputStream()) {
        out.write(form.getBytes(StandardCharsets.UTF_8));
      }
      acroForm.getCOSObject().setItem(COSName.getPDFName("XFA"), packet);
      document.save(bytes);
    }
    ParseOutcome outcome = parse("form.pdf", bytes);

    if (words.isEmpty()) {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.NO_TEXT));
    } else {
      assertThat(((Parsed) outcome).document().text()).isEqualTo(words + "\n");
    }
  }

  @Test
  void readsATarsEntriesUnderTheirNamesAndFollowsNoLink() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : names()) {
        byte[] content = text(name);
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
      for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
        var link = new TarArchiveEntry("link-" + kind + ".txt", kind);
        link.setLinkName(secret.toString());
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    assertReadsEntries(parse("all.tar", bytes));
  }

  @Test
  void readsAZipsEntriesUnderTheirNamesAndFollowsNoLink() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(bytes)) {
      for (String name : names()) {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(text(name));
        zip.closeArchiveEntry();
      }
      var link = new ZipArchiveEntry("link.txt");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write(secret.toString().getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    assertReadsEntries(parse("all.zip", bytes));
  }

  @Test
  void rejectsTwoHundredArchivesInOneAnother() throws IOException {
    byte[] inner = "the kernel".getBytes(StandardCharsets.UTF_8);
    String name = "kernel.txt";
    for (int i = 0; i < 200; i++) {
      var bytes = new ByteArrayOutputStream();
      try (var zip = new ZipArchiveOutputStream(bytes)) {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(inner);
        zip.closeArchiveEntry();
      }
      inner = bytes.toByteArray();
      name = "inner.zip";
    }
    var whole = new ByteArrayOutputStream();
    whole.write(inner);
    assertThat(parse("deep.zip", whole))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(RejectReason.TOO_DEEP));
  }

  private Set<String> names() {
    return Set.of(
        "../../escaped.txt",
        folder.resolve("absolute.txt").toString(),
        "..\\..\\backslash.txt",
        "a/".repeat(200) + "folders.txt",
        "x".repeat(60_000) + ".txt");
  }

  /// An entry's text is the last part of its name.
  private static byte[] text(String name) {
    return ("Words of " + last(name)).getBytes(StandardCharsets.UTF_8);
  }

  private static String last(String name) {
    String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return file.substring(0, Math.min(file.length(), 20));
  }

  private void assertReadsEntries(ParseOutcome outcome) throws IOException {
    ParsedDocument document = ((Parsed) outcome).document();
    assertThat(document.text()).doesNotContain(SECRET);
    for (String name : names()) {
      assertThat(document.text()).contains("Words of " + last(name));
    }
    assertThat(document.pages())
        .extracting(Page::label)
        .allMatch(label -> label.length() <= Parts.MAX_NAME + 20);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
          .containsExactlyInAnyOrder("secret.txt", "bytes");
    }
    assertThat(folder.resolve("../../escaped.txt")).doesNotExist();
  }

  private ParseOutcome parse(String name, ByteArrayOutputStream content) throws IOException {
    Path file = Files.write(folder.resolve("bytes"), content.toByteArray());
    return parser.parse(new SourceDocument(name, file));
  }
}
