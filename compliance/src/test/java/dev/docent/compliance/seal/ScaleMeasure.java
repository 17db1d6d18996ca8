package dev.docent.compliance.seal;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.Exported;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Measures the log at scale; run by hand, asserts nothing.
///
/// Arguments: a new folder, the number of records (1,000,000), the paths of `python3` and `java`.
final class ScaleMeasure {
  private static final int CLIENTS = 16;
  private static final int EACH_PERSON = 1000;

  private ScaleMeasure() {}

  public static void main(String... arguments) throws Exception {
    Path home = Files.createDirectories(Path.of(arguments[0]));
    int records = Integer.parseInt(arguments[1]);
    try (TestLog test = new TestLog(home)) {
      test.sealer.start();
      append(test, records);
      lag(test);
      export(test, home);
    }
  }

  private static ActorRef person(long i) {
    String name =
        Long.toString(i, 26)
            .chars()
            .mapToObj(c -> "" + (char) ('a' + c % 26))
            .reduce("", String::concat);
    return new ActorRef("act_" + "a".repeat(26 - name.length()) + name);
  }

  private static void append(TestLog test, int records) throws Exception {
    AtomicLong next = new AtomicLong();
    long start = System.nanoTime();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS * 8)) {
      for (int c = 0; c < CLIENTS * 8; c++) {
        clients.submit(
            () -> {
              for (long i = next.getAndIncrement(); i < records; i = next.getAndIncrement()) {
                test.writer.append(
                    new AuditEvent.Listed(
                        person(i % (Math.max(1, records / EACH_PERSON))),
                        AuditEvent.Listing.DOCUMENTS,
                        (int) i));
              }
            });
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "filled: %d durable appends while sealing, %.0f/s%n", records, records / seconds);
    UUID last = test.append(1).getLast();
    start = System.nanoTime();
    test.sealer.await(last, test.log, Duration.ofMinutes(30));
    System.out.printf("sealed the rest in %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  /// 500 records a second for twenty seconds: how long until each is in a signed tree.
  private static void lag(TestLog test) throws Exception {
    int count = 10_000;
    UUID[] ids = new UUID[count];
    try (var clients = Executors.newScheduledThreadPool(CLIENTS)) {
      AtomicLong at = new AtomicLong();
      for (int c = 0; c < CLIENTS; c++) {
        clients.scheduleAtFixedRate(
            () -> {
              int i = (int) at.getAndIncrement();
              if (i < count) {
                ids[i] = test.append(1).getLast();
              }
            },
            2L * c,
            2L * CLIENTS,
            TimeUnit.MILLISECONDS);
      }
      Thread.sleep(2L * count + 3000);
    }
    List<Double> lags = new ArrayList<>();
    try (var connection = test.database.as("postgres").getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT extract(epoch FROM (SELECT min(created_at) FROM audit.checkpoint
                                           WHERE tree_size > l.seq) - l.recorded_at)
                FROM audit.leaf l ORDER BY seq DESC LIMIT %d"""
                    .formatted(count));
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        lags.add(rows.getDouble(1));
      }
    }
    double[] sorted = lags.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "seal lag at 500/s: p50 %.2f s, p99 %.2f s, max %.2f s%n",
        sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length - 1]);
  }

  private static void export(TestLog test, Path home) throws Exception {
    BundleExport bundles = new BundleExport(test.reader, test.log, test.keys);
    SealedLog.Head head = test.log.head().orElseThrow();
    for (AuditQuery query : Arrays.asList(AuditQuery.ALL.withPerson(person(7)), AuditQuery.ALL)) {
      String name = query.equals(AuditQuery.ALL) ? "whole" : "person";
      for (int run = 0; run < (name.equals("person") ? 3 : 1); run++) {
        long start = System.nanoTime();
        Exported exported;
        try (OutputStream out = Files.newOutputStream(home.resolve(name + ".zip"))) {
          exported = bundles.export(query, head, out, _ -> true);
        }
        System.out.printf(
            "export of %s: %d of %d records in %.2f s, %d bytes%n",
            name,
            exported.records(),
            head.checkpoint().size(),
            (System.nanoTime() - start) / 1e9,
            Files.size(home.resolve(name + ".zip")));
      }
    }
  }
}
