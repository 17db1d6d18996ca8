package dev.docent.compliance.retention;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.compliance.retention.RetentionRefusedException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Holds records back and lets old ones go. Safe for concurrent use.
///
/// ```
/// propose (one person) ──▶ approve (another) ──▶ retention.pruned on record, bodies dropped
///                      └─▶ reject (anyone)       one transaction; leaves and checkpoints stay
/// ```
///
/// The database itself refuses what is too young, held or not covered by a witnessed checkpoint,
/// whoever asks. Every change is recorded in its own transaction.
///
/// The `DataSource` gives connections of a role that has `audit_append` and `audit_prune`.
public final class Retention {
  private static final String HOLDS =
      """
      SELECT hold_id, account, document, from_time, to_time, reason, placed_by, placed_at,
             released_by, released_at FROM audit.legal_hold""";
  private static final String PRUNINGS =
      """
      SELECT p.proposal, p.month, p.proposed_by, p.proposed_at, p.decision, p.decided_by,
             p.decided_at, d.records
      FROM audit.pruning p LEFT JOIN audit.pruned d ON d.proposal = p.proposal""";

  private final DataSource database;
  private final AuditWriter writer;
  private final TextDigester digester;
  private final Supplier<UUID> ids;

  /// @param digester of reasons
  public Retention(
      DataSource database, AuditWriter writer, TextDigester digester, Supplier<UUID> ids) {
    this.database = database;
    this.writer = writer;
    this.digester = digester;
    this.ids = ids;
  }

  // --- Holds

  /// All holds, the newest first, released ones included.
  public List<LegalHold> holds() {
    return run(connection -> list(connection, HOLDS + " ORDER BY placed_at DESC", Retention::hold));
  }

  public LegalHold place(ActorRef by, LegalHold.Wish wish) {
    return run(
        connection -> {
          UUID id = ids.get();
          String sql =
              """
              INSERT INTO audit.legal_hold
                (hold_id, account, document, from_time, to_time, reason, placed_by)
              VALUES (?, ?, ?, ?, ?, ?, ?)""";
          execute(
              connection,
              sql,
              id,
              wish.account().map(ActorRef::value).orElse(null),
              wish.document().orElse(null),
              wish.from().map(Retention::utc).orElse(null),
              wish.to().map(Retention::utc).orElse(null),
              wish.reason(),
              by.value());
          writer.appendIn(
              connection,
              new AuditEvent.HoldPlaced(
                  by,
                  id,
                  wish.account(),
                  wish.document(),
                  wish.from(),
                  wish.to(),
                  digester.digest(wish.reason())));
          return list(connection, HOLDS + " WHERE hold_id = ?", Retention::hold, id).getFirst();
        });
  }

  /// @return the hold as it is then; empty if there is none of this id
  /// @throws RetentionRefusedException if it was released before
  public Optional<LegalHold> release(ActorRef by, UUID id) {
    return run(
        connection -> {
          Optional<LegalHold> known =
              list(connection, HOLDS + " WHERE hold_id = ? FOR UPDATE", Retention::hold, id)
                  .stream()
                  .findFirst();
          if (known.isEmpty()) {
            return known;
          }
          if (known.get().releasedAt().isPresent()) {
            throw new RetentionRefusedException(
                Reason.ALREADY_DECIDED, "The hold was released before");
          }
          execute(
              connection,
              "UPDATE audit.legal_hold SET released_by = ?, released_at = clock_timestamp()"
                  + " WHERE hold_id = ?",
              by.value(),
              id);
          writer.appendIn(connection, new AuditEvent.HoldReleased(by, id));
          return list(connection, HOLDS + " WHERE hold_id = ?", Retention::hold, id).stream()
              .findFirst();
        });
  }

  // --- Pruning

  /// All proposals, the newest first.
  public List<Pruning> prunings() {
    return run(
        connection ->
            list(connection, PRUNINGS + " ORDER BY p.proposed_at DESC", Retention::pruning));
  }

  /// Asks that a month's bodies be dropped. Nothing happens until another person approves.
  ///
  /// @throws RetentionRefusedException if the month may not go now, or someone has asked already
  public Pruning propose(ActorRef by, YearMonth month) {
    requirePerson(by);
    return run(
        connection -> {
          contents(connection, month);
          boolean waits =
              !list(
                      connection,
                      PRUNINGS + " WHERE p.month = ? AND p.decision IS NULL",
                      Retention::pruning,
                      month.atDay(1))
                  .isEmpty();
          if (waits) {
            throw new RetentionRefusedException(
                Reason.ALREADY_DECIDED, "The month is proposed already");
          }
          UUID id = ids.get();
          execute(
              connection,
              "INSERT INTO audit.pruning (proposal, month, proposed_by) VALUES (?, ?, ?)",
              id,
              month.atDay(1),
              by.value());
          writer.appendIn(
              connection,
              new AuditEvent.PruningProposed(by, id, begin(month), begin(month.plusMonths(1))));
          return one(connection, id);
        });
  }

