package dev.docent.cli;

import static dev.docent.cli.BenchFigures.percentile;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.PassageRef;
import dev.docent.compliance.audit.Sha256;
import dev.docent.compliance.audit.TextDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The log: durable records a second while they are sealed, against one chain under a lock; how
/// long a record waits for its seal; what recording adds to a question; searching a million, and
/// evidence from them.
final class AuditBench implements BenchPart {
  private static final int CLIENTS = 16;
  private static final Duration APPENDING = Duration.ofSeconds(8);
  private static final int PACED_PER_SECOND = 500;
  private static final Duration PACED = Duration.ofSeconds(12);
  private static final int QUESTIONS = 300;
  private static final int SEARCHES = 300;
  private static final int PEOPLE = 1_000;
  private static final int DOCUMENTS = 5_000;

  private final BenchOptions options;
  private final Terminal terminal;

  AuditBench(BenchOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public void measure(BenchFigures figures) {
    try (var service = new BenchService()) {
      service.up(List.of("--no-model"));
      append(service, figures);
      seal(service, figures);
      record(service, figures);
      search(service, figures);
      new EvidenceBench(name(), service, terminal).measure(options.runs(), figures);
    } catch (SQLException e) {
      throw new CommandException("The database does not answer: " + e.getMessage(), e);
    }
    figures.note(
        name(),
        "The service runs and seals meanwhile. Synced to the disk: fsync and synchronous_commit are"
            + " on in both.");
  }

  // --- Durable records

  private void append(BenchService service, BenchFigures figures) throws SQLException {
    var ours = new ArrayList<Double>();
    var chain = new ArrayList<Double>();
    makeChain(service);
    try (var writer = new AuditWriter(service.database("docent_app"), InstantSource.system())) {
      for (int run = 1; run <= options.runs(); run++) {
        terminal.note("  appending, %d of %d".formatted(run, options.runs()));
        ours.add(perSecond(_ -> () -> writer.append(opened(0))));
        chain.add(
            perSecond(
                _ -> {
                  var connection = service.database("postgres").getConnection();
                  return () -> {
                    try (var statement = connection.createStatement()) {
                      return statement.execute("SELECT bench.link(sha256('event'))");
                    }
                  };
                }));
      }
    }
    figures.compare(
        name(),
        "durable records a second, 16 clients",
        ours,
        new BenchFigures.Peer("one chain under a lock", chain));
  }

  private static void makeChain(BenchService service) throws SQLException {
    execute(
        service,
        "CREATE SCHEMA bench",
        "CREATE TABLE bench.chain (seq bigserial PRIMARY KEY, canonical bytea, hash bytea)",
        "INSERT INTO bench.chain (hash) VALUES (sha256(''))",
        """
        CREATE FUNCTION bench.link(body bytea) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE previous bytea;
        BEGIN
          PERFORM pg_advisory_xact_lock(1);
          SELECT hash INTO previous FROM bench.chain ORDER BY seq DESC LIMIT 1;
          INSERT INTO bench.chain (canonical, hash) VALUES (body, sha256(previous || body));
        END $$""");
  }

  private interface Client {
    Callable<?> of(int number) throws SQLException;
  }

  private static double perSecond(Client client) throws SQLException {
    var done = new LongAdder();
    var began = System.nanoTime();
    var end = began + APPENDING.toNanos();
    try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < CLIENTS; i++) {
        var act = client.of(i);
        all.add(
            pool.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    act.call();
                    done.increment();
                  }
                  return null;
                }));
      }
      for (var one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new CommandException("A client failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
    return done.sum() / ((System.nanoTime() - began) / 1e9);
  }

  // --- Sealing

  private void seal(BenchService service, BenchFigures figures) throws SQLException {
    var median = new ArrayList<Double>();
    var slow = new ArrayList<Double>();
    awaitSealed(service);
    try (var writer = new AuditWriter(service.database("docent_app"), InstantSource.system())) {
      for (int run = 1; run <= options.runs(); run++) {
        terminal.note("  sealing, %d of %d".formatted(run, options.runs()));
        var from = number(service, "SELECT coalesce(max(seq), -1) FROM audit.leaf");
        pace(writer);
        awaitSealed(service);
        var lags =
            """
            SELECT %s FROM (
              SELECT extract(epoch FROM (SELECT min(c.created_at) FROM audit.checkpoint c
                                         WHERE c.tree_size > l.seq) - l.recorded_at) AS lag
              FROM audit.leaf l WHERE l.seq > %d) lags""";
        var rank = "percentile_cont(%s) WITHIN GROUP (ORDER BY lag)";
        median.add(decimal(service, lags.formatted(rank.formatted("0.5"), from)));
        slow.add(decimal(service, lags.formatted(rank.formatted("0.99"), from)));
      }
    }
    figures.add(name(), "from record to seal at 500/s, median, s", median);
    figures.add(name(), "from record to seal at 500/s, p99, s", slow);
  }

  private static void pace(AuditWriter writer) {
    var began = System.nanoTime();
    var total = PACED_PER_SECOND * (int) PACED.toSeconds();
    var pending = new ArrayList<AuditWriter.Pending>();
    for (int i = 0; i < total; i++) {
      LockSupport.parkNanos(began + i * 1_000_000_000L / PACED_PER_SECOND - System.nanoTime());
      pending.add(writer.submit(opened(i)));
      if (pending.size() == PACED_PER_SECOND / 4) {
        pending.forEach(AuditWriter.Pending::await);
        pending.clear();
      }
    }
    pending.forEach(AuditWriter.Pending::await);
  }

  private static void awaitSealed(BenchService service) throws SQLException {
    while (number(service, "SELECT count(*) FROM audit.pending") > 0) {
      BenchService.pause(Duration.ofMillis(200));
    }
    // The checkpoint over the last of them.
    while (number(
            service,
            "SELECT coalesce(max(seq), -1) + 1 - (SELECT max(tree_size) FROM audit.checkpoint)"
                + " FROM audit.leaf")
        > 0) {
      BenchService.pause(Duration.ofMillis(200));
    }
  }

  // --- What recording adds

  /// All that a question waits for until its quotation is shown: the intent, then what was found
  /// and what is shown in one commit.
  private void record(BenchService service, BenchFigures figures) {
    var slow = new ArrayList<Double>();
    var median = new ArrayList<Double>();
    try (var writer = new AuditWriter(service.database("docent_app"), InstantSource.system())) {
      for (int run = 1; run <= options.runs(); run++) {
        terminal.note("  recording questions, %d of %d".formatted(run, options.runs()));
        var took = new ArrayList<Double>();
        for (int i = 0; i < QUESTIONS; i++) {
          var began = System.nanoTime();
          var intent = writer.append(asked()).event();
          var found = writer.submit(found(intent));
          var shown = writer.submit(new AuditEvent.PassagesShown(person(i), intent, passages()));
          found.await();
          shown.await();
          took.add((System.nanoTime() - began) / 1e6);
          writer.append(new AuditEvent.AnswerFailed(person(i), intent, "bench", List.of(), 1));
        }
        median.add(percentile(took, 0.5));
        slow.add(percentile(took, 0.95));
      }
    }
    figures.add(name(), "recording, question to quotation, median, ms", median);
    figures.add(name(), "recording, question to quotation, p95, ms", slow);
  }

  // --- Searching

  private void search(BenchService service, BenchFigures figures) throws SQLException {
    terminal.note("  a log of %,d records".formatted(options.records()));
    generate(service, options.records());
    var began = System.nanoTime();
    awaitSealed(service);
    figures.add(
        name(),
        "sealing them, records a second",
        List.of(options.records() / ((System.nanoTime() - began) / 1e9)));
    var random = new Random(17);
    time(
        service,
        figures,
        "a person in a period",
        () -> {
          var from = Instant.now().minus(Duration.ofDays(30 + random.nextInt(300)));
          return Map.of(
              "actor", person(busy(random)).value(),
              "from", from.toString(),
              "to", from.plus(Duration.ofDays(30)).toString());
        });
    time(service, figures, "a person", () -> Map.of("actor", person(busy(random)).value()));
    time(
        service,
        figures,
        "a document",
        () -> Map.of("document", new UUID(7, random.nextInt(DOCUMENTS)).toString()));
    time(
        service,
        figures,
        "a person's acts of a kind",
        () -> Map.of("actor", person(busy(random)).value(), "act", "document."));
    time(
        service,
        figures,
        "an outcome in a period",
        () ->
            Map.of(
                "outcome",
                "denied",
                "to",
                Instant.now().minus(Duration.ofDays(random.nextInt(300))).toString()));
    time(service, figures, "everything", Map::of);
  }

  /// Few people do much, many do little.
  private static int busy(Random random) {
    return (int) (PEOPLE * random.nextDouble() * random.nextDouble());
  }

  /// Over HTTP, with the record of the reading itself.
  private void time(
      BenchService service,
      BenchFigures figures,
      String what,
      Supplier<Map<String, String>> queries) {
    var client = service.client();
    var slow = new ArrayList<Double>();
    for (int run = 1; run <= options.runs(); run++) {
      var took = new ArrayList<Double>();
      for (int i = 0; i < SEARCHES; i++) {
        var query = new LinkedHashMap<>(queries.get());
        query.put("limit", "50");
        var began = System.nanoTime();
        client.get("/api/v1/audit/events", query);
        took.add((System.nanoTime() - began) / 1e6);
      }
      slow.add(percentile(took, 0.95));
    }
    figures.add(name(), "search for %s, first page, p95, ms".formatted(what), slow);
  }

  /// A year of a busy organisation's log, made in the database: shapes and sizes as the service
  /// writes them, spread over twelve months. It waits for the sealer like any record.
  private static void generate(BenchService service, int records) throws SQLException {
    execute(
        service,
        """
        DO $$ DECLARE month timestamptz; BEGIN
          FOR ago IN 1..11 LOOP
            month := (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => ago))
                     AT TIME ZONE 'UTC';
            EXECUTE format('CREATE TABLE audit.%I PARTITION OF audit.event
                            FOR VALUES FROM (%L) TO (%L)',
                           'event_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM'), month,
                           ((month AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC');
          END LOOP;
        END $$""",
        """
        INSERT INTO audit.event (event_id, canonical, act, outcome, actor, documents, closes,
                                 occurred_at, recorded_at, writer, writer_seq)
        SELECT id, convert_to(format(
                 '{"act":"%%s","actor":"%%s","data":{"document":"%%s","elapsedMillis":12},"id":"%%s",'
                 '"outcome":"%%s","time":"%%s","v":1,"writer":{"id":"%1$s","seq":%%s}}',
                 act, actor, document, id, outcome,
                 to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), n - 1), 'UTF8'),
               act, outcome, actor, ARRAY[document], false, at, at, '%1$s', n - 1
        FROM (SELECT n, gen_random_uuid() AS id,
                (ARRAY['question.asked', 'question.passages_shown', 'question.answered',
                       'document.opened', 'library.listed', 'auth.signed_in'])[1 + n %% 6] AS act,
                CASE WHEN n %% 97 = 0 THEN 'denied' ELSE 'success' END AS outcome,
                'act_' || translate(lpad(to_hex(floor(%3$d * random() * random())::int), 26, 'a'),
                                    '0189', 'ghij') AS actor,
                ('00000000-0000-0007-0000-' || lpad(to_hex(n %% %4$d), 12, '0'))::uuid AS document,
                date_trunc('month', now()) - interval '11 months'
                  + n * ((now() - date_trunc('month', now()) + interval '11 months') / %2$d) AS at
              FROM generate_series(1, %2$d) n) made"""
            .formatted(UUID.randomUUID(), records, PEOPLE, DOCUMENTS),
        "ANALYZE audit.event");
  }

  // --- Samples

  private static ActorRef person(int number) {
    var digits = "%26s".formatted(Integer.toHexString(number)).replace(' ', 'a');
    return new ActorRef(
        "act_" + digits.replace('0', 'g').replace('1', 'h').replace('8', 'i').replace('9', 'j'));
  }

  private static AuditEvent opened(int number) {
    return new AuditEvent.DocumentOpened(
        person(number % PEOPLE),
        new UUID(7, number % DOCUMENTS),
        new Sha256("ab".repeat(32)),
        AuditEvent.DocumentForm.TEXT);
  }

  private static AuditEvent asked() {
    return new AuditEvent.QuestionAsked(
        person(1),
        new TextDigest("installation", "cd".repeat(32), 42),
        AuditEvent.QuestionForm.QUOTE,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static AuditEvent found(UUID intent) {
    return new AuditEvent.PassagesRetrieved(person(1), intent, passages(), 12);
  }

  private static List<PassageRef> passages() {
    var passages = new ArrayList<PassageRef>();
    for (int i = 0; i < 8; i++) {
      passages.add(
          new PassageRef(
              new UUID(7, i), new Sha256("ab".repeat(32)), OptionalInt.of(i), 1_200, 1_500));
    }
    return passages;
  }

  // --- SQL

  private static void execute(BenchService service, String... statements) throws SQLException {
    try (Connection connection = service.database("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(BenchService service, String sql) throws SQLException {
    return (long) decimal(service, sql);
  }

  private static double decimal(BenchService service, String sql) throws SQLException {
    try (Connection connection = service.database("postgres").getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
