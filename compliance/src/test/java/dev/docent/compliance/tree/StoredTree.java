package dev.docent.compliance.tree;

import java.util.ArrayList;
import java.util.List;

/// A tree in memory, grown leaf by leaf, with its tiles.
public final class StoredTree implements Tiles {
  private final Frontier frontier = new Frontier();
  private final List<List<byte[]>> levels = new ArrayList<>();

  public static StoredTree of(List<byte[]> leafHashes) {
    StoredTree tree = new StoredTree();
    leafHashes.forEach(tree::append);
    return tree;
  }

  public void append(byte[] leafHash) {
    frontier.append(
        leafHash,
        (height, index, root) -> {
          if (height % 8 == 0) {
            while (levels.size() <= height / 8) {
              levels.add(new ArrayList<>());
            }
            List<byte[]> level = levels.get(height / 8);
            if (level.size() != index) {
              throw new IllegalStateException("subtrees complete in order");
            }
            level.add(root);
          }
        });
  }

  public Frontier frontier() {
    return frontier;
  }

  public TreeView view() {
    return new TreeView(this, frontier.size());
  }

  @Override
  public byte[] read(int level, long index, int width) {
    byte[] tile = new byte[width * TreeHasher.BYTES];
    for (int i = 0; i < width; i++) {
      byte[] hash = levels.get(level).get((int) (index * WIDTH) + i);
      System.arraycopy(hash, 0, tile, i * TreeHasher.BYTES, TreeHasher.BYTES);
    }
    return tile;
  }
}
