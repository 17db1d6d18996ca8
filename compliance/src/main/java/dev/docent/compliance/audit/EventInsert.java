package dev.docent.compliance.audit;

import dev.docent.compliance.audit.CanonicalEvent.SearchColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.UUID;

/// The one statement that writes the log. Every column but `closes` is derived from the canonical
/// bytes, so a record that was spooled is stored as it would have been at once.
final class EventInsert {
  private static final String SQL =
      """
      INSERT INTO audit.event (event_id, canonical, act, outcome, actor, account, documents, intent,
                               closes, occurred_at, writer, writer_seq)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private EventInsert() {}

  static PreparedStatement prepare(Connection connection) throws SQLException {
    return connection.prepareStatement(SQL);
  }

  /// @param closes whether the record ends the intent that it names
  static void bind(PreparedStatement insert, byte[] canonical, boolean closes) throws SQLException {
    SearchColumns columns = SearchColumns.of(CanonicalJson.readObject(canonical));
    insert.setObject(1, columns.id());
    insert.setBytes(2, canonical);
    insert.setString(3, columns.act());
    insert.setString(4, columns.outcome());
    insert.setString(5, columns.actor());
    insert.setString(6, columns.account());
    if (columns.documents().isEmpty()) {
      insert.setNull(7, Types.ARRAY);
    } else {
      insert.setArray(
          7, insert.getConnection().createArrayOf("uuid", columns.documents().toArray()));
    }
    insert.setObject(8, columns.intent());
    insert.setBoolean(9, closes);
    insert.setObject(10, columns.time().atOffset(ZoneOffset.UTC));
    insert.setObject(11, UUID.fromString(columns.writer()));
    if (columns.sequence().isPresent()) {
      insert.setLong(12, columns.sequence().getAsLong());
    } else {
      insert.setNull(12, Types.BIGINT);
    }
  }
}
