package dev.docent.ingest.tika;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.docent.ingest.PageListener;
import dev.docent.ingest.ParseOutcome.Parsed;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.ParsedDocumentCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is kept of a document is told to be out of date by its version alone: so whoever changes
/// what a parser makes of a document has to raise that.
class ParsedVersionTest {
  private static final Path SAMPLES = Path.of("../samples");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/parsed.txt");

  private static final List<String> DOCUMENTS =
      List.of(
          "clinic/audiometry-2024.xlsx",
          "clinic/examination-protocols.pdf",
          "contracts/supply-agreement-norvane.pdf",
          "contracts/contract-register.csv",
          "handbook/canteen.html",
          "handbook/employee-handbook.pdf",
          "handbook/first-week-checklist.docx",
          "handbook/glossary.md",
          "hr/case-return-to-work.eml",
          "hr/exit-interviews-2024.odt",
          "minutes/town-hall-2025-q1.pptx",
          "policies/information-security-policy.pdf");

  @Test
  void isRaisedWhereADocumentIsReadAsItWasNot() throws IOException {
    List<String> lines = new ArrayList<>(List.of("version " + ParsedDocumentCodec.VERSION));
    for (String document : DOCUMENTS) {
      Path file = SAMPLES.resolve(document);
      lines.add(
          String.join(
              " ", document, digest(Files.readAllBytes(file)), digest(structure(read(file)))));
    }
    List<String> golden = Files.exists(GOLDEN) ? Files.readAllLines(GOLDEN) : List.of();
    boolean sameBytes = bytes(lines).equals(bytes(golden));
    if (!lines.equals(golden) && sameBytes && lines.getFirst().equals(golden.getFirst())) {
      fail("documents are read otherwise: raise ParsedDocumentCodec.VERSION, then update this");
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.write(GOLDEN, lines);
      fail("golden file written: look at it, then run without golden.update");
    }
    assertThat(lines).isEqualTo(golden);
  }

  private static List<String> bytes(List<String> lines) {
    return lines.stream().skip(1).map(line -> line.substring(0, line.lastIndexOf(' '))).toList();
  }

  private static ParsedDocument read(Path file) throws IOException {
    var settings = WorkerSettings.of(ParserLimits.DEFAULT);
    return ((Parsed)
            new DocumentReader(settings, () -> {}, PageListener.NONE)
                .read(String.valueOf(file.getFileName()), file))
        .document();
  }

  /// Title, text and blocks; not where they stand on a page, which fonts decide.
  private static byte[] structure(ParsedDocument document) {
    StringBuilder structure = new StringBuilder(document.title().orElse(""));
    structure.append('\n').append(document.text()).append('\n');
    document.blocks().forEach(block -> structure.append(block).append('\n'));
    return structure.toString().getBytes(UTF_8);
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
