package dev.docent.compliance.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// One connection and the gap-free numbering of what went through it. After any failure the
/// numbering ends and a new writer id begins, so a gap inside one id always means loss.
final class WriterStream {
  private static final Duration PARTITION_CHECK = Duration.ofHours(6);
  private static final String UNIQUE_VIOLATION = "23505";

  private final Connection connection;
  private final PreparedStatement insert;
  private final UUID writer = UUID.randomUUID();
  private long next;
  private Instant partitionsChecked = Instant.MIN;

  private WriterStream(Connection connection, PreparedStatement insert) {
    this.connection = connection;
    this.insert = insert;
  }

  /// @param used ids of this process's earlier streams: their intents are still in hand
  static WriterStream open(DataSource database, Set<UUID> used) throws SQLException {
    Connection connection = database.getConnection();
    try {
      connection.setNetworkTimeout(Runnable::run, (int) AuditWriter.TIME_LIMIT.toMillis());
      connection.setAutoCommit(false);
      WriterStream stream = new WriterStream(connection, EventInsert.prepare(connection));
      used.add(stream.writer);
      try (PreparedStatement prepare =
          connection.prepareStatement(
              "SELECT set_config('statement_timeout', ?, false),"
                  + " (SELECT count(pg_advisory_lock(key)) FROM unnest(?) key)")) {
        prepare.setString(1, Long.toString(AuditWriter.TIME_LIMIT.toMillis()));
        prepare.setArray(
            2,
            connection.createArrayOf(
                "bigint", used.stream().map(WriterLock::keyOf).toArray(Long[]::new)));
        prepare.executeQuery().close();
      }
      connection.commit();
      return stream;
    } catch (SQLException e) {
      cut(connection);
      throw e;
    }
  }

  /// In the order given; [#commit] makes them durable.
  void insert(List<AuditEvent> events, List<Receipt> receipts, InstantSource clock)
      throws SQLException {
    if (clock.instant().isAfter(partitionsChecked.plus(PARTITION_CHECK))) {
      try (PreparedStatement ensure =
          connection.prepareStatement("SELECT audit.ensure_partitions()")) {
        ensure.executeQuery().close();
      }
      connection.commit();
      partitionsChecked = clock.instant();
    }
    for (int i = 0; i < events.size(); i++) {
      bind(events.get(i), receipts.get(i), next + i);
      insert.addBatch();
    }
    insert.executeBatch();
  }

  /// One record of the writer's own, committed.
  void insert(AuditEvent event, Receipt receipt) throws SQLException {
    bind(event, receipt, next);
    insert.executeUpdate();
    commit(1);
  }

  private void bind(AuditEvent event, Receipt receipt, long sequence) throws SQLException {
    byte[] canonical = CanonicalEvent.encode(event, receipt, writer, OptionalLong.of(sequence));
    EventInsert.bind(insert, canonical, event instanceof AuditEvent.Closing);
  }

  /// Records that were spooled, under the numbering of their journal. Those that an earlier replay
  /// brought, before it broke off, are passed over.
  void replay(List<Spool.Line> lines) throws SQLException {
    try {
      for (Spool.Line line : lines) {
        EventInsert.bind(insert, line.canonical(), line.closes());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      insert.clearBatch();
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      for (Spool.Line line : lines) {
        replayOne(line);
      }
    }
  }

  private void replayOne(Spool.Line line) throws SQLException {
    try {
      EventInsert.bind(insert, line.canonical(), line.closes());
      insert.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  void commit(int written) throws SQLException {
    connection.commit();
    next += written;
  }

  /// Asks for a sign of life, [AuditWriter#TIME_LIMIT] at most, between two transactions.
  boolean isAlive() {
    try {
      return connection.isValid(
          Math.toIntExact(AuditWriter.TIME_LIMIT.plusMillis(999).toSeconds()));
    } catch (SQLException e) {
      return false;
    }
  }

  void close() {
    try (connection) {
      insert.close();
    } catch (SQLException e) {
      cut();
    }
  }

  /// Ends the connection without a word to a server that may not be listening.
  void cut() {
    cut(connection);
  }

  private static void cut(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // Nothing is left to release: the socket was gone already.
    }
  }
}
