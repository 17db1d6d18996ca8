package dev.docent.compliance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.compliance.postgres.TestPostgres;
import dev.docent.compliance.retention.RetentionRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Old bodies go only by two people, and only those that may.
class RetentionTest {
  private static final ActorRef ANNA = new ActorRef("act_aaaaaaaaaaaaaaaaaaaaaaaaaa");
  private static final ActorRef BERT = new ActorRef("act_bbbbbbbbbbbbbbbbbbbbbbbbbb");
  private static final ActorRef CARA = new ActorRef("act_cccccccccccccccccccccccccc");
  private static final YearMonth OLD = YearMonth.of(2019, 3);

  private final TestPostgres.Database database = TestPostgres.shared().newDatabase();
  private final AuditWriter writer =
      new AuditWriter(database.as("docent_app"), InstantSource.system());
  private final AuditReader log = new AuditReader(database.as("docent_audit"));
  private final Retention retention =
      new Retention(
          database.as("docent_app"),
          writer,
          new TextDigester("installation", new byte[32]),
          UUID::randomUUID);

  /// A month of long ago with two sealed records of Anna's, and what only a superuser installs.
  @BeforeEach
  void monthOfLongAgo() throws SQLException, IOException {
    database.execute("postgres", superuserScript());
    database.execute(
        "postgres",
        "CREATE TABLE audit.event_2019_03 PARTITION OF audit.event"
            + " FOR VALUES FROM ('2019-03-01 00:00Z') TO ('2019-04-01 00:00Z')",
        "ALTER TABLE audit.event_2019_03 OWNER TO audit_owner");
    for (int i = 0; i < 2; i++) {
      String id = UUID.randomUUID().toString();
      database.execute(
          "postgres",
          """
          INSERT INTO audit.event (event_id, canonical, act, outcome, actor, closes, occurred_at,
                                   recorded_at, writer)
          VALUES ('%s', '{}', 'document.opened', 'success', '%s', false, '2019-03-10', '2019-03-10',
                  gen_random_uuid())"""
              .formatted(id, ANNA),
          "INSERT INTO audit.leaf VALUES (%d, '%s', '2019-03-10', sha256('%s'))"
              .formatted(i, id, id));
    }
  }

  private void witnessed(long size) throws SQLException {
    witnessed(1, size);
  }

