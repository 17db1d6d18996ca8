package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.Exported;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.compliance.retention.Pruning;
import dev.docent.compliance.retention.Retention;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.compliance.verify.BundleVerifier;
import dev.docent.compliance.verify.Trust;
import dev.docent.compliance.verify.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  @TempDir static Path home;
  @TempDir Path out;

  static TestLog test;
  static BundleExport bundles;

  @BeforeAll
  static void fill() {
    test = new TestLog(home);
    bundles = new BundleExport(test.reader, test.log, test.keys);
    for (int round = 0; round < 3; round++) {
      test.append(400);
      test.sealer.seal();
    }
  }

  @AfterAll
  static void close() {
    test.close();
  }

  private Path export(AuditQuery query, SealedLog.Head head) throws IOException {
    Path file = out.resolve("export.zip");
    try (OutputStream stream = Files.newOutputStream(file)) {
      Exported exported = bundles.export(query, head, stream, _ -> true);
      assertThat(exported.complete()).isTrue();
    }
    return file;
  }

  static Path unzip(Path zip, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (ZipInputStream in =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(zip)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Files.write(folder.resolve(entry.getName()), in.readAllBytes());
      }
    }
    return folder;
  }

  @Test
  void aFullExportIsValidAndComplete() throws IOException {
    SealedLog.Head head = test.log.head().orElseThrow();
    Path zip = export(AuditQuery.ALL, head);
    Verdict verdict = BundleVerifier.verify(zip, Trust.NONE);
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.records()).isEqualTo(head.checkpoint().size()).isGreaterThan(1200);
    assertThat(verdict.shown()).anyMatch(line -> line.startsWith("complete:"));
    assertThat(verdict.notChecked()).anyMatch(line -> line.contains("log.vkey"));

    Path folder = unzip(zip, out.resolve("folder"));
    Verdict trusted =
        BundleVerifier.verify(
            folder,
            new Trust(
                Optional.of(test.log.keys().getFirst().verifier()),
                List.of(),
                Optional.of(test.published.getFirst()),
                Optional.of(home.resolve("checkpoints"))));
    assertThat(trusted.problems()).isEmpty();
    assertThat(trusted.notChecked()).noneMatch(line -> line.contains("--key"));
    assertThat(python(folder)).startsWith("0 VALID: ").contains("Complete: every record from 0");
  }

  @Test
  void anExportOfOnePersonProvesEachOfItsRecords() throws IOException {
    Path zip = export(AuditQuery.ALL.withPerson(TestLog.person(2)), test.log.head().orElseThrow());
    Verdict verdict = BundleVerifier.verify(zip, Trust.NONE);
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.records()).isEqualTo(240);
    assertThat(verdict.notChecked()).anyMatch(line -> line.contains("filter"));
    Path folder = unzip(zip, out.resolve("folder"));
    try (Stream<String> proofs = Files.lines(folder.resolve("proofs.jsonl"))) {
      assertThat(proofs).allMatch(line -> line.split("\"", -1).length / 2 - 3 <= 11).hasSize(240);
    }
    assertThat(python(folder)).startsWith("0 VALID: 240 records");
  }

  @Test
  void theSameQuestionGivesTheSameBytes() throws IOException {
    SealedLog.Head head = test.log.at(401).orElseThrow();
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    AuditQuery query = AuditQuery.ALL.withAct("library.");
    Exported one = bundles.export(query, head, first, _ -> true);
    Exported two = bundles.export(query, head, second, _ -> true);
    assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    assertThat(one).isEqualTo(two);
    assertThat(one.records()).isEqualTo(400);
  }

  @Test
  void anEmptyExportIsOneToo() throws IOException {
    Path zip = export(AuditQuery.ALL.withAct("document.opened"), test.log.head().orElseThrow());
    assertThat(BundleVerifier.verify(zip, Trust.NONE).problems()).isEmpty();
    assertThat(python(unzip(zip, out.resolve("folder")))).startsWith("0 VALID: 0 records");
  }

  @Test
  void stopsWhenToldTo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Exported exported =
        bundles.export(AuditQuery.ALL, test.log.head().orElseThrow(), bytes, _ -> false);
    assertThat(exported.complete()).isFalse();
    assertThat(exported.records()).isEqualTo(1000);
    Path file = Files.write(out.resolve("half.zip"), bytes.toByteArray());
    assertThat(BundleVerifier.verify(file, Trust.NONE).valid()).isFalse();
  }

  @Test
  void keysAfterTheFirstAreFollowedAndOldOnesEndWhereTheyWereReplaced() throws IOException {
    try (TestLog own = new TestLog(out)) {
      BundleExport exports = new BundleExport(own.reader, own.log, own.keys);
      own.append(5);
      own.sealer.seal();
      VerifierKey first = own.log.keys().getFirst().verifier();
      Path before = out.resolve("before.zip");
      try (OutputStream stream = Files.newOutputStream(before)) {
        exports.export(AuditQuery.ALL, own.log.head().orElseThrow(), stream, _ -> true);
      }
      own.sealer.rotateKey(TestLog.person(0));
      own.append(5);
      own.sealer.seal();
      SealedLog.Head head = own.log.head().orElseThrow();
      Path file = out.resolve("rotated.zip");
      try (OutputStream stream = Files.newOutputStream(file)) {
        exports.export(AuditQuery.ALL, head, stream, _ -> true);
      }
      Trust trust = new Trust(Optional.of(first), List.of(), Optional.empty(), Optional.empty());
      assertThat(BundleVerifier.verify(file, trust).problems()).isEmpty();
      Path folder = unzip(file, out.resolve("rotated"));
      assertThat(python(folder, first.line())).startsWith("0 VALID");

      // An export cannot know of keys that came after it; the folder's checkpoints have them.
      Verdict old =
          BundleVerifier.verify(
              before,
              new Trust(
                  Optional.of(first),
                  List.of(),
                  Optional.empty(),
                  Optional.of(out.resolve("checkpoints"))));
      assertThat(old.problems()).isEmpty();
      assertThat(old.notChecked())
          .anyMatch(line -> line.contains("a key that the export does not"));

      // The state before is proved by the old key all the same.
      try (OutputStream stream = Files.newOutputStream(file)) {
        exports.export(AuditQuery.ALL, own.log.at(6).orElseThrow(), stream, _ -> true);
      }
      assertThat(BundleVerifier.verify(file, trust).problems()).isEmpty();

      // A key that does not belong to the log.
      VerifierKey other =
          new LogKeys(out).create("docent.test/1/epoch-1", VerifierKey.Kind.LOG).verifier();
      Verdict verdict =
          BundleVerifier.verify(
              folder, new Trust(Optional.of(other), List.of(), Optional.empty(), Optional.empty()));
      assertThat(verdict.problems()).contains("checkpoint.txt is not signed by a key of the log");
      assertThat(python(folder, other.line())).startsWith("1 NOT VALID");
    }
  }

  @Test
  void exportsStayGoodWhenBodiesArePrunedAndLaterOnesSayWhatWent() throws Exception {
    try (TestLog own = new TestLog(out)) {
      BundleExport exports = new BundleExport(own.reader, own.log, own.keys);
      YearMonth old = YearMonth.of(2019, 3);
      own.database.execute(
          "postgres",
          "CREATE TABLE audit.event_2019_03 PARTITION OF audit.event"
              + " FOR VALUES FROM ('2019-03-01 00:00Z') TO ('2019-04-01 00:00Z')",
          "ALTER TABLE audit.event_2019_03 OWNER TO audit_owner",
          "ALTER TABLE audit.event ALTER recorded_at SET DEFAULT '2019-03-10 00:00Z'");
      own.append(300);
      own.sealer.seal();
      own.database.execute(
          "postgres", "ALTER TABLE audit.event ALTER recorded_at SET DEFAULT clock_timestamp()");
      long pruned = own.log.head().orElseThrow().checkpoint().size();
      Path before = out.resolve("before.zip");
      try (OutputStream stream = Files.newOutputStream(before)) {
        exports.export(
            AuditQuery.ALL.withPerson(TestLog.person(2)),
            own.log.head().orElseThrow(),
            stream,
            _ -> true);
      }
      own.database.execute(
          "postgres",
          "INSERT INTO audit.cosignature SELECT epoch, tree_size, 'witness', 'line'"
              + " FROM audit.checkpoint");
      Retention retention =
          new Retention(
              own.database.as("docent_app"),
              own.writer,
              new TextDigester("installation", new byte[32]),
              UUID::randomUUID);
      Pruning proposed = retention.propose(TestLog.person(0), old);
      Pruning done = retention.approve(TestLog.person(1), proposed.proposal()).orElseThrow();
      assertThat(done.records()).hasValue(pruned);
      own.append(20);
      own.sealer.seal();

      Trust sinceThen =
          new Trust(
              Optional.of(own.log.keys().getFirst().verifier()),
              List.of(),
              Optional.of(own.published.getFirst()),
              Optional.of(out.resolve("checkpoints")));
      assertThat(BundleVerifier.verify(before, sinceThen).problems()).isEmpty();
      assertThat(python(unzip(before, out.resolve("before")))).startsWith("0 VALID: 60 records");

      Path after = out.resolve("after.zip");
      try (OutputStream stream = Files.newOutputStream(after)) {
        exports.export(AuditQuery.ALL, own.log.head().orElseThrow(), stream, _ -> true);
      }
      Verdict verdict = BundleVerifier.verify(after, sinceThen);
      assertThat(verdict.problems()).isEmpty();
      assertThat(verdict.notChecked())
          .anyMatch(line -> line.startsWith("the content of " + pruned + " records: pruned"));
      Path folder = unzip(after, out.resolve("after"));
      assertThat(python(folder))
          .startsWith("0 VALID")
          .contains("Of " + pruned + " records only the leaf is left: pruned.");

      Path events = folder.resolve("events.jsonl");
      Files.writeString(
          events, Files.readString(events).replaceFirst("\"leaf\":\".", "\"leaf\":\"x"));
      assertThat(python(folder)).startsWith("1 NOT VALID: record 0 ");
      assertThat(BundleVerifier.verify(folder, sinceThen).firstBad()).hasValue(0);
    }
  }

  @Test
  void earlierCheckpointShowsALogThatWentBackOrSplit() throws IOException {
    Path zip = export(AuditQuery.ALL, test.log.at(801).orElseThrow());
    Verdict back =
        BundleVerifier.verify(
            zip,
            new Trust(
                Optional.empty(),
                List.of(),
                Optional.of(test.log.head().orElseThrow().note()),
                Optional.empty()));
    assertThat(back.problems()).anyMatch(line -> line.contains("went back"));
    SignedNote unsigned =
        SignedNote.parse(test.published.getFirst().format().replace("\n401\n", "\n400\n"));
    Verdict forged =
        BundleVerifier.verify(
            zip, new Trust(Optional.empty(), List.of(), Optional.of(unsigned), Optional.empty()));
    assertThat(forged.problems()).anyMatch(line -> line.contains("not signed by the log"));
  }

  /// Exit code and output of `verify.py`.
  static String python(Path folder, String... arguments) {
    try {
      Process process;
      try {
        List<String> command = new java.util.ArrayList<>(List.of("python3", "verify.py"));
        command.addAll(List.of(arguments));
        process =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
      } catch (IOException e) {
        assumeTrue(false, "python3 is missing: verify.py was not run");
        throw e;
      }
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue() + " " + said;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
