package dev.docent.compliance.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.compliance.witness.Witness;
import dev.docent.compliance.witness.WitnessServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Database, keys and folder of checkpoints come from one backup: the witness alone remembers more.
class RestoredFolderTest {
  @TempDir Path home;
  @TempDir Path elsewhere;
  private final List<String> alarms = new ArrayList<>();
  private TestLog test;
  private Witness witness;
  private WitnessServer server;

  @BeforeEach
  void aLogOf101RecordsThatIsWitnessed() throws Exception {
    test = new TestLog(home);
    test.append(100);
    test.sealer.seal();
    witness =
        Witness.open(
            elsewhere.resolve("witness"),
            "witness.test",
            Optional.of(test.log.keys().getFirst().verifier()),
            InstantSource.system(),
            alarms::add);
    serve(0);
    cosign();
  }

  @AfterEach
  void close() {
    server.close();
    test.close();
  }

  private void serve(int port) throws IOException {
    server =
        new WitnessServer(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.start();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  private WitnessClient.Health cosign() throws InterruptedException {
    return cosign(() -> {});
  }

  private WitnessClient.Health cosign(Runnable contradicted) throws InterruptedException {
    try (WitnessClient client =
        new WitnessClient(
            test.log,
            test.database.as("docent_audit"),
            address(),
            witness.verifier(),
            InstantSource.system(),
            contradicted)) {
      client.ask();
      return client.health();
    }
  }

  private Sealer restarted(VerifierKey witnessKey) {
    return test.sealerWith(
        test.keys, test.folder, Optional.of(new WitnessMemory(address(), witnessKey)));
  }

  private void saveAll() throws Exception {
    copy(home.resolve("keys"), elsewhere.resolve("keys"));
    copy(home.resolve("checkpoints"), elsewhere.resolve("checkpoints"));
    test.database.save();
  }

  private void restoreAll() throws Exception {
    test.database.restore();
    copy(elsewhere.resolve("keys"), home.resolve("keys"));
    copy(elsewhere.resolve("checkpoints"), home.resolve("checkpoints"));
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> old = Files.walk(to)) {
        old.sorted((a, b) -> b.compareTo(a)).forEach(RestoredFolderTest::delete);
      }
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Checkpoint witnessed() {
    return test.log.witnessed().orElseThrow().checkpoint();
  }

  private AuditRecord opened() {
    return test.reader
        .search(AuditQuery.ALL.withAct("audit.epoch_opened"), Optional.empty(), 1)
        .records()
        .getFirst();
  }

  @Test
  void atTheStartTheWitnesssLastStateOpensANewEpoch() throws Exception {
    saveAll();
    test.append(50);
    test.sealer.seal();
    assertThat(cosign().state()).isEqualTo(WitnessClient.State.SIGNED);
    Checkpoint lost = witnessed();
    assertThat(lost.size()).isEqualTo(151);

    restoreAll();
    test.append(3);
    try (Sealer sealer = restarted(witness.verifier())) {
      sealer.seal();
      assertThat(sealer.health().state()).isEqualTo(Sealer.State.SEALING);
    }

    assertThat(test.log.head().orElseThrow().epoch()).isEqualTo(2);
    assertThat(opened().sequence()).hasValue(101);
    assertThat(opened().data())
        .containsEntry("previousSize", 151L)
        .containsEntry("previousRoot", Base64.getEncoder().encodeToString(lost.root()))
        .containsEntry("restoredSize", 101L)
        .containsEntry("commonSize", 101L);
    // The witness follows into the new epoch, and says so aloud.
    assertThat(cosign().state()).isEqualTo(WitnessClient.State.SIGNED);
    assertThat(witnessed()).isEqualTo(test.log.head().orElseThrow().checkpoint());
    assertThat(alarms).singleElement().asString().contains("epoch-2 after 151 records");
  }

  @Test
  void aWitnessThatWasAwayAtTheStartIsHeardWhenItRefuses() throws Exception {
    saveAll();
    test.append(50);
    test.sealer.seal();
    cosign();
    restoreAll();
    int port = server.address().getPort();
    server.close();
    test.append(70);
    try (Sealer sealer =
        test.sealerWith(
            test.keys,
            test.folder,
            Optional.of(
                new WitnessMemory(URI.create("http://127.0.0.1:" + port), witness.verifier())))) {
      sealer.seal();
      assertThat(test.log.head().orElseThrow().checkpoint().size()).isEqualTo(171);
      serve(port);
      // It is asked to sign 171 records of which 70 are not those that it knows.
      assertThat(cosign(sealer::contradicted).state()).isEqualTo(WitnessClient.State.CONFLICT);
      sealer.seal();
    }
    assertThat(opened().sequence()).hasValue(171);
    assertThat(opened().data())
        .containsEntry("previousSize", 151L)
        .containsEntry("restoredSize", 171L)
        .containsEntry("commonSize", 101L);
    assertThat(cosign().state()).isEqualTo(WitnessClient.State.SIGNED);
  }

  @Test
  void aKeyReplacedSinceTheBackupIsBelievedWhenTheOldOneIntroducedIt() throws Exception {
    saveAll();
    test.sealer.rotateKey(TestLog.person(0));
    test.append(50);
    test.sealer.seal();
    assertThat(cosign().state()).isEqualTo(WitnessClient.State.SIGNED);
    long lost = witnessed().size();
    restoreAll();
    try (Sealer sealer = restarted(witness.verifier())) {
      sealer.seal();
    }
    assertThat(opened().data()).containsEntry("previousSize", lost);
  }

  @Test
  void anEmptyDatabaseBesideTheKeysOpensANewEpochToo() throws Exception {
    try (TestLog fresh = new TestLog(home);
        Sealer sealer =
            fresh.sealerWith(
                fresh.keys,
                new CheckpointFolder(elsewhere.resolve("none")),
                Optional.of(new WitnessMemory(address(), witness.verifier())))) {
      fresh.append(2);
      sealer.seal();
      assertThat(fresh.log.head().orElseThrow().epoch()).isEqualTo(2);
      assertThat(
              fresh
                  .reader
                  .search(AuditQuery.ALL.withAct("audit.epoch_opened"), Optional.empty(), 1)
                  .records()
                  .getFirst()
                  .data())
          .containsEntry("previousSize", 101L)
          .containsEntry("commonSize", 0L);
    }
  }

  @Test
  void aStateThatNobodyOfUsSignedIsNotBelieved() throws Exception {
    NoteSigner other = NoteSigner.generate("witness.test", VerifierKey.Kind.WITNESS);
    saveAll();
    test.append(50);
    test.sealer.seal();
    cosign();
    restoreAll();
    test.append(1);
    try (Sealer sealer = restarted(other.verifier())) { // not the witness that was agreed on
      sealer.seal();
      assertThat(test.log.head().orElseThrow().epoch()).isEqualTo(1);
    }
    // A witness of another log of the same name, signed by a key that nobody here knows.
    NoteSigner thief = NoteSigner.generate("docent.test/1/epoch-1", VerifierKey.Kind.LOG);
    Witness deceived =
        Witness.open(
            elsewhere.resolve("deceived"),
            "witness.test",
            Optional.of(thief.verifier()),
            InstantSource.system(),
            alarms::add);
    try (WitnessServer lying =
            new WitnessServer(
                deceived, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Sealer sealer =
            test.sealerWith(
                test.keys,
                test.folder,
                Optional.of(
                    new WitnessMemory(
                        URI.create("http://127.0.0.1:" + lying.address().getPort()),
                        deceived.verifier())))) {
      lying.start();
      assertThat(deceived.addCheckpoint(WitnessTest.request(500, thief)).status()).isEqualTo(200);
      test.append(1);
      sealer.seal();
      assertThat(test.log.head().orElseThrow().epoch()).isEqualTo(1);
      assertThat(sealer.health().state()).isEqualTo(Sealer.State.SEALING);
    }
  }
}
