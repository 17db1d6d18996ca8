package dev.docent.compliance.tree;

/// Where a tree is stored: rows of hashes cut into tiles of 256 (C2SP tlog-tiles).
///
/// ```
/// level 2            root of 65,536 leaves ...
/// level 1   root of leaves 0..255 | 256..511 | ...      256 of them: one tile
/// level 0   leaf hash 0 | 1 | 2 | ...                   256 of them: one tile
/// ```
@FunctionalInterface
public interface Tiles {
  int WIDTH = 256;

  /// The first `width` hashes of a tile, one after the other.
  ///
  /// @param level 0 for leaf hashes; a hash of level l is the root of 256^l leaves
  /// @param index the tile holds the hashes from 256 * index of its level
  /// @param width 1 to [#WIDTH]
  /// @return width * 32 bytes, which nobody writes to
  byte[] read(int level, long index, int width);
}