  private void witnessed(int epoch, long size) throws SQLException {
    database.execute(
        "postgres",
        "INSERT INTO audit.epoch VALUES (%1$d, 'log.example/epoch-%1$d') ON CONFLICT DO NOTHING"
            .formatted(epoch),
        "INSERT INTO audit.checkpoint VALUES (%d, %d, sha256('root'), 'note')"
            .formatted(epoch, size),
        "INSERT INTO audit.cosignature VALUES (%d, %d, 'witness', 'line')".formatted(epoch, size));
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void twoPeopleLetAMonthGoAndItsLeavesStay() throws SQLException {
    witnessed(2);
    Pruning proposed = retention.propose(ANNA, OLD);
    assertThat(proposed.state()).isEqualTo(Pruning.State.PROPOSED);
    assertThat(count("audit.event_2019_03")).isEqualTo(2);

    Pruning done = retention.approve(BERT, proposed.proposal()).orElseThrow();

    assertThat(done.state()).isEqualTo(Pruning.State.PRUNED);
    assertThat(done.records()).hasValue(2);
    assertThat(count("audit.leaf")).isEqualTo(2);
    assertThat(count("pg_class WHERE relname = 'event_2019_03'")).isZero();
    AuditRecord record =
        log.search(AuditQuery.ALL.withAct("retention.pruned"), Optional.empty(), 10)
            .records()
            .getFirst();
    assertThat(record.data())
        .containsEntry("records", 2L)
        .containsEntry("firstSequence", 0L)
        .containsEntry("lastSequence", 1L)
        .containsEntry("approvers", List.of(ANNA.value(), BERT.value()));
    refused(Reason.NOTHING_THERE, () -> retention.propose(ANNA, OLD));
  }

  @Test
  void onePersonIsNotEnoughAndTheOperatorIsNoPerson() throws SQLException {
    witnessed(2);
    refused(Reason.NO_PERSON, () -> retention.propose(ActorRef.OPERATOR, OLD));
    UUID proposal = retention.propose(ANNA, OLD).proposal();
    refused(Reason.SAME_PERSON, () -> retention.approve(ANNA, proposal));
    refused(Reason.NO_PERSON, () -> retention.approve(ActorRef.OPERATOR, proposal));
    refused(Reason.ALREADY_DECIDED, () -> retention.propose(BERT, OLD));
    assertThat(retention.reject(ANNA, proposal).orElseThrow().state())
        .isEqualTo(Pruning.State.REJECTED);
    refused(Reason.ALREADY_DECIDED, () -> retention.approve(BERT, proposal));
    assertThat(retention.approve(BERT, UUID.randomUUID())).isEmpty();
    assertThat(count("audit.event_2019_03")).isEqualTo(2);
  }

  @Test
  void nothingGoesThatIsYoungUnsealedOrNotWitnessed() throws SQLException {
    refused(Reason.TOO_YOUNG, () -> retention.propose(ANNA, YearMonth.now()));
    refused(Reason.NOTHING_THERE, () -> retention.propose(ANNA, OLD.minusMonths(1)));
    refused(Reason.NOT_WITNESSED, () -> retention.propose(ANNA, OLD));
    witnessed(1);
    refused(Reason.NOT_WITNESSED, () -> retention.propose(ANNA, OLD));
  }

  @Test
  void aWitnessOfAnEarlierEpochDoesNotCount() throws SQLException {
    witnessed(1, 9); // of records that the log lost
    witnessed(2, 1);
    refused(Reason.NOT_WITNESSED, () -> retention.propose(ANNA, OLD));
    witnessed(2, 2);
    assertThat(retention.propose(ANNA, OLD).state()).isEqualTo(Pruning.State.PROPOSED);
  }

  @Test
  void nothingGoesThatIsHeldUntilTheHoldIsReleased() throws SQLException {
    witnessed(2);
    UUID proposal = retention.propose(ANNA, OLD).proposal();
    LegalHold other = retention.place(BERT, wish(Optional.of(CARA)));
    LegalHold hold = retention.place(BERT, wish(Optional.of(ANNA)));
    assertThat(retention.holds()).containsExactly(hold, other);
    refused(Reason.HELD, () -> retention.approve(BERT, proposal));

    assertThat(retention.release(CARA, hold.id()).orElseThrow().releasedBy()).contains(CARA);
    refused(Reason.ALREADY_DECIDED, () -> retention.release(CARA, hold.id()));
    assertThat(retention.approve(BERT, proposal).orElseThrow().state())
        .isEqualTo(Pruning.State.PRUNED);
    assertThat(log.search(AuditQuery.ALL.withAct("hold."), Optional.empty(), 10).records())
        .extracting(AuditRecord::act)
        .containsExactly("hold.released", "hold.placed", "hold.placed");
  }

  private static LegalHold.Wish wish(Optional<ActorRef> account) {
    return new LegalHold.Wish(
        account, Optional.empty(), Optional.empty(), Optional.empty(), "Case 17");
  }

  @Test
  void databaseRefusesToPruneWithoutTheTrueRecordInTheSameTransaction() throws SQLException {
    witnessed(2);
    UUID proposal = retention.propose(ANNA, OLD).proposal();
    assertThatThrownBy(
            () -> database.execute("docent_app", "SELECT audit.prune('" + proposal + "')"))
        .hasMessageContaining("two people");
    try (var connection = database.as("docent_app").getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "UPDATE audit.pruning SET decided_by = '%s', decision = 'approved', decided_at = now()"
              .formatted(BERT));
      writer.appendIn(
          connection, new AuditEvent.PruningDecided(BERT, proposal, AuditEvent.Decision.APPROVED));
      assertThatThrownBy(() -> statement.execute("SELECT audit.prune('" + proposal + "')"))
          .hasMessageContaining("without its audit record");
      connection.rollback();
    }
    assertThatThrownBy(
            () ->
                database.execute(
                    "docent_app",
                    "UPDATE audit.pruning SET decided_by = proposed_by, decision = 'approved',"
                        + " decided_at = now()"))
        .hasMessageContaining("check constraint");
    assertThatThrownBy(
            () ->
                database.execute(
                    "docent_app",
                    "UPDATE audit.pruning SET decided_by = '%s', decision = 'rejected', decided_at = now()"
                        .formatted(BERT)))
        .hasMessageContaining("without an audit record");
  }

  @Test
  void evenASuperuserCannotSimplyDropDetachOrDisarm() {
    for (String statement :
        List.of(
            "DROP TABLE audit.event_2019_03",
            "DROP TABLE audit.leaf CASCADE",
            "DROP SCHEMA audit CASCADE",
            "DROP TRIGGER keep ON audit.event",
            "ALTER TABLE audit.event DETACH PARTITION audit.event_2019_03",
            "ALTER TABLE audit.event DISABLE TRIGGER ALL",
            "ALTER TABLE audit.event_2019_03 DISABLE TRIGGER keep")) {
      assertThatThrownBy(() -> database.execute("postgres", statement), statement)
          .hasMessageContaining("append-only");
    }
    assertThatThrownBy(
            () ->
                database.execute(
                    "postgres",
                    "SET session_replication_role = replica",
                    "DROP TABLE audit.event_2019_03"))
        .hasMessageContaining("append-only");
  }

  private void refused(Reason reason, ThrowingCallable wish) {
    assertThatThrownBy(wish)
        .isInstanceOfSatisfying(
            RetentionRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private long count(String from) throws SQLException {
    return Long.parseLong(database.query("postgres", "SELECT count(*) FROM " + from));
  }

  private static String superuserScript() throws IOException {
    try (InputStream script = Retention.class.getResourceAsStream("/db/audit-superuser.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
