package dev.docent.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.docent.compliance.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditWriterTest {
  private static final AuditEvent EVENT = EventSamples.ALL.getFirst();

  private final TestPostgres.Database database = TestPostgres.shared().newDatabase();
  private final AuditReader reader = new AuditReader(database.as("docent_audit"));

  @Test
  void returnsWhenTheRecordIsDurable() {
    try (AuditWriter writer = open(database)) {
      Receipt receipt = writer.append(EVENT);

      AuditRecord record = reader.find(receipt.event()).orElseThrow();
      assertThat(record.act()).isEqualTo("auth.signed_in");
      assertThat(record.time()).isEqualTo(receipt.time());
      assertThat(record.actor()).isEqualTo(EVENT.actor());
      assertThat(receipt.event().version()).isEqualTo(7);
      assertThat(writer.health().available()).isTrue();
    }
  }

  @Test
  void numbersRecordsOfConcurrentCallersWithoutGap() throws Exception {
    int threads = 16;
    int each = 100;
    try (AuditWriter writer = open(database)) {
      inParallel(
          threads,
          () -> {
            for (int i = 0; i < each; i++) {
              writer.append(EVENT);
            }
          });
    }
    assertThat(
            database.query(
                "postgres",
                "SELECT count(*) || ' ' || min(writer_seq) || ' ' || max(writer_seq) || ' '"
                    + " || count(DISTINCT writer_seq) || ' ' || count(DISTINCT writer)"
                    + " FROM audit.event"))
        .isEqualTo("1600 0 1599 1600 1");
    AuditRecord last = reader.search(AuditQuery.ALL, Optional.empty(), 1).records().getFirst();
    assertThat(last.canonical())
        .containsPattern("\"writer\":\\{\"id\":\"[0-9a-f-]{36}\",\"seq\":\\d+}");
  }

  @Test
  void recordOfAChangeSharesItsFate() throws SQLException {
    try (AuditWriter writer = open(database);
        Connection connection = database.as("docent_app").getConnection()) {
      assertThatThrownBy(() -> writer.appendIn(connection, EVENT))
          .isInstanceOf(IllegalStateException.class);
      connection.setAutoCommit(false);
      Receipt undone = writer.appendIn(connection, EVENT);
      connection.rollback();
      Receipt done = writer.appendIn(connection, EVENT);
      connection.commit();

      assertThat(reader.find(undone.event())).isEmpty();
      assertThat(reader.find(done.event())).isPresent();
    }
  }

  @Test
  void refusesARecordThatIsTooLargeAndGoesOn() {
    try (AuditWriter writer = open(database)) {
      AuditEvent huge =
          new AuditEvent.Pruned(
              EventSamples.ANNA,
              EventSamples.OTHER,
              EventSamples.TIME,
              EventSamples.TIME,
              1,
              0,
              0,
              Collections.nCopies(1000, EventSamples.ANNA));
      assertThatThrownBy(() -> writer.append(huge)).isInstanceOf(IllegalArgumentException.class);
      assertThat(writer.append(EVENT)).isNotNull();
    }
  }

  @Test
  void survivesTheLossOfItsConnectionBetweenAppends() throws SQLException {
    try (AuditWriter writer = open(database)) {
      writer.append(EVENT);
      database.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE usename = 'docent_app' AND datname = current_database()");
      assertThat(writer.append(EVENT)).isNotNull();
    }
    assertThat(database.query("postgres", "SELECT count(DISTINCT writer) FROM audit.event"))
        .isEqualTo("2");
  }

  @Test
  void saysWithinTwoSecondsThatTheDatabaseIsGoneAndRecovers() throws Exception {
    TestPostgres own = TestPostgres.start();
    TestPostgres.Database mine = own.newDatabase();
    try (AuditWriter writer = open(mine)) {
      writer.append(EVENT);
      own.stop();
      List<Duration> refusals = Collections.synchronizedList(new ArrayList<>());
      inParallel(
          20,
          () -> {
            long start = System.nanoTime();
            assertThatThrownBy(() -> writer.append(EVENT))
                .isInstanceOf(AuditUnavailableException.class);
            refusals.add(Duration.ofNanos(System.nanoTime() - start));
          });
      assertThat(refusals)
          .hasSize(20)
          .allMatch(took -> took.compareTo(Duration.ofMillis(2500)) < 0);
      assertThat(writer.health().available()).isFalse();

      own.resume();
      assertThat(writer.append(EVENT)).isNotNull();
      assertThat(writer.health().available()).isTrue();
    } finally {
      own.stop();
    }
    own.resume();
    // Nothing that was refused for certain stands in the log.
    assertThat(mine.query("postgres", "SELECT count(*) FROM audit.event")).isEqualTo("2");
  }

  @Test
  void noticesUnaskedThatTheDatabaseIsGoneAndBack() throws Exception {
    TestPostgres own = TestPostgres.start();
    TestPostgres.Database mine = own.newDatabase();
    try (AuditWriter writer = open(mine)) {
      writer.append(EVENT);
      writer.ensureTakesRecords();
      own.stop();
      await(() -> !writer.health().available());
      assertThatThrownBy(writer::ensureTakesRecords).isInstanceOf(AuditUnavailableException.class);
      own.resume();
      await(() -> writer.health().available());
      writer.ensureTakesRecords();
    } finally {
      own.stop();
    }
  }

  @Test
  void saysTrulyWhetherARecordMayStandWhenTheDatabaseHangs() throws Exception {
    try (AuditWriter writer = open(database)) {
      writer.append(EVENT);
      long before = records();
      AuditUnavailableException refusal;
      // A lock that lets no insert through: the database took the statement and does not answer.
      try (Connection blocker = database.as("postgres").getConnection();
          Statement statement = blocker.createStatement()) {
        blocker.setAutoCommit(false);
        statement.execute("LOCK TABLE audit.event IN ACCESS EXCLUSIVE MODE");
        refusal = catchThrowableOfType(AuditUnavailableException.class, () -> writer.append(EVENT));
        blocker.rollback();
      }
      assertThat(writer.append(EVENT)).isNotNull();

      // Who gives up first, the caller or the database, is a matter of microseconds: the caller
      // cannot know, the database can.
      assertThat(refusal).isNotNull();
      assertThat(records() - before).isIn(refusal.mayBeWritten() ? Set.of(1L, 2L) : Set.of(1L));
    }
  }

  private long records() throws Exception {
    return Long.parseLong(database.query("postgres", "SELECT count(*) FROM audit.event"));
  }

  @Test
  void takesNothingAfterItIsClosed() {
    AuditWriter writer = open(database);
    writer.close();
    assertThatThrownBy(() -> writer.append(EVENT)).isInstanceOf(AuditUnavailableException.class);
  }

  @Test
  void closesAsUnknownOnlyTheIntentsOfTheDead() throws SQLException {
    AuditEvent asked = EventSamples.ALL.get(5);
    Receipt lost;
    try (AuditWriter dying = open(database)) {
      lost = dying.append(asked);
      Receipt answered = dying.append(asked);
      dying.append(
          new AuditEvent.AnswerFailed(EventSamples.ANNA, answered.event(), "x", List.of(), 1));
    }
    try (AuditWriter living = open(database);
        AuditWriter next = open(database)) {
      Receipt open = living.append(asked);

      assertThat(next.reconcile(reader)).isEqualTo(1);
      assertThat(next.reconcile(reader)).isZero();
      assertThat(
              reader
                  .search(AuditQuery.ALL.withIntent(lost.event()), Optional.empty(), 10)
                  .records())
          .extracting(AuditRecord::act)
          .containsExactly("audit.reconciled", "question.asked");
      assertThat(database.query("postgres", "SELECT event_id FROM audit.open_intent"))
          .isEqualTo(open.event().toString());
    }
  }

  @Test
  void closesTheIntentWhoseOutcomeItCouldNotWrite() throws Exception {
    AuditEvent asked = EventSamples.ALL.get(5);
    try (AuditWriter writer = open(database)) {
      Receipt inHand = writer.append(asked);
      Receipt broken = writer.append(asked);
      try (Connection blocker = database.as("postgres").getConnection();
          Statement statement = blocker.createStatement()) {
        blocker.setAutoCommit(false);
        statement.execute("LOCK TABLE audit.event IN ACCESS EXCLUSIVE MODE");
        AuditEvent outcome =
            new AuditEvent.AnswerFailed(EventSamples.ANNA, broken.event(), "x", List.of(), 1);
        assertThatThrownBy(() -> writer.append(outcome))
            .isInstanceOf(AuditUnavailableException.class);
        // Until the server has given up the statement: released earlier, it would succeed.
        Thread.sleep(1_000);
        blocker.rollback();
      }
      writer.append(EVENT);
      assertThat(writer.reconcile(reader)).isEqualTo(1);
      assertThat(database.query("postgres", "SELECT event_id FROM audit.open_intent"))
          .isEqualTo(inHand.event().toString());
    }
  }

  @Test
  void anotherProcessLeavesTheIntentsOfALivingWriterAloneEvenAfterItsConnectionBroke()
      throws Exception {
    AuditEvent asked = EventSamples.ALL.get(5);
    try (AuditWriter living = open(database);
        AuditWriter other = open(database)) {
      living.append(asked);
      database.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE usename = 'docent_app' AND datname = current_database()");
      living.append(EVENT);
      assertThat(other.reconcile(reader)).isZero();
    }
  }

  @Test
  void spoolsWhileTheDatabaseIsAwayAndReplaysInOrder(@TempDir Path folder) throws Exception {
    TestPostgres own = TestPostgres.start();
    TestPostgres.Database mine = own.newDatabase();
    AuditReader log = new AuditReader(mine.as("docent_audit"));
    List<UUID> written = new ArrayList<>();
    try (AuditWriter writer = open(mine, spool(folder, 1 << 20))) {
      written.add(writer.append(EVENT).event());
      own.stop();
      for (int i = 0; i < 200; i++) {
        written.add(writer.append(EVENT).event());
      }
      assertThat(writer.health().available()).isFalse();
      assertThat(writer.health().spooled()).isEqualTo(200);
      assertThat(Files.readString(folder.resolve("journal")).lines()).hasSize(201);

      own.resume();
      await(() -> writer.health().available() && writer.health().spooled() == 0);
      written.add(writer.append(EVENT).event());
      await(() -> !Files.exists(folder.resolve("journal")));
      List<AuditRecord> records = log.search(AuditQuery.ALL, Optional.empty(), 500).records();
      assertThat(records).extracting(AuditRecord::id).containsAll(written);
      assertThat(records).filteredOn(record -> record.act().equals(EVENT.act())).hasSize(202);
      assertThat(records).extracting(AuditRecord::act).contains("audit.spool_replayed");
      assertThat(records.stream().map(AuditRecord::id).filter(written::contains).toList())
          .isEqualTo(written.reversed());
    } finally {
      own.stop();
    }
  }

  @Test
  void spoolOfADeadProcessIsReplayedOnceAndAnAlteredOneKeptAside(@TempDir Path folder)
      throws Exception {
    Spool spool = new Spool(spool(folder, 1 << 20).orElseThrow(), InstantSource.system());
    EventIds ids = new EventIds(InstantSource.system(), new SecureRandom());
    List<Receipt> receipts = List.of(ids.next(), ids.next(), ids.next());
    spool.add(List.of(EVENT, EVENT, EVENT), receipts);
    spool.close();
    Path journal = folder.resolve("journal");
    String lines = Files.readString(journal);
    // The last line was being written when the process died; the one before is not as it was.
    Files.writeString(journal, lines + "0123");
    try (AuditWriter writer = open(database, spool(folder, 1 << 20))) {
      writer.append(EVENT);
      await(() -> !Files.exists(journal));
    }
    assertThat(database.query("postgres", "SELECT count(*) FROM audit.event")).isEqualTo("5");

    // The same journal again, as if the process had died before it could remove it.
    Files.writeString(journal, lines);
    try (AuditWriter writer = open(database, spool(folder, 1 << 20))) {
      writer.append(EVENT);
      await(() -> !Files.exists(journal));
    }
    assertThat(database.query("postgres", "SELECT count(*) FROM audit.event")).isEqualTo("7");

    Files.writeString(journal, lines.replaceFirst("\"password\"", "\"token\""));
    try (AuditWriter writer = open(database, spool(folder, 1 << 20))) {
      await(() -> !Files.exists(journal));
    }
    try (Stream<Path> kept = Files.list(folder)) {
      assertThat(kept.map(file -> file.getFileName().toString()))
          .singleElement()
          .asString()
          .startsWith("damaged-");
    }
    assertThat(
            database.query(
                "postgres",
                "SELECT count(*) FROM audit.event WHERE act = 'audit.spool_replayed'"
                    + " AND outcome = 'failure'"))
        .isEqualTo("1");
  }

  @Test
  void spoolHasItsLimits(@TempDir Path folder) throws Exception {
    TestPostgres own = TestPostgres.start();
    try (AuditWriter writer = open(own.newDatabase(), spool(folder, 2_000))) {
      writer.append(EVENT);
      own.stop();
      writer.append(EVENT);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20; i++) {
                  writer.append(EVENT);
                }
              })
          .isInstanceOf(AuditUnavailableException.class);
      assertThat(Files.size(folder.resolve("journal"))).isLessThanOrEqualTo(2_000);
    }
  }

  private static Optional<SpoolSettings> spool(Path folder, long maxBytes) {
    return Optional.of(new SpoolSettings(folder, new byte[32], maxBytes, Duration.ofHours(1)));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /// Prints, never asserts: sixteen callers against the same load on one hash chain under a lock.
  @Test
  void throughputAgainstAChainUnderOneLock() throws Exception {
    int threads = 16;
    double staged;
    try (AuditWriter writer = open(database)) {
      writer.append(EVENT);
      staged = perSecond(threads, 400, () -> writer.append(EVENT));
    }
    database.execute(
        "postgres",
        "CREATE TABLE public.chain (seq bigserial PRIMARY KEY, canonical bytea, hash bytea)",
        "INSERT INTO public.chain (hash) VALUES (sha256(''))",
        """
        CREATE FUNCTION public.link(body bytea) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE previous bytea;
        BEGIN
          PERFORM pg_advisory_xact_lock(1);
          SELECT hash INTO previous FROM public.chain ORDER BY seq DESC LIMIT 1;
          INSERT INTO public.chain (canonical, hash) VALUES (body, sha256(previous || body));
        END $$""");
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      connections.add(database.as("postgres").getConnection());
    }
    ThreadLocal<Connection> mine =
        ThreadLocal.withInitial(
            () -> {
              synchronized (connections) {
                return connections.removeLast();
              }
            });
    double chained =
        perSecond(
            threads,
            40,
            () -> {
              try (Statement statement = mine.get().createStatement()) {
                return statement.execute("SELECT public.link(sha256('event'))");
              }
            });
    System.out.printf(
        "16 callers, durable: %.0f events/s; a chain under one lock %.0f/s (%.1f times)%n",
        staged, chained, staged / chained);
    assertThat(database.query("postgres", "SELECT count(*) FROM audit.event")).isEqualTo("6401");
  }

  private static double perSecond(int threads, int each, Callable<?> act) throws Exception {
    long start = System.nanoTime();
    inParallel(
        threads,
        () -> {
          for (int i = 0; i < each; i++) {
            act.call();
          }
        });
    return threads * each / ((System.nanoTime() - start) / 1e9);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void inParallel(int threads, Work work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(
                  _ ->
                      pool.submit(
                          () -> {
                            work.run();
                            return null;
                          }))
              .toList();
      for (Future<?> one : all) {
        one.get(120, TimeUnit.SECONDS);
      }
    }
  }

  private static AuditWriter open(TestPostgres.Database database) {
    return open(database, Optional.empty());
  }

  private static AuditWriter open(TestPostgres.Database database, Optional<SpoolSettings> spool) {
    return new AuditWriter(database.as("docent_app"), InstantSource.system(), spool);
  }
}
