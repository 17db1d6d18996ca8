package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Spells sealed records one after the other and keeps the digest of all bytes. Confined to one
/// thread.
final class ExportWriter {
  private static final List<String> HEADER =
      List.of(
          "sequence",
          "leaf_hash",
          "id",
          "time",
          "recorded",
          "act",
          "outcome",
          "actor",
          "account",
          "data");

  private final ExportFormat format;
  private final MessageDigest digest;
  private final OutputStream out;
  private long records;

  ExportWriter(ExportFormat format, OutputStream out) throws IOException {
    this.format = format;
    this.digest = sha256();
    this.out = new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16);
    if (format == ExportFormat.CSV) {
      line(csv(HEADER.stream()));
    }
  }

  void write(AuditRecord record) throws IOException {
    switch (format) {
      case JSON_LINES -> line(record.json() + "\n");
      case CSV -> line(csv(cells(record)));
    }
    records++;
  }

  long records() {
    return records;
  }

  Exported finish(boolean complete) throws IOException {
    out.flush();
    return new Exported(records, Sha256.of(digest.digest()), complete);
  }

  private void line(String line) throws IOException {
    out.write(line.getBytes(UTF_8));
  }

  private static Stream<String> cells(AuditRecord record) {
    Map<String, Object> data = record.data();
    return Stream.of(
        Long.toString(record.sequence().orElseThrow()),
        record.leafHash().orElseThrow().hex(),
        record.id().toString(),
        CanonicalEvent.format(record.time()),
        CanonicalEvent.format(record.recordedAt()),
        record.act(),
        record.outcome(),
        record.actor().value(),
        data.getOrDefault("account", "").toString(),
        new String(CanonicalJson.write(data), UTF_8));
  }

  private static String csv(Stream<String> cells) {
    return cells.map(ExportWriter::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    // OWASP, "CSV Injection": these beginnings make a spreadsheet evaluate the cell.
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean quote = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
