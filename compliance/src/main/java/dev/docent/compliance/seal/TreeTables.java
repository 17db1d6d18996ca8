package dev.docent.compliance.seal;

import dev.docent.compliance.tree.Frontier;
import dev.docent.compliance.tree.TreeHasher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The tree as it lies in `audit.leaf` (level 0) and `audit.subtree` (levels 1 to 7).
final class TreeTables {
  static final int TOP_LEVEL = 7;

  private TreeTables() {}

  /// @throws TreeDamagedException if a hash of them is missing
  static byte[] hashes(Connection connection, int level, long from, int count) throws SQLException {
    String sql =
        level == 0
            ? "SELECT leaf_hash FROM audit.leaf WHERE seq >= ? AND seq < ? ORDER BY seq"
            : "SELECT hash FROM audit.subtree WHERE level = "
                + level
                + " AND idx >= ? AND idx < ? ORDER BY idx";
    byte[] hashes = new byte[count * TreeHasher.BYTES];
    int read = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, from);
      statement.setLong(2, from + count);
      try (ResultSet rows = statement.executeQuery()) {
        for (; rows.next(); read++) {
          System.arraycopy(rows.getBytes(1), 0, hashes, read * TreeHasher.BYTES, TreeHasher.BYTES);
        }
      }
    }
    if (read != count) {
      throw new TreeDamagedException(
          "of the tree's hashes at level %d from %d, %d of %d are there"
              .formatted(level, from, read, count));
    }
    return hashes;
  }

  /// The right edge of the tree.
  static Frontier frontier(Connection connection, long size) throws SQLException {
    Frontier frontier = new Frontier();
    for (int level = TOP_LEVEL; level >= 0; level--) {
      long from = level == TOP_LEVEL ? 0 : size >>> (8 * (level + 1)) << 8;
      int count = (int) ((size >>> (8 * level)) - from);
      byte[] hashes = count == 0 ? new byte[0] : hashes(connection, level, from, count);
      for (int i = 0; i < count; i++) {
        byte[] hash = new byte[TreeHasher.BYTES];
        System.arraycopy(hashes, i * TreeHasher.BYTES, hash, 0, TreeHasher.BYTES);
        frontier.appendSubtree(8 * level, hash);
      }
    }
    return frontier;
  }
}
