package dev.docent.api;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.PassageRef;
import dev.docent.compliance.audit.Sha256;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An export with more than the buffers on the way hold, so that it waits for its reader.
///
/// @param id of its record
/// @param body not read yet
record HeldExport(String id, InputStream body) {
  static final int RECORDS = 2_000;

  /// As many records, each as long as a record may be, of passages of one document; signed, as an
  /// export has no others.
  ///
  /// @return the document
  static UUID records(AuditWriter writer) {
    UUID document = UUID.randomUUID();
    List<PassageRef> passages =
        IntStream.range(0, PassageRef.MAX_PER_EVENT)
            .mapToObj(
                at ->
                    new PassageRef(
                        document, new Sha256("ab".repeat(32)), OptionalInt.empty(), at, at + 1))
            .toList();
    // A few at a time: each must be durable within two seconds, also on a busy machine.
    List<AuditWriter.Pending> written = List.of();
    for (int left = RECORDS; left > 0; left -= 20) {
      written =
          Stream.generate(
                  () ->
                      writer.submit(
                          new AuditEvent.PassagesShown(
                              ActorRef.SYSTEM, UUID.randomUUID(), passages)))
              .limit(Math.min(left, 20))
              .toList();
      written.forEach(AuditWriter.Pending::await);
    }
    String last = "/api/v1/audit/events/" + written.getLast().receipt().event() + "/proof";
    Service.await(
        "the records are signed",
        () -> Service.operator().get(last).jsonPath().get("records[0].sequence") != null);
    return document;
  }

  static HeldExport begin(UUID document, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s:%d/api/v1/audit/export?format=jsonl&document=%s"
                        .formatted(RestAssured.baseURI, RestAssured.port, document)))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    return new HeldExport(
        response.headers().firstValue("X-Audit-Export").orElseThrow(), response.body());
  }

  /// The record of its end, once there is one.
  JsonPath end() {
    String found = "items.find { it.record.data.intent == '" + id + "' }";
    AtomicReference<JsonPath> records = new AtomicReference<>();
    Service.await(
        "the export's end is on record",
        () -> {
          records.set(
              Service.operator()
                  .queryParam("act", "audit.export_finished")
                  .get("/api/v1/audit/events")
                  .jsonPath());
          return records.get().get(found) != null;
        });
    return records.get().setRootPath(found);
  }
}
