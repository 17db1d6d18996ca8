package dev.docent.compliance.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Finds and exports records. Safe for concurrent use. Reads only; whoever lets a person read the
/// log records that themselves ([AuditEvent.AuditRead], [AuditEvent.ExportStarted]).
///
/// The `DataSource` gives connections, pooled or not, of a role that has `audit_read`.
public final class AuditReader {
  public static final int MAX_PAGE = 500;

  private static final Pattern CURSOR = Pattern.compile("(\\d{1,17})\\.([0-9a-f-]{36})");
  private static final int FETCH_SIZE = 1000;
  private static final int PORTION = 5000;

  private final DataSource database;

  public AuditReader(DataSource database) {
    this.database = database;
  }

  /// Some records, newest first.
  ///
  /// @param next where the following page begins; empty on the last page
  public record Page(List<AuditRecord> records, Optional<String> next) {
    public Page {
      records = List.copyOf(records);
    }
  }

  /// How many records match.
  ///
  /// @param atLeast exact unless `more`
  public record Total(long atLeast, boolean more) {}

  /// How many records match, by act.
  ///
  /// @param acts the most frequent first; none where there are `more`
  /// @param more than the limit
  public record Totals(Map<String, Long> acts, boolean more) {
    public Totals {
      acts = Collections.unmodifiableMap(new LinkedHashMap<>(acts));
    }
  }

