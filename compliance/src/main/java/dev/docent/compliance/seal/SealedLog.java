package dev.docent.compliance.seal;

import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.Tiles;
import dev.docent.compliance.tree.TreeView;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// The tree and what was signed of it, as others see it. Safe for concurrent use. Every method
/// throws [AuditUnavailableException] when the database cannot be read.
///
/// The `DataSource` gives connections, pooled or not, of a role that has `audit_read`.
public final class SealedLog implements Tiles {
  private final DataSource database;

  public SealedLog(DataSource database) {
    this.database = database;
  }

  /// A signed state of the tree.
  ///
  /// @param note with the witnesses' signatures known so far
  /// @param createdAt the database's clock
  public record Head(int epoch, Checkpoint checkpoint, SignedNote note, Instant createdAt) {
    /// Signatures besides the log's own.
    public List<SignedNote.Signed> cosignatures() {
      return note.signatures().stream()
          .filter(signed -> !signed.name().equals(checkpoint.origin()))
          .toList();
    }
  }

  /// A key of the log.
  ///
  /// @param statement by which the key before introduced it; empty where none was before
  public record Key(int epoch, VerifierKey verifier, Optional<SignedNote> statement) {}

  /// Where a record stands in the tree.
  public record Place(long seq, byte[] leafHash) {}

  /// Records that are durable and not yet leaves.
  ///
  /// @param since since when the oldest of them waits; empty when none does
  public record Waiting(long records, Optional<Duration> since) {}

  /// The newest signed state; empty before the first.
  public Optional<Head> head() {
    return ask(connection -> head(connection, "", 0)).stream().findFirst();
  }

  /// The state signed at exactly a size, of the newest epoch that has one.
  public Optional<Head> at(long size) {
    return ask(connection -> head(connection, "WHERE c.tree_size = ?", size)).stream().findFirst();
  }

  /// The newest state that a witness signed too.
  public Optional<Head> witnessed() {
    return ask(
            connection ->
                head(
                    connection,
                    """
                    WHERE (c.epoch, c.tree_size) = (
                      SELECT epoch, tree_size FROM audit.cosignature
                      ORDER BY epoch DESC, tree_size DESC LIMIT 1)""",
                    0))
        .stream()
        .findFirst();
  }

  /// Every key that ever signed, oldest first.
  public List<Key> keys() {
    return ask(SealedLog::keys);
  }

  static List<Key> keys(Connection connection) throws SQLException {
    List<Key> keys = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT epoch, vkey, statement FROM audit.log_key ORDER BY ordinal");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(
            new Key(
                rows.getInt(1),
                VerifierKey.parse(rows.getString(2)),
                Optional.ofNullable(rows.getString(3)).map(SignedNote::parse)));
      }
    }
    return keys;
  }

  /// The tree as it was at a size that was signed.
  public TreeView view(long size) {
    return new TreeView(this, size);
  }

  /// Empty until the record is sealed.
  public Optional<Place> place(UUID event) {
    return ask(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT seq, leaf_hash FROM audit.leaf WHERE event_id = ?")) {
            statement.setObject(1, event);
            try (ResultSet rows = statement.executeQuery()) {
              return rows.next()
                  ? Optional.of(new Place(rows.getLong(1), rows.getBytes(2)))
                  : Optional.empty();
            }
          }
        });
  }

  public Waiting waiting() {
    return ask(
        connection -> {
          try (PreparedStatement statement =
                  connection.prepareStatement(
                      """
                      SELECT count(*), extract(epoch FROM clock_timestamp() - min(recorded_at))
                      FROM audit.pending""");
              ResultSet rows = statement.executeQuery()) {
            rows.next();
            double seconds = rows.getDouble(2);
            return new Waiting(
                rows.getLong(1),
                rows.wasNull()
                    ? Optional.empty()
                    : Optional.of(Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)))));
          }
        });
  }

  /// @throws TreeDamagedException if a hash of the tile is missing
  @Override
  public byte[] read(int level, long index, int width) {
    return ask(connection -> TreeTables.hashes(connection, level, index * WIDTH, width));
  }

  /// Work that reads many tiles.
  @FunctionalInterface
  interface Reading<T> {
    T read(Tiles tiles) throws IOException;
  }

  /// Lets work read tiles on one connection, which is quicker where it reads many.
  <T> T reading(Reading<T> work) throws IOException {
    try (Connection connection = database.getConnection()) {
      return work.read(
          (level, index, width) -> {
            try {
              return TreeTables.hashes(connection, level, index * WIDTH, width);
            } catch (SQLException e) {
              throw unreadable(e);
            }
          });
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static List<Head> head(Connection connection, String where, long parameter)
      throws SQLException {
    String sql =
        """
        SELECT c.epoch, c.note, c.created_at,
               array(SELECT line FROM audit.cosignature s
                     WHERE s.epoch = c.epoch AND s.tree_size = c.tree_size ORDER BY s.witness)
        FROM audit.checkpoint c %s ORDER BY c.epoch DESC, c.tree_size DESC LIMIT 1"""
            .formatted(where);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (where.contains("?")) {
        statement.setLong(1, parameter);
      }
      List<Head> heads = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          SignedNote note = SignedNote.parse(rows.getString(2));
          for (String line : (String[]) rows.getArray(4).getArray()) {
            note = note.with(SignedNote.Signed.parse(line));
          }
          heads.add(
              new Head(
                  rows.getInt(1),
                  Checkpoint.parse(note.text()),
                  note,
                  rows.getObject(3, OffsetDateTime.class).toInstant()));
        }
      }
      return heads;
    }
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static AuditUnavailableException unreadable(SQLException cause) {
    return new AuditUnavailableException("the sealed log cannot be read", false, cause);
  }
}
