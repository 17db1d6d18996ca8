package dev.docent.compliance.tree;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Checks proofs. Whatever they hold, the answer is a root or none, a yes or a no.
public final class MerkleProofs {
  private MerkleProofs() {}

  /// The root of the tree that a leaf lies in, by its audit path (RFC 9162, 2.1.3.2); empty when
  /// the path does not fit the place and the size.
  ///
  /// @param path from the leaf upwards
  public static Optional<byte[]> rootOfInclusion(
      byte[] leafHash, long leaf, long size, List<byte[]> path) {
    if (leaf < 0 || leaf >= size) {
      return Optional.empty();
    }
    TreeHasher hasher = new TreeHasher();
    long node = leaf;
    long last = size - 1;
    byte[] root = leafHash;
    for (byte[] sibling : path) {
      if (last == 0 || sibling.length != TreeHasher.BYTES) {
        return Optional.empty();
      }
      if ((node & 1) == 1 || node == last) {
        root = hasher.node(sibling, root);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        root = hasher.node(root, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 ? Optional.of(root) : Optional.empty();
  }

  /// Whether the tree of `newer` leaves begins with the tree of `older` (RFC 9162, 2.1.4.2).
  public static boolean consistent(
      long older, byte[] olderRoot, long newer, byte[] newerRoot, List<byte[]> path) {
    if (older < 0 || older > newer) {
      return false;
    }
    if (older == newer) {
      return path.isEmpty() && Arrays.equals(olderRoot, newerRoot);
    }
    if (older == 0) {
      return path.isEmpty() && Arrays.equals(olderRoot, new TreeHasher().emptyRoot());
    }
    Iterator<byte[]> hashes = path.iterator();
    boolean whole = Long.bitCount(older) == 1;
    if (path.stream().anyMatch(hash -> hash.length != TreeHasher.BYTES)
        || (!whole && path.isEmpty())) {
      return false;
    }
    TreeHasher hasher = new TreeHasher();
    long node = older - 1;
    long last = newer - 1;
    while ((node & 1) == 1) {
      node >>>= 1;
      last >>>= 1;
    }
    byte[] first = whole ? olderRoot : hashes.next();
    byte[] old = first;
    byte[] young = first;
    while (hashes.hasNext()) {
      byte[] sibling = hashes.next();
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = hasher.node(sibling, old);
        young = hasher.node(sibling, young);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        young = hasher.node(young, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && Arrays.equals(old, olderRoot) && Arrays.equals(young, newerRoot);
  }

  /// The root of the tree that consecutive leaves lie in; empty when the other hashes are too few
  /// or too many, or one is not of [TreeHasher#BYTES] bytes.
  ///
  /// ```
  /// root(low, high) = the next of the others                 if no leaf of the range lies in it
  ///                 = the leaf's hash                        if high - low = 1
  ///                 = node(root(low, mid), root(mid, high))  else; mid - low = the largest power
  ///                                                          of two below high - low
  /// ```
  ///
  /// @param leafHashes of the leaves from `first`
  /// @param others as [TreeView#range] gives them, from left to right
  public static Optional<byte[]> rootOfRange(
      List<byte[]> leafHashes, long first, long size, List<byte[]> others) {
    if (first < 0
        || leafHashes.isEmpty()
        || leafHashes.size() > size - first
        || others.stream().anyMatch(hash -> hash.length != TreeHasher.BYTES)) {
      return Optional.empty();
    }
    Range range =
        new Range(
            leafHashes, first, first + leafHashes.size(), others.iterator(), new TreeHasher());
    try {
      byte[] root = range.root(0, size);
      return range.others.hasNext() ? Optional.empty() : Optional.of(root);
    } catch (NoSuchElementException _) {
      return Optional.empty();
    }
  }

  private record Range(
      List<byte[]> leaves, long first, long end, Iterator<byte[]> others, TreeHasher hasher) {
    byte[] root(long low, long high) {
      if (high <= first || low >= end) {
        return others.next();
      }
      if (high - low == 1) {
        return leaves.get((int) (low - first));
      }
      long middle = low + TreeView.split(high - low);
      byte[] left = root(low, middle);
      return hasher.node(left, root(middle, high));
    }
  }
}