  /// One page of a search, newest first by time of recording. Its cost does not grow with the
  /// number of pages before it.
  ///
  /// @param before [Page#next] of the page before; empty for the first
  /// @param limit 1 to [#MAX_PAGE]
  /// @throws AuditUnavailableException if the log cannot be read
  public Page search(AuditQuery query, Optional<String> before, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " records");
    }
    Selection selection = new Selection(query);
    before.ifPresent(selection::before);
    List<AuditRecord> records =
        read(selection.sql(Selection.NEWEST_FIRST, limit + 1), selection.parameters());
    if (records.size() <= limit) {
      return new Page(records, Optional.empty());
    }
    AuditRecord last = records.get(limit - 1);
    return new Page(records.subList(0, limit), Optional.of(cursorOf(last)));
  }

  /// @throws AuditUnavailableException if the log cannot be read
  public Optional<AuditRecord> find(UUID id) {
    return read(
            "SELECT " + Selection.COLUMNS + " FROM audit.record WHERE event_id = ?", List.of(id))
        .stream()
        .findFirst();
  }

  /// The records of one question from its intent to its end, oldest first, and of its ratings,
  /// which may be repeated without end, the one that holds.
  ///
  /// @return empty if there is no such intent
  /// @throws AuditUnavailableException if the log cannot be read
  public List<AuditRecord> question(UUID intent) {
    String sql =
        """
        SELECT %1$s FROM audit.record WHERE event_id = ? AND act = 'question.asked'
        UNION ALL
        SELECT %1$s FROM audit.record WHERE intent = ? AND act <> 'question.rated'
        UNION ALL
        (SELECT %1$s FROM audit.record WHERE intent = ? AND act = 'question.rated'
         ORDER BY recorded_at DESC, event_id DESC LIMIT 1)
        ORDER BY recorded_at, event_id"""
            .formatted(Selection.COLUMNS);
    List<AuditRecord> records = read(sql, List.of(intent, intent, intent));
    return records.stream().anyMatch(record -> record.id().equals(intent)) ? records : List.of();
  }

  /// Counts matching records that the tree of a size holds, up to a limit that keeps it quick.
  public Total total(AuditQuery query, long size, int limit) {
    Selection selection = new Selection(query);
    selection.sealedBefore(size);
    String sql =
        "SELECT count(*) FROM (" + selection.sql(Selection.NEWEST_FIRST, limit + 1) + ") counted";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, selection.parameters());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        long found = rows.getLong(1);
        return new Total(Math.min(found, limit), found > limit);
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /// Counts matching records by act, up to a limit that keeps it quick. In no order, so that an
  /// index alone can answer it.
  ///
  /// @throws AuditUnavailableException if the log cannot be read
  public Totals totals(AuditQuery query, int limit) {
    Selection selection = new Selection(query);
    String sql =
        "SELECT act, count(*) FROM ("
            + selection.sql("act", "", limit + 1)
            + ") counted GROUP BY act ORDER BY 2 DESC, 1";
    Map<String, Long> acts = new LinkedHashMap<>();
    long found = 0;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, selection.parameters());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          acts.put(rows.getString(1), rows.getLong(2));
          found += rows.getLong(2);
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return found > limit ? new Totals(Map.of(), true) : new Totals(acts, false);
  }

  /// Writes every sealed record that matches and was not pruned, in the order of the tree, in
  /// memory that does not grow with their number.
  ///
  /// @param size only records that the tree of this size holds
  /// @param progress told every thousand records and at the end, and asked whether to go on; once
  ///   it said no, it says no again
  /// @param out flushed at the end, not closed
  /// @throws IOException from `out`; what was written until then is not a complete export
  /// @throws AuditUnavailableException if the log cannot be read to the end
  public Exported export(
      AuditQuery query, long size, ExportFormat format, OutputStream out, ExportProgress progress)
      throws IOException {
    ExportWriter writer = new ExportWriter(format, out);
    inTree(
        query,
        size,
        row -> {
          if (row.getBytes("canonical") != null) {
            writer.write(record(row));
          }
          return writer.records() % FETCH_SIZE != 0 || progress.proceed(writer.records());
        });
    return writer.finish(progress.proceed(writer.records()));
  }

  /// A sealed record on its way out.
  @FunctionalInterface
  public interface SealedRecord {
    /// @param canonical empty where the record was pruned: only its leaf is left
    /// @return false to stop
    boolean next(long seq, byte[] leafHash, Optional<byte[]> canonical) throws IOException;
  }

  /// Hands over every sealed record that matches, in the order of the tree, in memory that does not
  /// grow with their number. Only a query without restrictions finds pruned records.
  ///
  /// @param size only records that the tree of this size holds
  /// @throws IOException from `sink`
  /// @throws AuditUnavailableException if the log cannot be read to the end
  public void sealed(AuditQuery query, long size, SealedRecord sink) throws IOException {
    inTree(
        query,
        size,
        row ->
            sink.next(
                row.getLong("seq"),
                row.getBytes("leaf_hash"),
                Optional.ofNullable(row.getBytes("canonical"))));
  }

  /// Takes a row with `seq`, `leaf_hash`, `canonical` (null: pruned) and `recorded_at`; false
  /// stops.
  private interface Row {
    boolean next(ResultSet row) throws SQLException, IOException;
  }

  private void inTree(AuditQuery query, long size, Row sink) throws IOException {
    try (Connection connection = database.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      // The driver fetches in portions only inside a transaction.
      connection.setAutoCommit(false);
      try {
        if (query.equals(AuditQuery.ALL)) {
          all(connection, size, sink);
        } else {
          matching(connection, query, size, sink);
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static void all(Connection connection, long size, Row sink)
      throws SQLException, IOException {
    String sql =
        """
        SELECT seq, leaf_hash, canonical, recorded_at FROM audit.sealed
        WHERE seq >= ? AND seq < ? ORDER BY seq""";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      // In portions of the key, so that the plan is a walk along it however large the log is.
      for (long from = 0; from < size; from += PORTION) {
        statement.setLong(1, from);
        statement.setLong(2, Math.min(size, from + PORTION));
        if (!handOver(statement, sink)) {
          return;
        }
      }
    }
  }

  private static void matching(Connection connection, AuditQuery query, long size, Row sink)
      throws SQLException, IOException {
    Selection selection = new Selection(query);
    selection.sealedBefore(size);
    try (PreparedStatement statement =
        connection.prepareStatement(selection.sql(Selection.IN_TREE_ORDER, 0))) {
      statement.setFetchSize(FETCH_SIZE);
      bind(statement, selection.parameters());
      handOver(statement, sink);
    }
  }

  private static boolean handOver(PreparedStatement statement, Row sink)
      throws SQLException, IOException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (!sink.next(rows)) {
          return false;
        }
      }
      return true;
    }
  }

  /// An intent without an end.
  ///
  /// @param writer that recorded it
  /// @param writerLives whether a process holds that writer's lock
  record OpenIntent(UUID intent, UUID writer, boolean writerLives) {}

  /// Intents without an end, oldest first.
  List<OpenIntent> openIntents() {
    String sql =
        """
        SELECT event_id, writer FROM audit.open_intent ORDER BY recorded_at""";
    String living =
        """
        SELECT EXISTS (SELECT FROM pg_locks
          WHERE locktype = 'advisory' AND granted AND objsubid = 1
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (classid::bigint << 32 | objid::bigint) = ?)""";
    List<OpenIntent> open = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        PreparedStatement lives = connection.prepareStatement(living);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        UUID writer = rows.getObject(2, UUID.class);
        lives.setLong(1, WriterLock.keyOf(writer));
        try (ResultSet held = lives.executeQuery()) {
          held.next();
          open.add(new OpenIntent(rows.getObject(1, UUID.class), writer, held.getBoolean(1)));
        }
      }
      return open;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private List<AuditRecord> read(String sql, List<Object> parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      List<AuditRecord> records = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          records.add(record(rows));
        }
      }
      return records;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static AuditRecord record(ResultSet rows) throws SQLException {
    long sequence = rows.getLong("seq");
    boolean sealed = !rows.wasNull();
    return AuditRecord.of(
        rows.getBytes("canonical"),
        rows.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        sealed ? OptionalLong.of(sequence) : OptionalLong.empty(),
        sealed ? Optional.of(Sha256.of(rows.getBytes("leaf_hash"))) : Optional.empty());
  }

  private static void bind(PreparedStatement statement, List<Object> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
  }

  private static AuditUnavailableException unreadable(SQLException cause) {
    return new AuditUnavailableException("the audit log cannot be read", false, cause);
  }

  private static String cursorOf(AuditRecord record) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, record.recordedAt()) + "." + record.id();
  }

  /// The SQL of a query. Where a restriction can be met in two ways (the person acted, or was acted
  /// upon), each way is a branch of its own that follows its own index in order.
  private static final class Selection {
    static final String COLUMNS = "event_id, canonical, recorded_at, seq, leaf_hash";
    static final String NEWEST_FIRST = " ORDER BY recorded_at DESC, event_id DESC";
    static final String IN_TREE_ORDER = " ORDER BY seq";

    /// A condition with its parameters.
    private record Condition(String sql, List<Object> parameters) {
      Condition and(Condition other) {
        List<Object> both = new ArrayList<>(parameters);
        both.addAll(other.parameters);
        return new Condition(sql + " AND " + other.sql, both);
      }
    }

    private List<Condition> branches = List.of(new Condition("true", List.of()));

    Selection(AuditQuery query) {
      query.from().ifPresent(time -> restrict("recorded_at >= ?", utc(time)));
      query.to().ifPresent(time -> restrict("recorded_at < ?", utc(time)));
      if (!query.acts().isEmpty()) {
        acts(query.acts());
      }
      query
          .outcome()
          .ifPresent(outcome -> restrict("outcome = ?", outcome.name().toLowerCase(Locale.ROOT)));
      query.document().ifPresent(id -> restrict("documents @> ARRAY[?]::uuid[]", id));
      query
          .person()
          .ifPresent(
              person ->
                  branch(
                      new Condition("actor = ?", List.of(person.value())),
                      new Condition(
                          "account = ? AND actor <> ?", List.of(person.value(), person.value()))));
      query
          .intent()
          .ifPresent(
              id ->
                  branch(
                      new Condition("event_id = ?", List.of(id)),
                      new Condition("intent = ?", List.of(id))));
    }

    void before(String cursor) {
      Matcher parts = CURSOR.matcher(cursor);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not a cursor of this search");
      }
      Instant recorded = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
      branch(
          new Condition(
              "(recorded_at, event_id) < (?, ?)",
              List.of(utc(recorded), UUID.fromString(parts.group(2)))));
    }

    void sealedBefore(long size) {
      restrict("seq < ?", size);
    }

    /// @param limit 0 for all
    String sql(String order, int limit) {
      return sql(COLUMNS, order, limit);
    }

    String sql(String columns, String order, int limit) {
      String tail = order + (limit == 0 ? "" : " LIMIT " + limit);
      List<String> selects =
          branches.stream()
              .map(branch -> "SELECT " + columns + " FROM audit.record WHERE " + branch.sql)
              .toList();
      if (selects.size() == 1) {
        return selects.getFirst() + tail;
      }
      // Each branch is limited too, so that none is read to its end for one page.
      String each = limit == 0 ? "" : tail;
      return "SELECT * FROM (("
          + String.join(each + ") UNION ALL (", selects)
          + each
          + ")) branches"
          + tail;
    }

    List<Object> parameters() {
      return branches.stream().flatMap(branch -> branch.parameters.stream()).toList();
    }

    private void acts(Set<String> acts) {
      List<Condition> any =
          acts.stream()
              .map(
                  act ->
                      act.endsWith(".")
                          ? new Condition(
                              "act LIKE ?", List.<Object>of(act.replace("_", "\\_") + "%"))
                          : new Condition("act = ?", List.<Object>of(act)))
              .toList();
      branch(
          new Condition(
              any.stream().map(Condition::sql).collect(Collectors.joining(" OR ", "(", ")")),
              any.stream().flatMap(one -> one.parameters().stream()).toList()));
    }

    private void restrict(String sql, Object parameter) {
      branch(new Condition(sql, List.of(parameter)));
    }

    private void branch(Condition... alternatives) {
      List<Condition> all = new ArrayList<>();
      for (Condition branch : branches) {
        for (Condition alternative : alternatives) {
          all.add(branch.and(alternative));
        }
      }
      branches = all;
    }

    private static OffsetDateTime utc(Instant time) {
      return time.atOffset(ZoneOffset.UTC);
    }
  }
}
