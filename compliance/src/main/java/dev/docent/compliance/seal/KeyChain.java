package dev.docent.compliance.seal;

import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys that one trusted key vouches for, each introduced by the one before. Confined to one
/// thread.
public final class KeyChain {
  /// @param after the key counts for trees larger than this
  private record Link(VerifierKey key, long after) {}

  private final List<Link> links = new ArrayList<>();

  public KeyChain(VerifierKey trusted) {
    links.add(new Link(trusted, 0));
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

  public VerifierKey newest() {
    return links.getLast().key();
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
