package dev.docent.compliance.seal;

import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.audit.ExportProgress;
import dev.docent.compliance.audit.SearchCopies;
import dev.docent.compliance.tree.Frontier;
import dev.docent.compliance.tree.TreeHasher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;

/// Checks the whole log in the database against its newest signed state: every record is the one
/// that was sealed and is found by what it says, the leaves give the signed root. Safe for
/// concurrent use.
///
/// It finds what happened to the data, not who lies: whoever can change this program can have it
/// say what they like. That is what exports, witnesses and other people's verifiers are for.
public final class SelfCheck {
  private static final int PORTION = 5000;

  private final DataSource database;
  private final SealedLog log;

  /// @param database connections of a role that has `audit_seal`
  public SelfCheck(DataSource database, SealedLog log) {
    this.database = database;
    this.log = log;
  }

  /// @param size of the signed tree
  /// @param records that were compared; fewer than the size where some are pruned
  /// @param firstBad the first record that is wrong; empty when none is, though the tree may be
  /// @param problem in words; empty when all is well
  public record Result(long size, long records, OptionalLong firstBad, String problem) {
    public boolean valid() {
      return problem.isEmpty();
    }
  }

  /// @param progress told every few thousand records, and asked whether to go on; one that does not
  ///   ends with a problem
  /// @throws AuditUnavailableException if the log cannot be read to the end
  public Result run(ExportProgress progress) {
    SealedLog.Head head = log.head().orElse(null);
    if (head == null) {
      return new Result(0, 0, OptionalLong.empty(), "");
    }
    if (log.keys().stream().noneMatch(key -> head.note().signedBy(key.verifier()))) {
      return bad(head, 0, OptionalLong.empty(), "the newest checkpoint is not signed by the log");
    }
    try (Connection connection = database.getConnection()) {
      return check(connection, head, progress);
    } catch (SQLException e) {
      throw new AuditUnavailableException("the log cannot be read", false, e);
    }
  }

  private static Result check(Connection connection, SealedLog.Head head, ExportProgress progress)
      throws SQLException {
    long size = head.checkpoint().size();
    Frontier frontier = new Frontier();
    TreeHasher hasher = new TreeHasher();
    long records = 0;
    String sql =
        """
        SELECT l.seq, l.leaf_hash, e.canonical, %s
        FROM audit.leaf l
        LEFT JOIN audit.event e ON e.recorded_at = l.recorded_at AND e.event_id = l.event_id
        WHERE l.seq >= ? AND l.seq < ? ORDER BY l.seq"""
            .formatted(SearchCopies.COLUMNS);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (long from = 0; from < size; from += PORTION) {
        statement.setLong(1, from);
        statement.setLong(2, Math.min(size, from + PORTION));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            long seq = rows.getLong("seq");
            if (seq != frontier.size()) {
              return bad(head, records, frontier.size(), "its leaf is missing");
            }
            byte[] leaf = rows.getBytes("leaf_hash");
            byte[] canonical = rows.getBytes("canonical");
            if (canonical != null) {
              if (!Arrays.equals(hasher.leaf(canonical), leaf)) {
                return bad(head, records, seq, "it is not the one that was sealed");
              }
              if (!findable(canonical, rows)) {
                return bad(head, records, seq, "it is filed under what it does not say");
              }
              records++;
            }
            frontier.append(leaf);
          }
        }
        if (!progress.proceed(frontier.size())) {
          return bad(head, records, OptionalLong.empty(), "the check was ended before its end");
        }
      }
    }
    if (frontier.size() != size) {
      return bad(head, records, frontier.size(), "it and all after it are missing");
    }
    Optional<UUID> unsealed = neverSealed(connection);
    if (unsealed.isPresent()) {
      return bad(
          head,
          records,
          OptionalLong.empty(),
          "record %s was taken out of those that wait to be sealed".formatted(unsealed.get()));
    }
    return Arrays.equals(frontier.root(), head.checkpoint().root())
        ? new Result(size, records, OptionalLong.empty(), "")
        : bad(
            head, records, OptionalLong.empty(), "the leaves do not give the root that was signed");
  }

  /// A record that is neither sealed nor waits for it.
  private static Optional<UUID> neverSealed(Connection connection) throws SQLException {
    String sql =
        """
        SELECT event_id FROM audit.event e
        WHERE NOT EXISTS (SELECT 1 FROM audit.leaf l
                          WHERE l.recorded_at = e.recorded_at AND l.event_id = e.event_id)
          AND NOT EXISTS (SELECT 1 FROM audit.pending p WHERE p.event_id = e.event_id)
        ORDER BY recorded_at LIMIT 1""";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
    }
  }

  private static boolean findable(byte[] canonical, ResultSet row) throws SQLException {
    try {
      return SearchCopies.agree(canonical, row);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Result bad(SealedLog.Head head, long records, long seq, String why) {
    return bad(head, records, OptionalLong.of(seq), "record %d: %s".formatted(seq, why));
  }

  private static Result bad(SealedLog.Head head, long records, OptionalLong seq, String why) {
    return new Result(head.checkpoint().size(), records, seq, why);
  }
}
