package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// A record as it stands in the log. Everything but `recordedAt`, `sequence` and `leafHash` is read
/// from the canonical bytes.
///
/// @param canonical the bytes that are hashed, as text: canonical JSON
/// @param data the event's own fields: strings, longs, booleans, lists and maps of them
/// @param recordedAt the database's clock
/// @param sequence place in the tree, from 0; empty until the record is sealed
/// @param leafHash SHA-256(0x00 || canonical) as stored with the tree; empty until sealed
public record AuditRecord(
    UUID id,
    Instant time,
    String act,
    String outcome,
    ActorRef actor,
    Map<String, Object> data,
    String canonical,
    Instant recordedAt,
    OptionalLong sequence,
    Optional<Sha256> leafHash) {

  @SuppressWarnings("unchecked") // canonical objects have String keys
  static AuditRecord of(
      byte[] canonical, Instant recordedAt, OptionalLong sequence, Optional<Sha256> leafHash) {
    Map<String, Object> record = CanonicalJson.readObject(canonical);
    return new AuditRecord(
        UUID.fromString(text(record, "id")),
        Instant.parse(text(record, "time")),
        text(record, "act"),
        text(record, "outcome"),
        new ActorRef(text(record, "actor")),
        (Map<String, Object>) record.getOrDefault("data", Map.of()),
        new String(canonical, UTF_8),
        recordedAt,
        sequence,
        leafHash);
  }

  /// The record with its place in the tree on one line of canonical JSON: `leaf` (hexadecimal) and
  /// `seq` once it is sealed, `record` (the canonical record itself) and `recorded`.
  public String json() {
    StringBuilder line = new StringBuilder(canonical.length() + 160).append('{');
    leafHash.ifPresent(hash -> line.append("\"leaf\":\"").append(hash.hex()).append("\","));
    line.append("\"record\":").append(canonical);
    line.append(",\"recorded\":\"").append(CanonicalEvent.format(recordedAt)).append('"');
    sequence.ifPresent(number -> line.append(",\"seq\":").append(number));
    return line.append('}').toString();
  }

  private static String text(Map<String, Object> record, String key) {
    if (record.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a record has a text '" + key + "'");
  }
}
