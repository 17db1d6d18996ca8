package dev.docent.compliance.verify;

import dev.docent.compliance.seal.CheckpointFolder;
import dev.docent.compliance.seal.KeyChain;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.Frontier;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.TreeHasher;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Compares an export with the leaf hashes and checkpoints that were kept outside the database.
/// Confined to one thread.
final class FolderCheck implements AutoCloseable {
  private final CheckpointFolder folder;
  private final int epoch;
  private final DataInputStream leaves;
  private long at;
  private int unknown;

  private FolderCheck(CheckpointFolder folder, int epoch) throws IOException {
    this.folder = folder;
    this.epoch = epoch;
    this.leaves = folder.openLeaves(epoch);
  }

  /// @throws IOException if the folder holds nothing of this log's epoch
  static FolderCheck open(Path path, String origin) throws IOException {
    int epoch = Integer.parseInt(origin.substring(origin.lastIndexOf('-') + 1));
    return new FolderCheck(new CheckpointFolder(path), epoch);
  }

  /// Whether what was kept hangs together and goes with a checkpoint. One that is newer may be
  /// signed by a key that was introduced after the export: it says nothing about the export.
  ///
  /// @return what is wrong; empty when nothing is
  Optional<String> history(Checkpoint exported, KeyChain keys) throws IOException {
    Map<Long, byte[]> roots = new TreeMap<>();
    roots.put(exported.size(), exported.root());
    long newest = 0;
    for (SignedNote note : folder.checkpoints(epoch)) {
      Checkpoint kept = Checkpoint.parse(note.text());
      if (!kept.origin().equals(exported.origin())) {
        return Optional.of(
            "the folder's checkpoint of size %d is of another log".formatted(kept.size()));
      }
      if (keys.of(kept).filter(note::signedBy).isEmpty()) {
        if (kept.size() > exported.size()) {
          unknown++;
          continue;
        }
        return Optional.of(
            "the folder's checkpoint of size %d is not signed".formatted(kept.size()));
      }
      byte[] other = roots.putIfAbsent(kept.size(), kept.root());
      if (other != null && !Arrays.equals(other, kept.root())) {
        return Optional.of(
            "two trees of size %d were signed: the log has two histories".formatted(kept.size()));
      }
      newest = Math.max(newest, kept.size());
    }
    if (newest > exported.size() && folder.leaves(epoch) < newest) {
      return Optional.of("the folder holds fewer leaves than its checkpoints say");
    }
    return trees(roots);
  }

  /// How many newer checkpoints are signed by none of the keys.
  int unknown() {
    return unknown;
  }

  private Optional<String> trees(Map<Long, byte[]> roots) throws IOException {
    Frontier frontier = new Frontier();
    try (DataInputStream all = folder.openLeaves(epoch)) {
      for (Map.Entry<Long, byte[]> root : roots.entrySet()) {
        while (frontier.size() < root.getKey()) {
          byte[] leaf = all.readNBytes(TreeHasher.BYTES);
          if (leaf.length < TreeHasher.BYTES) {
            return Optional.of(
                "the folder holds %d leaves, a tree of %d was signed"
                    .formatted(frontier.size(), root.getKey()));
          }
          frontier.append(leaf);
        }
        if (!Arrays.equals(frontier.root(), root.getValue())) {
          return Optional.of(
              "the tree of size %d that was signed is not the tree of the folder's leaves"
                  .formatted(root.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  /// The number of the first of these leaves that differs from the folder's; -1 when none does.
  ///
  /// @param first not before the last one asked for
  long firstDifference(long first, List<byte[]> exported) throws IOException {
    leaves.skipNBytes((first - at) * TreeHasher.BYTES);
    at = first;
    for (byte[] leaf : exported) {
      if (!Arrays.equals(leaves.readNBytes(TreeHasher.BYTES), leaf)) {
        return at;
      }
      at++;
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    leaves.close();
  }
}