  /// Agrees, and drops the bodies: all in one transaction, recorded first.
  ///
  /// @return what came of it; empty if there is no such proposal
  /// @throws RetentionRefusedException if it is the proposer who asks, or the month may not go now
  public Optional<Pruning> approve(ActorRef by, UUID proposal) {
    requirePerson(by);
    return run(
        connection -> {
          Optional<Pruning> known = undecided(connection, proposal);
          if (known.isEmpty()) {
            return known;
          }
          ActorRef first = known.get().proposedBy();
          if (first.equals(by)) {
            throw new RetentionRefusedException(
                Reason.SAME_PERSON, "Another person than who proposed it must approve");
          }
          YearMonth month = known.get().month();
          decide(connection, by, proposal, AuditEvent.Decision.APPROVED);
          Contents contents = contents(connection, month);
          writer.appendIn(
              connection,
              new AuditEvent.Pruned(
                  by,
                  proposal,
                  begin(month),
                  begin(month.plusMonths(1)),
                  contents.records(),
                  contents.first(),
                  contents.last(),
                  List.of(first, by)));
          try (PreparedStatement prune = connection.prepareStatement("SELECT audit.prune(?)")) {
            prune.setObject(1, proposal);
            prune.executeQuery().close();
          }
          return Optional.of(one(connection, proposal));
        });
  }

  /// @return the proposal as it is then; empty if there is none of this id
  public Optional<Pruning> reject(ActorRef by, UUID proposal) {
    requirePerson(by);
    return run(
        connection -> {
          Optional<Pruning> known = undecided(connection, proposal);
          if (known.isEmpty()) {
            return known;
          }
          decide(connection, by, proposal, AuditEvent.Decision.REJECTED);
          return Optional.of(one(connection, proposal));
        });
  }

  private void decide(
      Connection connection, ActorRef by, UUID proposal, AuditEvent.Decision decision)
      throws SQLException {
    execute(
        connection,
        "UPDATE audit.pruning SET decided_by = ?, decision = lower(?),"
            + " decided_at = clock_timestamp() WHERE proposal = ?",
        by.value(),
        decision.name(),
        proposal);
    writer.appendIn(connection, new AuditEvent.PruningDecided(by, proposal, decision));
  }

  private static Optional<Pruning> undecided(Connection connection, UUID proposal)
      throws SQLException {
    Optional<Pruning> known =
        list(
                connection,
                PRUNINGS + " WHERE p.proposal = ? FOR UPDATE OF p",
                Retention::pruning,
                proposal)
            .stream()
            .findFirst();
    if (known.filter(one -> one.state() != Pruning.State.PROPOSED).isPresent()) {
      throw new RetentionRefusedException(Reason.ALREADY_DECIDED, "This was decided before");
    }
    return known;
  }

  private static Pruning one(Connection connection, UUID proposal) throws SQLException {
    return list(connection, PRUNINGS + " WHERE p.proposal = ?", Retention::pruning, proposal)
        .getFirst();
  }

  private record Contents(long records, long first, long last) {}

  private static Contents contents(Connection connection, YearMonth month) throws SQLException {
    return list(
            connection,
            "SELECT records, first_seq, last_seq FROM audit.prunable(?)",
            rows -> new Contents(rows.getLong(1), rows.getLong(2), rows.getLong(3)),
            month.atDay(1))
        .getFirst();
  }

  private static void requirePerson(ActorRef by) {
    if (!by.isPseudonym()) {
      throw new RetentionRefusedException(
          Reason.NO_PERSON, "Only a person with an account may propose or decide this");
    }
  }

  // --- SQL

  private interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private interface Row<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T> T run(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  private static RuntimeException refusal(SQLException e) {
    Reason reason =
        switch (String.valueOf(e.getSQLState())) {
          case "DC001" -> Reason.TOO_YOUNG;
          case "DC002" -> Reason.HELD;
          case "DC003" -> Reason.NOT_WITNESSED;
          case "DC004" -> Reason.NOTHING_THERE;
          default -> null;
        };
    if (reason == null) {
      return new AuditUnavailableException("the log's retention is unavailable", false, e);
    }
    String said = String.valueOf(e.getMessage());
    String first = said.lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    return new RetentionRefusedException(reason, first);
  }

  private static <T> List<T> list(
      Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> list = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          list.add(row.of(rows));
        }
      }
      return list;
    }
  }

  private static void execute(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }

  private static LegalHold hold(ResultSet rows) throws SQLException {
    return new LegalHold(
        rows.getObject(1, UUID.class),
        actor(rows.getString(2)),
        Optional.ofNullable(rows.getObject(3, UUID.class)),
        time(rows, 4),
        time(rows, 5),
        rows.getString(6),
        new ActorRef(rows.getString(7)),
        time(rows, 8).orElseThrow(),
        actor(rows.getString(9)),
        time(rows, 10));
  }

  private static Pruning pruning(ResultSet rows) throws SQLException {
    String decision = rows.getString(5);
    long records = rows.getLong(8);
    boolean pruned = !rows.wasNull();
    return new Pruning(
        rows.getObject(1, UUID.class),
        YearMonth.from(rows.getObject(2, LocalDate.class)),
        new ActorRef(rows.getString(3)),
        time(rows, 4).orElseThrow(),
        pruned
            ? Pruning.State.PRUNED
            : decision == null ? Pruning.State.PROPOSED : Pruning.State.REJECTED,
        actor(rows.getString(6)),
        time(rows, 7),
        pruned ? OptionalLong.of(records) : OptionalLong.empty());
  }

  private static Optional<ActorRef> actor(@Nullable String reference) {
    return Optional.ofNullable(reference).map(ActorRef::new);
  }

  private static Optional<Instant> time(ResultSet rows, int column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Instant begin(YearMonth month) {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
