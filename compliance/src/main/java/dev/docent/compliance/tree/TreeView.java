package dev.docent.compliance.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tree of a fixed size, read from its tiles, and the proofs about it. Keeps the tiles it read
/// last, 2 MiB of them at most. Confined to one thread.
public final class TreeView {
  private static final int CACHED_TILES = 256;
  private static final int TILE_HEIGHT = 8;

  private final Tiles tiles;
  private final long size;
  private final TreeHasher hasher = new TreeHasher();
  private final Map<TileName, byte[]> cache =
      new LinkedHashMap<>(CACHED_TILES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TileName, byte[]> eldest) {
          return size() > CACHED_TILES;
        }
      };

  private record TileName(int level, long index) {}

  /// @param size leaves; `tiles` holds them all
  public TreeView(Tiles tiles, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a size is not negative");
    }
    this.tiles = tiles;
    this.size = size;
  }

  public long size() {
    return size;
  }

  public byte[] root() {
    return root(size);
  }

  /// The root that the tree had at a smaller size.
  public byte[] root(long atSize) {
    require(atSize >= 0 && atSize <= size, "the tree is smaller");
    return atSize == 0 ? hasher.emptyRoot() : subtree(0, atSize);
  }

  /// The audit path of a leaf in the tree as it was at a size, from the leaf upwards (RFC 9162,
  /// 2.1.3.1): at most ceil(log2(size)) hashes.
  public List<byte[]> inclusion(long leaf, long atSize) {
    require(leaf >= 0 && leaf < atSize && atSize <= size, "the leaf is not in the tree");
    List<byte[]> path = new ArrayList<>();
    inclusion(leaf, 0, atSize, path);
    return path;
  }

  private void inclusion(long leaf, long low, long high, List<byte[]> path) {
    if (high - low == 1) {
      return;
    }
    long middle = low + split(high - low);
    if (leaf < middle) {
      inclusion(leaf, low, middle, path);
      path.add(subtree(middle, high));
    } else {
      inclusion(leaf, middle, high, path);
      path.add(subtree(low, middle));
    }
  }

  /// Shows that the tree of `newer` leaves begins with the tree of `older` (RFC 9162, 2.1.4.1).
  /// Empty when the sizes are equal or `older` is 0.
  public List<byte[]> consistency(long older, long newer) {
    require(older >= 0 && older <= newer && newer <= size, "sizes ascend and lie in the tree");
    List<byte[]> path = new ArrayList<>();
    if (older > 0 && older < newer) {
      consistency(older, 0, newer, true, path);
    }
    return path;
  }

  private void consistency(long older, long low, long high, boolean known, List<byte[]> path) {
    if (older == high) {
      if (!known) {
        path.add(subtree(low, high));
      }
      return;
    }
    long middle = low + split(high - low);
    if (older <= middle) {
      consistency(older, low, middle, known, path);
      path.add(subtree(middle, high));
    } else {
      consistency(older, middle, high, false, path);
      path.add(subtree(low, middle));
    }
  }

  /// What [MerkleProofs#rootOfRange] needs besides the leaves `first` to `first + count - 1`: the
  /// roots of everything else, from left to right.
  public List<byte[]> range(long first, long count) {
    require(first >= 0 && count > 0 && count <= size - first, "the range is not in the tree");
    List<byte[]> others = new ArrayList<>();
    range(first, first + count, 0, size, others);
    return others;
  }

  private void range(long first, long end, long low, long high, List<byte[]> others) {
    if (high <= first || low >= end) {
      others.add(subtree(low, high));
    } else if (low < first || high > end) {
      long middle = low + split(high - low);
      range(first, end, low, middle, others);
      range(first, end, middle, high, others);
    }
  }

  /// Root of the leaves `low` to `high - 1`, a subtree that RFC 6962 cuts the tree into: `low` is a
  /// multiple of the largest power of two in `high - low`.
  private byte[] subtree(long low, long high) {
    long length = high - low;
    long largest = Long.highestOneBit(length);
    byte[] left = complete(Long.numberOfTrailingZeros(largest), low / largest);
    return largest == length ? left : hasher.node(left, subtree(low + largest, high));
  }

  private byte[] complete(int height, long index) {
    int level = height / TILE_HEIGHT;
    int within = height % TILE_HEIGHT;
    long first = index << within;
    byte[] tile = tile(level, first / Tiles.WIDTH);
    int offset = (int) (first % Tiles.WIDTH);
    byte[][] row = new byte[1 << within][];
    for (int i = 0; i < row.length; i++) {
      row[i] = new byte[TreeHasher.BYTES];
      System.arraycopy(tile, (offset + i) * TreeHasher.BYTES, row[i], 0, TreeHasher.BYTES);
    }
    for (int length = row.length; length > 1; length /= 2) {
      for (int i = 0; i < length / 2; i++) {
        row[i] = hasher.node(row[2 * i], row[2 * i + 1]);
      }
    }
    return row[0];
  }

  private byte[] tile(int level, long index) {
    TileName name = new TileName(level, index);
    byte[] known = cache.get(name);
    if (known != null) {
      return known;
    }
    long available = (size >>> (TILE_HEIGHT * level)) - index * Tiles.WIDTH;
    byte[] read = tiles.read(level, index, (int) Math.min(Tiles.WIDTH, available));
    cache.put(name, read);
    return read;
  }

  /// The largest power of two that is smaller than a length of at least 2.
  static long split(long length) {
    return Long.highestOneBit(length - 1);
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what);
    }
  }
}
