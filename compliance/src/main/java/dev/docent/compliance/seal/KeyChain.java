package dev.docent.compliance.seal;

import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The keys that one trusted key vouches for, each introduced by the one before. Confined to one
/// thread.
public final class KeyChain {
  /// @param after the key counts for trees larger than this
  private record Link(VerifierKey key, long after) {}

  private final List<Link> links = new ArrayList<>();

  public KeyChain(VerifierKey trusted) {
    links.add(new Link(trusted, 0));
  }

  /// Reads a first key, an empty line, and the notes by which each key introduced the next, each
  /// followed by an empty line; what no key of them signed says nothing here.
  ///
  /// @throws IllegalArgumentException if the text is none of that
  public static KeyChain parse(String text) {
    String[] parts = text.split("\n\n", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("not the keys of a log");
    }
    KeyChain keys = new KeyChain(VerifierKey.parse(parts[0]));
    for (String statement : parts[1].split("(?<=\n)\n(?=docent-audit-key/|\\z)")) {
      if (!statement.isBlank()) {
        var _ = keys.add(SignedNote.parse(statement));
      }
    }
    return keys;
  }

  /// Takes a key that the newest one introduces; anything else says nothing here.
  ///
  /// @return whether there is a new key
  public boolean add(SignedNote statement) {
    if (statement.signedBy(newest())) {
      try {
        KeyStatement said = KeyStatement.parse(statement.text());
        links.add(new Link(said.successor(), said.lastSize()));
        return true;
      } catch (IllegalArgumentException e) {
        // the key signed something else
      }
    }
    return false;
  }

  /// The key that vouches for the others.
  public VerifierKey first() {
    return links.getFirst().key();
  }

  public VerifierKey newest() {
    return links.getLast().key();
  }

  /// What the keys sign for, in the order in which they were introduced.
  List<String> origins() {
    return links.stream().map(link -> link.key().name()).distinct().toList();
  }

  /// Whether a key of these is known, or was introduced by one that is.
  boolean vouchedFor(VerifierKey key, Predicate<VerifierKey> known) {
    for (Link link : links) {
      if (known.test(link.key())) {
        return true;
      }
      if (link.key().equals(key)) {
        return false;
      }
    }
    return false;
  }

  /// The key that counts for a checkpoint: the newest of its origin that was not introduced after
  /// it. The first of an epoch counts from the beginning.
  public Optional<VerifierKey> of(Checkpoint checkpoint) {
    List<Link> ofLog =
        links.stream().filter(link -> link.key().name().equals(checkpoint.origin())).toList();
    Optional<VerifierKey> counts = Optional.empty();
    for (int i = 0; i < ofLog.size(); i++) {
      if (i == 0 || ofLog.get(i).after() < checkpoint.size()) {
        counts = Optional.of(ofLog.get(i).key());
      }
    }
    return counts;
  }
}
