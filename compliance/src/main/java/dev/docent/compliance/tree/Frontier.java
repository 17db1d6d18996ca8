package dev.docent.compliance.tree;

import java.util.ArrayList;
import java.util.List;

/// The right edge of a growing tree: the roots of the complete subtrees that its size decomposes
/// into, largest first. All that is needed to append and to know the root; at most 63 hashes.
/// Confined to one thread.
///
/// ```
/// size 11 = 8 + 2 + 1:   [0..8)  [8..10)  [10]
/// ```
public final class Frontier {
  private final TreeHasher hasher = new TreeHasher();
  private final List<byte[]> roots = new ArrayList<>();
  private long size;

  /// Told of every complete subtree as soon as its last leaf was appended, smallest first.
  @FunctionalInterface
  public interface Completed {
    /// @param height the subtree has 2^height leaves; a single leaf has height 0
    /// @param index it covers the leaves from index * 2^height
    void subtree(int height, long index, byte[] root);
  }

  public void append(byte[] leafHash) {
    append(leafHash, (_, _, _) -> {});
  }

  public void append(byte[] leafHash, Completed completed) {
    appendSubtree(0, leafHash, completed);
  }

  /// Appends a complete subtree of 2^height leaves.
  ///
  /// @throws IllegalArgumentException if the size is no multiple of 2^height
  public void appendSubtree(int height, byte[] root) {
    appendSubtree(height, root, (_, _, _) -> {});
  }

  private void appendSubtree(int height, byte[] root, Completed completed) {
    if (height < 0 || height > 62 || (size & ((1L << height) - 1)) != 0) {
      throw new IllegalArgumentException("no subtree of that height begins here");
    }
    byte[] complete = root;
    long index = size >>> height;
    size += 1L << height;
    int reached = height;
    completed.subtree(reached, index, complete);
    for (; (index & 1) == 1; index >>>= 1) {
      complete = hasher.node(roots.removeLast(), complete);
      completed.subtree(++reached, index >>> 1, complete);
    }
    roots.add(complete);
  }

  /// Leaves appended.
  public long size() {
    return size;
  }

  public byte[] root() {
    if (roots.isEmpty()) {
      return hasher.emptyRoot();
    }
    byte[] root = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      root = hasher.node(roots.get(i), root);
    }
    return root;
  }
}
