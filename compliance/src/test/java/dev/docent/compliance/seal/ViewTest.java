package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.audit.CanonicalJson;
import dev.docent.compliance.audit.ExportFormat;
import dev.docent.compliance.audit.Exported;
import dev.docent.compliance.audit.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// JSON Lines and CSV of a log of which 41 records are sealed and 5 are not yet.
class ViewTest {
  private static final long SIZE = 41;

  @TempDir static Path home;
  private static TestLog test;

  @BeforeAll
  static void fill() {
    test = new TestLog(home);
    test.append(40);
    test.sealer.seal();
    test.append(5);
  }

  @AfterAll
  static void close() {
    test.close();
  }

  private static List<String> view(AuditQuery query, long size, ExportFormat format)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    test.reader.export(query, size, format, out, _ -> true);
    return out.toString(UTF_8).lines().toList();
  }

  @Test
  void jsonLinesHoldTheCanonicalBytesOfWhatIsSealed() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exported exported =
        test.reader.export(AuditQuery.ALL, SIZE, ExportFormat.JSON_LINES, out, _ -> true);

    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(exported.complete()).isTrue();
    assertThat(exported.records()).isEqualTo(SIZE).isEqualTo(lines.size());
    assertThat(exported.content())
        .isEqualTo(Sha256.of(MessageDigest.getInstance("SHA-256").digest(out.toByteArray())));
    for (int seq = 0; seq < lines.size(); seq++) {
      var line = CanonicalJson.readObject(lines.get(seq).getBytes(UTF_8));
      assertThat(line).containsEntry("seq", (long) seq).containsKey("leaf");
    }
    AuditRecord last = test.reader.search(AuditQuery.ALL, Optional.empty(), 6).records().getLast();
    assertThat(lines.getLast()).contains("\"record\":" + last.canonical());
  }

  @Test
  void csvNamesThePlaceOfEachRecordAndLeavesOutWhatHasNone() throws IOException {
    List<String> lines = view(AuditQuery.ALL.withPerson(TestLog.person(3)), SIZE, ExportFormat.CSV);
    assertThat(lines).hasSize(1 + 40 / 5);
    assertThat(lines.getFirst()).startsWith("sequence,leaf_hash,id,");
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.matches("\\d+,[0-9a-f]{64},.*,library.listed,success,.*"));
  }

  @Test
  void anEarlierStateOfTheTreeHasFewer() throws IOException {
    assertThat(view(AuditQuery.ALL, 7, ExportFormat.JSON_LINES)).hasSize(7);
    assertThat(view(AuditQuery.ALL.withAct("library."), 7, ExportFormat.CSV)).hasSize(1 + 7);
  }

  @Test
  void whatIsCountedIsWhatComes() {
    AuditQuery query = AuditQuery.ALL.withAct("library.listed");
    assertThat(test.reader.total(query, SIZE, 1000)).isEqualTo(new AuditReader.Total(40, false));
    assertThat(test.reader.total(query, SIZE, 10)).isEqualTo(new AuditReader.Total(10, true));
    assertThat(test.reader.total(AuditQuery.ALL, 7, 10)).isEqualTo(new AuditReader.Total(7, false));
  }

  @Test
  void aViewStopsWhenToldTo() throws IOException {
    Exported exported =
        test.reader.export(
            AuditQuery.ALL,
            SIZE,
            ExportFormat.JSON_LINES,
            OutputStream.nullOutputStream(),
            _ -> false);
    assertThat(exported.complete()).isFalse();
  }
}
