package dev.docent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.compliance.verify.BundleVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/// Evidence from a large log: bundles of one person and of everything, over HTTP, and their two
/// verifiers as an auditor runs them, each in a process of its own.
final class EvidenceBench {
  private static final long EACH_PERSON = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String part;
  private final BenchService service;
  private final Terminal terminal;

  /// @param part of the benchmark that the figures belong to
  EvidenceBench(String part, BenchService service, Terminal terminal) {
    this.part = part;
    this.service = service;
    this.terminal = terminal;
  }

  /// @param runs how often each is measured, but for the whole log's export: that is one
  void measure(int runs, BenchFigures figures) throws SQLException {
    try (var scratch = ScratchFolder.open(Optional.empty())) {
      var person = person();
      var bundle = scratch.path().resolve("person.zip");
      var took = new ArrayList<Double>();
      for (int run = 1; run <= runs; run++) {
        terminal.note("  exporting one person, %d of %d".formatted(run, runs));
        took.add(export(Map.of("actor", person), bundle));
      }
      figures.add(part, "export of one person's 1,000 records, s", took);
      figures.add(
          part, "largest proof of one record in it, hashes", List.of((double) hashes(bundle)));

      terminal.note("  exporting everything");
      var whole = scratch.path().resolve("whole.zip");
      figures.add(part, "export of everything, s", List.of(export(Map.of(), whole)));
      verify(scratch.path(), whole, runs, figures);
    } catch (IOException e) {
      throw new CommandException("Evidence cannot be measured: " + e.getMessage(), e);
    }
  }

  /// The one whose records come nearest to the number wanted.
  private String person() throws SQLException {
    try (var connection = service.database("postgres").getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT actor FROM audit.event WHERE actor LIKE 'act%%'
                GROUP BY actor ORDER BY abs(count(*) - %d) LIMIT 1"""
                    .formatted(EACH_PERSON))) {
      rows.next();
      return rows.getString(1);
    }
  }

  private double export(Map<String, String> filter, Path file) throws IOException {
    var query = new LinkedHashMap<>(filter);
    query.put("format", "bundle");
    var began = System.nanoTime();
    try (var bytes = service.client().open("/api/v1/audit/export", query)) {
      Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return seconds(began);
  }

  private static int hashes(Path bundle) throws IOException {
    int most = 0;
    try (var zip = new ZipFile(bundle.toFile());
        var lines =
            new BufferedReader(
                new InputStreamReader(zip.getInputStream(zip.getEntry("proofs.jsonl")), UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var proof = JSON.readTree(line);
        if (proof.path("count").asInt() == 1) {
          most = Math.max(most, proof.path("hashes").size());
        }
      }
    }
    return most;
  }

  private void verify(Path scratch, Path bundle, int runs, BenchFigures figures)
      throws IOException {
    var folder = Files.createDirectory(scratch.resolve("whole"));
    try (var zip = new ZipFile(bundle.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        Files.copy(zip.getInputStream(entry), folder.resolve(entry.getName()));
      }
    }
    var java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-jar",
            verifier().toString(),
            "verify",
            bundle.toString());
    var python = List.of("python3", folder.resolve("verify.py").toString());
    time("java -jar", java, runs, figures);
    time("verify.py", python, runs, figures);
  }

  private void time(String judge, List<String> command, int runs, BenchFigures figures)
      throws IOException {
    var took = new ArrayList<Double>();
    var peak = new ArrayList<Double>();
    for (int run = 1; run <= runs; run++) {
      terminal.note("  verifying by %s, %d of %d".formatted(judge, run, runs));
      var began = System.nanoTime();
      peak.add(run(command) / 1e6);
      took.add(seconds(began));
    }
    figures.add(part, "verifying everything by %s, s".formatted(judge), took);
    figures.add(part, "memory of %s, MB".formatted(judge), peak);
  }

  /// The library's own archive, which is the verifier that auditors get.
  private static Path verifier() {
    try {
      return Path.of(
          BundleVerifier.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @return the most memory it held, in bytes
  private static long run(List<String> command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    long peak = 0;
    try {
      while (process.isAlive()) {
        peak = Math.max(peak, ProcessMemory.peakBytes(process.toHandle()));
        Thread.sleep(Duration.ofMillis(20));
      }
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new CommandException("The evidence did not hold: " + said.lines().findFirst());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted", e);
    }
    return peak;
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
