package dev.docent.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.compliance.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the database refuses by itself, whoever asks.
class AuditSchemaTest {
  private static final TestPostgres.Database DATABASE = TestPostgres.shared().newDatabase();
  private static final AuditWriter WRITER =
      new AuditWriter(DATABASE.as("docent_app"), InstantSource.system());

  @BeforeAll
  static void oneRecordAndADomainTable() throws SQLException {
    WRITER.append(EventSamples.ALL.getFirst());
    DATABASE.execute(
        "docent_owner",
        "CREATE SCHEMA library",
        "GRANT USAGE ON SCHEMA library TO docent_app",
        "CREATE TABLE library.document (id int PRIMARY KEY)",
        "GRANT ALL ON library.document TO docent_app",
        """
        CREATE CONSTRAINT TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON library.document
          DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_record()""");
  }

  @AfterAll
  static void close() {
    WRITER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT canonical FROM audit.event",
        "SELECT * FROM audit.record",
        "UPDATE audit.event SET actor = 'system'",
        "DELETE FROM audit.event",
        "TRUNCATE audit.event",
        "DELETE FROM audit.pending",
        "SELECT * FROM audit.pending",
        "INSERT INTO audit.leaf VALUES (0, gen_random_uuid(), now(), sha256('x'))",
        "INSERT INTO audit.event (event_id, canonical, act, outcome, actor, closes, occurred_at,"
            + " writer, recorded_at) VALUES (gen_random_uuid(), '{}', 'a.b', 'success', 'system',"
            + " false, now(), gen_random_uuid(), '2026-01-01')"
      })
  void serviceMayOnlyAppend(String statement) {
    assertThatThrownBy(() -> DATABASE.execute("docent_app", statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit.event SET actor = 'system'",
        "DELETE FROM audit.event",
        "INSERT INTO audit.event (event_id, canonical, act, outcome, actor, closes, occurred_at,"
            + " writer) VALUES (gen_random_uuid(), '{}', 'a.b', 'success', 'system', false, now(),"
            + " gen_random_uuid())",
        "UPDATE audit.leaf SET leaf_hash = sha256('x')",
        "DELETE FROM audit.checkpoint"
      })
  void readingRoleMayNotWriteRecords(String statement) {
    assertThatThrownBy(() -> DATABASE.execute("docent_audit", statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit.event SET actor = 'system'",
        "DELETE FROM audit.event",
        "TRUNCATE audit.event",
      })
  void superuserIsRefusedByTheTriggers(String statement) {
    assertThatThrownBy(() -> DATABASE.execute("postgres", statement))
        .hasMessageContaining("append-only");
    assertThatThrownBy(
            () -> DATABASE.execute("postgres", "SET session_replication_role = replica", statement))
        .hasMessageContaining("append-only");
  }

  @Test
  void superuserIsRefusedOnThePartitionItself() throws SQLException {
    String partition =
        DATABASE.query("postgres", "SELECT tableoid::regclass FROM audit.event LIMIT 1");
    for (String statement : new String[] {"DELETE FROM ", "TRUNCATE "}) {
      assertThatThrownBy(
              () ->
                  DATABASE.execute(
                      "postgres", "SET session_replication_role = replica", statement + partition))
          .hasMessageContaining("append-only");
    }
  }

  /// Tables that are no evidence: two work queues, the erasable map of people, and what is changed
  /// in its own recorded transaction.
  private static final Set<String> MUTABLE =
      Set.of("pending", "open_intent", "identity", "subject_key", "retention_policy");

  /// What people decided about the log, for the service to show; it rewrites none of it.
  private static final Set<String> SHOWN = Set.of("legal_hold", "pruning", "pruned");

  @Test
  void everyTableOfTheLogKeepsWhatItHoldsWhoeverAsks() throws SQLException {
    List<String> kept = tables();
    assertThat(kept).contains("event", "leaf", "checkpoint").doesNotContain("pending");
    for (String table : kept) {
      String guards =
          DATABASE.query(
              "postgres",
              """
              SELECT count(*) FROM pg_trigger
              WHERE tgrelid = 'audit.%s'::regclass AND tgenabled = 'A'
                AND tgfoid = 'audit.refuse()'::regprocedure"""
                  .formatted(table));
      assertThat(Integer.parseInt(guards)).as("guards of %s", table).isGreaterThanOrEqualTo(2);
      assertThatThrownBy(
              () ->
                  DATABASE.execute(
                      "postgres",
                      "SET session_replication_role = replica",
                      "TRUNCATE audit." + table + " CASCADE"))
          .as(table)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void serviceHasNoMoreRightsThanToAppend() throws SQLException {
    for (String table : tables()) {
      for (String right : List.of("SELECT", "UPDATE", "DELETE", "TRUNCATE")) {
        if (right.equals("SELECT") && SHOWN.contains(table)) {
          continue;
        }
        assertThat(
                DATABASE.query(
                    "postgres",
                    "SELECT has_table_privilege('docent_app', 'audit.%s', '%s')"
                        .formatted(table, right)))
            .as("%s on %s", right, table)
            .isEqualTo("f");
      }
    }
  }

  /// Evidence, its partitions included.
  private static List<String> tables() throws SQLException {
    String all =
        DATABASE.query(
            "postgres",
            "SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind IN ('r', 'p')"
                + " AND relnamespace = 'audit'::regnamespace");
    return Arrays.stream(all.split(" ")).filter(table -> !MUTABLE.contains(table)).toList();
  }

  @Test
  void changeWithoutRecordIsRefusedAtCommit() {
    assertThatThrownBy(
            () -> DATABASE.execute("docent_app", "INSERT INTO library.document VALUES (1)"))
        .hasMessageContaining("INSERT of library.document without an audit record");
  }

  @Test
  void changeWithItsRecordCommits() throws SQLException {
    try (Connection connection = DATABASE.as("docent_app").getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO library.document VALUES (2)");
      WRITER.appendIn(
          connection,
          new AuditEvent.DocumentOpened(
              EventSamples.ANNA,
              EventSamples.DOCUMENT,
              EventSamples.REVISION,
              AuditEvent.DocumentForm.TEXT));
      connection.commit();

      // A later transaction on the same connection needs its own.
      statement.execute("DELETE FROM library.document");
      assertThatThrownBy(connection::commit).hasMessageContaining("without an audit record");
    }
    assertThat(DATABASE.query("docent_app", "SELECT count(*) FROM library.document WHERE id = 2"))
        .isEqualTo("1");
  }

  @Test
  void sameIdTwiceIsRefused() throws SQLException {
    String again =
        "INSERT INTO audit.event (event_id, canonical, act, outcome, actor, closes, occurred_at,"
            + " writer) SELECT event_id, '{}', 'a.b', 'success', 'system', false, now(), event_id"
            + " FROM audit.event LIMIT 1";
    assertThatThrownBy(() -> DATABASE.execute("postgres", again)).hasMessageContaining("duplicate");
  }

  @Test
  void partitionsAreMadeAheadAndOnce() throws SQLException {
    assertThatCode(() -> DATABASE.execute("docent_app", "SELECT audit.ensure_partitions()"))
        .doesNotThrowAnyException();
    assertThat(
            DATABASE.query(
                "postgres",
                "SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit.event'::regclass"))
        .isEqualTo("4");
  }
}
