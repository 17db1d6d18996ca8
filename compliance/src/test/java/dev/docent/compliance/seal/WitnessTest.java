package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.StoredTree;
import dev.docent.compliance.tree.TreeHasher;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.compliance.witness.Witness;
import dev.docent.compliance.witness.WitnessServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
  private static final String ORIGIN = "log.test/epoch-1";

  @TempDir Path home;
  private final List<String> alarms = new ArrayList<>();
  private final NoteSigner log = NoteSigner.generate(ORIGIN, VerifierKey.Kind.LOG);

  private Witness witness() {
    return witness(Optional.of(log.verifier()));
  }

  private Witness witness(Optional<VerifierKey> key) {
    return Witness.open(
        home.resolve("witness"), "witness.test", key, InstantSource.system(), alarms::add);
  }

  private static StoredTree tree(int size, String flavour) {
    StoredTree tree = new StoredTree();
    for (int i = 0; i < size; i++) {
      tree.append(new TreeHasher().leaf((flavour + i).getBytes(UTF_8)));
    }
    return tree;
  }

  private String request(StoredTree tree, long old) {
    return request(tree, old, log);
  }

  /// That a tree of so many records be signed for the first time.
  static String request(int size, NoteSigner signer) {
    return request(tree(size, "r"), 0, signer);
  }

  private static String request(StoredTree tree, long old, NoteSigner signer) {
    long size = tree.frontier().size();
    Checkpoint checkpoint = new Checkpoint(signer.verifier().name(), size, tree.frontier().root());
    StringBuilder request = new StringBuilder("old " + old + "\n");
    if (old <= size) {
      tree.view()
          .consistency(old, size)
          .forEach(hash -> request.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
    }
    return request
        .append('\n')
        .append(
            new SignedNote(
                    checkpoint.text(), List.of(signer.sign(checkpoint.text(), Instant.EPOCH)))
                .format())
        .toString();
  }

  @Test
  void signsWhatContinuesAndRemembersItAcrossARestart() {
    Witness witness = witness();
    assertThat(witness.addCheckpoint(request(tree(5, "r"), 0)).status()).isEqualTo(200);
    Witness again = witness(Optional.empty());
    assertThat(again.verifier()).isEqualTo(witness.verifier());
    Witness.Answer answer = again.addCheckpoint(request(tree(9, "r"), 5));
    assertThat(answer.status()).isEqualTo(200);
    SignedNote head = again.head(ORIGIN).orElseThrow();
    assertThat(Checkpoint.parse(head.text()).size()).isEqualTo(9);
    assertThat(head.signedBy(witness.verifier())).isTrue();
    assertThat(answer.body()).isEqualTo(head.signatures().getLast().line() + "\n");
    // The same state again is signed again.
    assertThat(again.addCheckpoint(request(tree(9, "r"), 9)).status()).isEqualTo(200);
    assertThat(alarms).isEmpty();
  }

  @Test
  void refusesALogThatWentBackOrHasTwoHistoriesAndKeepsTheEvidence() throws IOException {
    Witness witness = witness();
    assertThat(witness.addCheckpoint(request(tree(9, "r"), 0)).status()).isEqualTo(200);

    Witness.Answer back = witness.addCheckpoint(request(tree(7, "r"), 7));
    assertThat(back).isEqualTo(new Witness.Answer(409, "text/x.tlog.size", "9\n"));
    Witness.Answer sameSize = witness.addCheckpoint(request(tree(9, "other"), 9));
    assertThat(sameSize.status()).isEqualTo(409);
    Witness.Answer larger = witness.addCheckpoint(request(tree(12, "other"), 9));
    assertThat(larger.status()).isEqualTo(422);

    assertThat(Checkpoint.parse(witness.head(ORIGIN).orElseThrow().text()))
        .isEqualTo(new Checkpoint(ORIGIN, 9, tree(9, "r").frontier().root()));
    assertThat(alarms).hasSize(3);
    // A log that goes on asking does not fill the disk.
    var _ = witness.addCheckpoint(request(tree(8, "r"), 8));
    assertThat(alarms).hasSize(4);
    try (Stream<Path> kept = Files.list(home.resolve("witness/refused"))) {
      assertThat(kept).hasSize(3);
    }
  }

  @Test
  void followsALogThatBeginsAgainAndSaysSoAloud() {
    Witness witness = witness();
    assertThat(witness.addCheckpoint(request(tree(9, "r"), 0)).status()).isEqualTo(200);
    NoteSigner next = NoteSigner.generate("log.test/epoch-2", VerifierKey.Kind.LOG);
    String statement = new KeyStatement(next.verifier(), 7).signed(log).format();
    assertThat(witness.addKey(statement).status()).isEqualTo(200);
    assertThat(alarms)
        .singleElement()
        .asString()
        .contains("log.test/epoch-2 after 7 records, of its last epoch 9 were signed here");
    assertThat(witness.addCheckpoint(request(tree(8, "r"), 0, next)).status()).isEqualTo(200);
    Witness again = witness(Optional.empty());
    assertThat(again.addCheckpoint(request(tree(9, "r"), 8, next)).status()).isEqualTo(200);
  }

  @Test
  void answersWhatIsNotToThePointAsTheNormSays() {
    Witness witness = witness();
    assertThat(witness.addCheckpoint("").status()).isEqualTo(400);
    assertThat(witness.addCheckpoint("old x\n\n").status()).isEqualTo(400);
    assertThat(witness.addCheckpoint(request(tree(3, "r"), 4)).status()).isEqualTo(400);
    NoteSigner stranger = NoteSigner.generate("other.test/epoch-1", VerifierKey.Kind.LOG);
    assertThat(witness.addCheckpoint(request(tree(3, "r"), 0, stranger)).status()).isEqualTo(404);
    NoteSigner thief = NoteSigner.generate(ORIGIN, VerifierKey.Kind.LOG);
    assertThat(witness.addCheckpoint(request(tree(3, "r"), 0, thief)).status()).isEqualTo(403);
    assertThat(witness.addCheckpoint(request(tree(3, "r"), 2)))
        .isEqualTo(new Witness.Answer(409, "text/x.tlog.size", "0\n"));
    assertThat(alarms).isEmpty();
    assertThatThrownBy(() -> witness(Optional.of(thief.verifier())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLogIsWitnessedOverHttpThroughRestartsAndNewKeysAndCaughtWhenItGoesBack() throws Exception {
    try (TestLog test = new TestLog(home)) {
      test.append(10);
      test.sealer.seal();
      Witness witness = witness(Optional.of(test.log.keys().getFirst().verifier()));
      try (WitnessServer server =
          new WitnessServer(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
        try (WitnessClient client = client(test, address, witness)) {
          client.ask();
          assertThat(client.health().state()).isEqualTo(WitnessClient.State.SIGNED);
          test.append(300);
          test.sealer.seal();
          client.ask();
          test.sealer.rotateKey(TestLog.person(0));
          test.append(5);
          test.sealer.seal();
          client.ask();
        }
        SealedLog.Head head = test.log.head().orElseThrow();
        assertThat(head.note().signedBy(witness.verifier())).isTrue();
        assertThat(test.log.witnessed().orElseThrow().checkpoint()).isEqualTo(head.checkpoint());
        assertThat(witness.head(head.checkpoint().origin()).orElseThrow().text())
            .isEqualTo(head.note().text());

        // A client without memory learns the size from the witness.
        test.append(3);
        test.sealer.seal();
        try (WitnessClient fresh = client(test, address, witness)) {
          fresh.ask();
          assertThat(fresh.health().state()).isEqualTo(WitnessClient.State.SIGNED);
        }
        assertThat(alarms).isEmpty();
        caughtGoingBack(test, address, witness);
      }
    }
  }

  /// The whole log is taken back, its folder too: only the witness knows.
  private void caughtGoingBack(TestLog test, URI address, Witness witness) throws Exception {
    test.database.save();
    test.append(50);
    test.sealer.seal();
    try (WitnessClient client = client(test, address, witness)) {
      client.ask();
    }
    test.database.restore();
    test.append(7);
    try (Sealer unaware =
            test.sealerWith(test.keys, new CheckpointFolder(home.resolve("restored")));
        WitnessClient client = client(test, address, witness)) {
      unaware.seal();
      client.ask();
      assertThat(client.health().state()).isEqualTo(WitnessClient.State.CONFLICT);
      test.append(100); // beyond the size that the witness knows
      unaware.seal();
      client.ask();
      assertThat(client.health().state()).isEqualTo(WitnessClient.State.CONFLICT);
    }
    assertThat(alarms).isNotEmpty();
  }

  private static WitnessClient client(TestLog test, URI address, Witness witness) {
    return new WitnessClient(
        test.log,
        test.database.as("docent_audit"),
        address,
        witness.verifier(),
        InstantSource.system(),
        () -> {});
  }
}
