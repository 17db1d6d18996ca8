package dev.docent.compliance.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00Z");

  // The key and the note in the documentation of golang.org/x/mod/sumdb/note.
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  @Test
  void readsAndChecksANoteOfGo() {
    VerifierKey key = VerifierKey.parse(PETER);
    assertThat(key.line()).isEqualTo(PETER);
    SignedNote note = SignedNote.parse(NOTE);
    assertThat(note.signedBy(key)).isTrue();
    assertThat(note.format()).isEqualTo(NOTE);
    assertThat(SignedNote.parse(NOTE.replace("answer", "Answer")).signedBy(key)).isFalse();
  }

  @Test
  void goReadsOurNotesAndWeReadItsAndBothReadTheKeys() {
    NoteSigner signer = NoteSigner.generate("log.example/epoch-1", VerifierKey.Kind.LOG);
    Checkpoint checkpoint =
        new Checkpoint("log.example/epoch-1", 7, MerkleTreeTest.leaves(1).getFirst());
    try (GoOracle go = GoOracle.start()) {
      SignedNote ours =
          new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint.text(), TIME)));
      assertThat(go.ask("note", signer.verifier().line(), base64(ours.format())))
          .isEqualTo("ok " + base64(checkpoint.text()));
      assertThat(
              go.ask(
                  "note",
                  signer.verifier().line(),
                  base64(ours.format().replace("\n7\n", "\n8\n"))))
          .startsWith("no:");

      String secret = signer.secret().lines().findFirst().orElseThrow();
      SignedNote theirs =
          SignedNote.parse(
              new String(
                  Base64.getDecoder().decode(go.ask("sign", secret, base64(checkpoint.text()))),
                  UTF_8));
      assertThat(theirs.signedBy(signer.verifier())).isTrue();
      // Ed25519 is deterministic: the same key and text give the same note.
      assertThat(theirs.format()).isEqualTo(ours.format());
    }
  }

  @Test
  void cosignatureCountsForTheWitnessAndItsTimeIsSigned() {
    NoteSigner log = NoteSigner.generate("log.example", VerifierKey.Kind.LOG);
    NoteSigner witness = NoteSigner.generate("witness.example", VerifierKey.Kind.WITNESS);
    String text = "log.example\n1\n" + "A".repeat(43) + "=\n";
    SignedNote note =
        new SignedNote(text, List.of(log.sign(text, TIME))).with(witness.sign(text, TIME));
    assertThat(note.signedBy(log.verifier())).isTrue();
    assertThat(note.signedBy(witness.verifier())).isTrue();
    assertThat(note.signedBy(VerifierKey.parse(PETER))).isFalse();

    SignedNote.Signed signed = note.signatures().get(1);
    byte[] later = Base64.getDecoder().decode(signed.signature());
    later[7]++;
    SignedNote.Signed moved =
        new SignedNote.Signed(
            signed.name(), signed.keyId(), Base64.getEncoder().encodeToString(later));
    assertThat(new SignedNote(text, List.of(moved)).signedBy(witness.verifier())).isFalse();
    assertThat(note.with(moved).signedBy(witness.verifier())).as("beside a good one").isFalse();
  }

  @Test
  void keyIsKeptAsTextAndItsHalvesBelongTogether() {
    NoteSigner signer = NoteSigner.generate("log.example", VerifierKey.Kind.LOG);
    NoteSigner other = NoteSigner.generate("log.example", VerifierKey.Kind.LOG);
    for (int i = 0; i < 50; i++) { // base64 has plus signs too
      NoteSigner some = NoteSigner.generate("log.example/epoch-1", VerifierKey.Kind.LOG);
      assertThat(NoteSigner.read(some.secret()).verifier()).isEqualTo(some.verifier());
    }
    String mixed =
        signer.secret().lines().toList().get(0)
            + "\n"
            + other.secret().lines().toList().get(1)
            + "\n";
    assertThatThrownBy(() -> NoteSigner.read(mixed)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NoteSigner.read("x\ny\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\nsignature\n",
        "text\n\n— name\n",
        "text\n\n— name AAAA\n",
        "text\n\n— name AAAAAAAAAA==",
        "te\u0007xt\n\n— name AAAAAAAAAA==\n"
      })
  void refusesWhatIsNoNote(String note) {
    assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o\n1\nAAAA\n",
        "o\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "o\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nmore\n",
        "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
      })
  void refusesWhatIsNoCheckpoint(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PaulNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void refusesWhatIsNoKey(String line) {
    assertThatThrownBy(() -> VerifierKey.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
