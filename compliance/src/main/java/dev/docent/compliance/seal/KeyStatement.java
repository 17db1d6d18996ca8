package dev.docent.compliance.seal;

import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.time.Instant;
import java.util.List;

/// How a key introduces the one after it: the text of a note that the old key signs.
///
/// ```
/// docent-audit-key/v1
/// verifier key of the new key
/// size of the last tree that the old key signed, decimal
/// ```
///
/// @param successor the new key
/// @param lastSize the old key counts for no larger tree
public record KeyStatement(VerifierKey successor, long lastSize) {
  private static final String HEADER = "docent-audit-key/v1";

  /// @throws IllegalArgumentException if the text is no such statement
  public static KeyStatement parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 3 || !lines.getFirst().equals(HEADER)) {
      throw new IllegalArgumentException("not a statement of a key");
    }
    return new KeyStatement(VerifierKey.parse(lines.get(1)), Long.parseLong(lines.get(2)));
  }

  SignedNote signed(NoteSigner old) {
    String text = HEADER + "\n" + successor.line() + "\n" + lastSize + "\n";
    return new SignedNote(text, List.of(old.sign(text, Instant.EPOCH)));
  }
}
