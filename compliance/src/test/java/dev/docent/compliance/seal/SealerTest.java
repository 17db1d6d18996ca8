package dev.docent.compliance.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.MerkleProofs;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.TreeHasher;
import dev.docent.compliance.tree.TreeView;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
  @TempDir Path home;

  @Test
  void everyRecordBecomesALeafOfASignedTreeAndCanBeProved() {
    try (TestLog test = new TestLog(home)) {
      List<UUID> ids = test.append(700);
      test.sealer.seal();

      SealedLog.Head head = test.log.head().orElseThrow();
      assertThat(head.checkpoint().size()).isEqualTo(701); // and the announcement of the key
      assertThat(head.checkpoint().origin()).isEqualTo("docent.test/1/epoch-1");
      VerifierKey key = test.log.keys().getFirst().verifier();
      assertThat(head.note().signedBy(key)).isTrue();
      assertThat(test.log.waiting().records()).isZero();
      assertThat(test.sealer.health().state()).isEqualTo(Sealer.State.SEALING);

      TreeHasher hasher = new TreeHasher();
      Set<Long> places = new HashSet<>();
      for (UUID id : ids) {
        AuditRecord record = test.reader.find(id).orElseThrow();
        SealedLog.Place place = test.log.place(id).orElseThrow();
        places.add(place.seq());
        assertThat(record.sequence()).hasValue(place.seq());
        byte[] leaf = hasher.leaf(record.canonical().getBytes(StandardCharsets.UTF_8));
        assertThat(place.leafHash()).isEqualTo(leaf);
      }
      assertThat(places).hasSize(700);
      TreeView view = test.log.view(701);
      SealedLog.Place last = test.log.place(ids.getLast()).orElseThrow();
      assertThat(
              MerkleProofs.rootOfInclusion(
                  last.leafHash(), last.seq(), 701, view.inclusion(last.seq(), 701)))
          .hasValue(head.checkpoint().root());
    }
  }

  @Test
  void treeGrowsConsistentlyAndItsTilesAreComplete() throws SQLException {
    try (TestLog test = new TestLog(home)) {
      for (int round = 0; round < 6; round++) {
        test.append(150);
        test.sealer.seal();
      }
      assertThat(test.published).hasSize(6);
      TreeView view = test.log.view(901);
      Checkpoint newest = Checkpoint.parse(test.published.getLast().text());
      for (SignedNote note : test.published) {
        Checkpoint older = Checkpoint.parse(note.text());
        assertThat(
                MerkleProofs.consistent(
                    older.size(),
                    older.root(),
                    newest.size(),
                    newest.root(),
                    view.consistency(older.size(), newest.size())))
            .isTrue();
      }
      assertThat(test.database.query("docent_audit", "SELECT count(*) FROM audit.subtree"))
          .isEqualTo("3");
    }
  }

  @Test
  void onlyOneOfSeveralProcessesSeals() throws Exception {
    try (TestLog test = new TestLog(home);
        Sealer other =
            test.sealerWith(test.keys, new CheckpointFolder(home.resolve("elsewhere")))) {
      test.sealer.start();
      other.start();
      UUID last = test.append(2000).getLast();
      assertThat(test.sealer.await(last, test.log, Duration.ofSeconds(20))).isPresent();
      assertThat(test.database.query("docent_audit", "SELECT count(*) FROM audit.leaf"))
          .isEqualTo("2001");
      assertThat(test.sealer.health().state()).isIn(Sealer.State.SEALING, Sealer.State.STANDBY);
      assertThat(test.database.query("docent_audit", "SELECT count(*) FROM audit.log_key"))
          .isEqualTo("1");
    }
  }

  @Test
  void folderHoldsWhatIsInTheDatabaseAndBringsUpWhatItMissed() throws IOException {
    try (TestLog test = new TestLog(home)) {
      test.append(300);
      test.sealer.seal();
      // An interrupted write: half a hash, half a note.
      Path epoch = home.resolve("checkpoints/epoch-1");
      byte[] leaves = Files.readAllBytes(epoch.resolve("leaves"));
      assertThat(leaves).hasSize(301 * 32);
      Files.write(epoch.resolve("leaves"), Arrays.copyOf(leaves, 250 * 32 + 7));
      Files.writeString(
          epoch.resolve("checkpoints"),
          "docent.test/1/epoch-1\n400\nAA",
          StandardOpenOption.APPEND);
      test.append(1);
      test.sealer.seal();

      CheckpointFolder.Kept kept = test.folder.last().orElseThrow();
      assertThat(kept.checkpoint()).isEqualTo(test.log.head().orElseThrow().checkpoint());
      assertThat(kept.leaves()).isEqualTo(302);
      assertThat(test.folder.checkpoints(1)).hasSize(2);
      assertThat(test.folder.root(1, 302)).isEqualTo(kept.checkpoint().root());
    }
  }

  @Test
  void keyIsItsOwnersAloneAndCanBeReplaced() throws IOException {
    try (TestLog test = new TestLog(home)) {
      test.append(3);
      test.sealer.seal();
      VerifierKey first = test.log.keys().getFirst().verifier();
      Path file = home.resolve("keys/signing-%08x.key".formatted(first.id()));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");

      VerifierKey second = test.sealer.rotateKey(TestLog.person(0));
      long announcedUnder = test.log.head().orElseThrow().checkpoint().size();
      assertThat(test.log.head().orElseThrow().note().signedBy(first)).isTrue();
      test.append(3);
      test.sealer.seal();

      assertThat(file).doesNotExist();
      SealedLog.Head head = test.log.head().orElseThrow();
      assertThat(head.note().signedBy(second)).isTrue();
      assertThat(head.note().signedBy(first)).isFalse();
      SealedLog.Key key = test.log.keys().get(1);
      SignedNote statement = key.statement().orElseThrow();
      assertThat(statement.signedBy(first)).isTrue();
      assertThat(KeyStatement.parse(statement.text()))
          .isEqualTo(new KeyStatement(second, announcedUnder));
      AuditRecord announcement =
          test.reader
              .search(AuditQuery.ALL.withAct("audit.key_announced"), Optional.empty(), 1)
              .records()
              .getFirst();
      assertThat(announcement.data()).containsEntry("key", second.line());
      assertThat(announcement.sequence().orElseThrow()).isLessThan(announcedUnder);
    }
  }

  @Test
  void restoredDatabaseOpensANewEpochThatNamesWhatIsLost() throws Exception {
    try (TestLog test = new TestLog(home)) {
      test.append(400);
      test.sealer.seal();
      test.database.save();
      test.append(100);
      test.sealer.seal();
      Checkpoint lost = test.log.head().orElseThrow().checkpoint();
      assertThat(lost.size()).isEqualTo(501);

      test.database.restore();
      test.append(5);
      try (Sealer next = test.sealerWith(test.keys, test.folder)) {
        next.seal();
        assertThat(next.health().state()).isEqualTo(Sealer.State.SEALING);
      }

      SealedLog.Head head = test.log.head().orElseThrow();
      assertThat(head.epoch()).isEqualTo(2);
      assertThat(head.checkpoint().origin()).isEqualTo("docent.test/1/epoch-2");
      AuditRecord opened =
          test.reader
              .search(AuditQuery.ALL.withAct("audit.epoch_opened"), Optional.empty(), 1)
              .records()
              .getFirst();
      assertThat(opened.sequence()).hasValue(401);
      assertThat(opened.data())
          .containsEntry("epoch", 2L)
          .containsEntry("previousSize", 501L)
          .containsEntry("restoredSize", 401L)
          .containsEntry("commonSize", 401L);
      SealedLog.Key key = test.log.keys().getLast();
      assertThat(head.note().signedBy(key.verifier())).isTrue();
      assertThat(key.statement().orElseThrow().signedBy(test.log.keys().getFirst().verifier()))
          .isTrue();
      assertThat(test.folder.epochs()).containsExactly(1, 2);
    }
  }

  @Test
  void emptyDatabaseWhereThereWasALogOpensANewEpochToo() {
    try (TestLog test = new TestLog(home)) {
      test.append(20);
      test.sealer.seal();
    }
    try (TestLog fresh = new TestLog(home)) {
      fresh.append(2);
      fresh.sealer.seal();
      assertThat(fresh.log.head().orElseThrow().epoch()).isEqualTo(2);
      AuditRecord opened =
          fresh
              .reader
              .search(AuditQuery.ALL.withAct("audit.epoch_opened"), Optional.empty(), 1)
              .records()
              .getFirst();
      assertThat(opened.sequence()).hasValue(0);
      assertThat(opened.data()).containsEntry("previousSize", 21L);
    }
  }

  @Test
  void signsNothingMoreWhenTheTreeWasChanged() throws SQLException {
    try (TestLog test = new TestLog(home)) {
      test.append(300);
      test.sealer.seal();
      test.database.execute(
          "postgres",
          "ALTER TABLE audit.leaf DISABLE TRIGGER keep",
          "UPDATE audit.leaf SET leaf_hash = sha256('x') WHERE seq = 299",
          "ALTER TABLE audit.leaf ENABLE ALWAYS TRIGGER keep");
      test.append(1);
      test.sealer.seal();
      assertThat(test.sealer.health().state()).isEqualTo(Sealer.State.DAMAGED);
      assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(301);
    }
  }

  @Test
  void signsNothingOverARewrittenPastThatTheFolderRemembers() throws SQLException {
    try (TestLog test = new TestLog(home)) {
      test.append(300);
      test.sealer.seal();
      // A superuser cuts the log and lets it grow again, beyond its old size.
      test.database.execute(
          "postgres",
          "SET session_replication_role = replica",
          "ALTER TABLE audit.leaf DISABLE TRIGGER keep",
          "ALTER TABLE audit.subtree DISABLE TRIGGER keep",
          "ALTER TABLE audit.checkpoint DISABLE TRIGGER keep",
          "DELETE FROM audit.leaf WHERE seq >= 100",
          "DELETE FROM audit.subtree",
          "DELETE FROM audit.checkpoint",
          "INSERT INTO audit.checkpoint (epoch, tree_size, root_hash, note) VALUES (1, 100, '\\x"
              + HexFormat.of().formatHex(test.log.view(100).root())
              + "', '"
              + forged(test)
              + "')");
      test.append(500);
      try (Sealer unaware =
              test.sealerWith(test.keys, new CheckpointFolder(home.resolve("other")));
          Sealer aware = test.sealerWith(test.keys, test.folder)) {
        unaware.seal();
        assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(600);
        aware.seal();
        assertThat(aware.health().state()).isEqualTo(Sealer.State.DAMAGED);
      }
    }
  }

  @Test
  void signsNothingWhileTheDatabasesClockRunsBehindTheLastCheckpoint() throws SQLException {
    try (TestLog test = new TestLog(home)) {
      test.append(3);
      test.sealer.seal();
      lastSigned(test, "clock_timestamp() + interval '1 minute'");
      test.append(2);
      test.sealer.seal();
      assertThat(test.sealer.health().state()).isEqualTo(Sealer.State.CLOCK_BACK);
      assertThat(test.sealer.health().reason()).contains("clock runs behind");
      assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(4);

      // Two clocks of one machine may differ by that much.
      lastSigned(test, "clock_timestamp() + interval '1 second'");
      test.sealer.seal();
      assertThat(test.sealer.health().state()).isEqualTo(Sealer.State.SEALING);
      assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(6);
    }
  }

  @Test
  void aSignOfLifeKeepsTheNewestCheckpointYoung() throws SQLException {
    try (TestLog test = new TestLog(home)) {
      test.append(3);
      test.sealer.seal();
      Checkpoint silent = test.log.head().orElseThrow().checkpoint();
      lastSigned(test, "clock_timestamp() - interval '49 seconds'");
      assertThat(test.sealer.seal()).isFalse();
      assertThat(test.log.waiting().records()).isZero();

      lastSigned(test, "clock_timestamp() - interval '51 seconds'");
      assertThat(test.sealer.seal()).as("more waits").isTrue();
      test.sealer.seal();
      assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(5);
      AuditRecord life =
          test.reader
              .search(AuditQuery.ALL.withAct("audit.sealed"), Optional.empty(), 2)
              .records()
              .getFirst();
      assertThat(life.sequence()).hasValue(4);
      assertThat(life.data())
          .containsEntry("treeSize", 4L)
          .containsEntry("root", Base64.getEncoder().encodeToString(silent.root()));
    }
  }

  /// Has the newest checkpoint be of another time.
  private static void lastSigned(TestLog test, String time) throws SQLException {
    test.database.execute(
        "postgres",
        "ALTER TABLE audit.checkpoint DISABLE TRIGGER keep",
        "UPDATE audit.checkpoint SET created_at = " + time,
        "ALTER TABLE audit.checkpoint ENABLE ALWAYS TRIGGER keep");
  }

  /// A checkpoint at size 100 that the stolen key signed.
  private static String forged(TestLog test) {
    VerifierKey key = test.log.keys().getFirst().verifier();
    Checkpoint checkpoint = new Checkpoint(key.name(), 100, test.log.view(100).root());
    return new SignedNote(
            checkpoint.text(),
            List.of(test.keys.find(key).orElseThrow().sign(checkpoint.text(), Instant.EPOCH)))
        .format();
  }

  @Test
  void withoutItsKeyNothingIsSigned() throws IOException {
    try (TestLog test = new TestLog(home)) {
      test.append(3);
      test.sealer.seal();
      Path none = Files.createDirectories(home.resolve("none"));
      test.append(1);
      try (Sealer keyless = test.sealerWith(new LogKeys(none), test.folder)) {
        keyless.seal();
        assertThat(keyless.health().state()).isEqualTo(Sealer.State.KEY_MISSING);
      }
      test.sealer.seal();
      assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(5);
    }
  }

  @Test
  void sealsWithoutItsFolderAndSaysSo() throws IOException {
    Files.writeString(home.resolve("file"), "no folder");
    try (TestLog test = new TestLog(home);
        Sealer sealer =
            test.sealerWith(test.keys, new CheckpointFolder(home.resolve("file/checkpoints")))) {
      test.append(3);
      sealer.seal();
      assertThat(sealer.health().state()).isEqualTo(Sealer.State.FOLDER_UNAVAILABLE);
      assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(4);

      sealer.seal();
      assertThat(sealer.health().state()).isEqualTo(Sealer.State.FOLDER_UNAVAILABLE);

      // It is told again once it can be written, though nothing new was sealed meanwhile.
      Files.delete(home.resolve("file"));
      sealer.seal();
      assertThat(sealer.health().state()).isEqualTo(Sealer.State.SEALING);
      CheckpointFolder.Kept kept =
          new CheckpointFolder(home.resolve("file/checkpoints")).last().orElseThrow();
      assertThat(kept.checkpoint()).isEqualTo(test.log.head().orElseThrow().checkpoint());
    }
  }
}
