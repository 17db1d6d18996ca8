package dev.docent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.MerkleProofs;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.TreeHasher;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.compliance.verify.BundleVerifier;
import dev.docent.compliance.verify.Trust;
import dev.docent.compliance.verify.Verdict;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the service says of its log can be checked by whoever asks.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ProofTest {
  @Inject AuditWriter writer;

  @Test
  void anEmployeeGetsTheProvedReceiptOfTheirAnswerAndOfNobodyElses() {
    Service.User asker = Service.user(List.of("EMPLOYEE"), List.of());
    Service.User other = Service.user(List.of("EMPLOYEE"), List.of());
    String collection = Service.collection("everyone");
    Service.ready(collection, "ferry.txt", "The ferry to Ness leaves at seven.");
    String intent =
        asker
            .request()
            .contentType(ContentType.JSON)
            .accept(ContentType.JSON)
            .body(
                Map.of(
                    "question",
                    "When does the ferry to Ness leave?",
                    "collections",
                    List.of(collection),
                    "compose",
                    false))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .extract()
            .path("audit.intent");

    String body =
        asker
            .request()
            .get("/api/v1/audit/receipts/" + intent)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    JsonPath receipt = new JsonPath(body);
    assertThat(receipt.getList("records.act")).startsWith("question.asked").hasSizeGreaterThan(1);
    checkProofs(body);

    other.request().get("/api/v1/audit/receipts/" + intent).then().statusCode(404);
    assertThat(
            Service.operator()
                .queryParam("actor", other.id())
                .queryParam("act", "access.denied")
                .get("/api/v1/audit/events")
                .jsonPath()
                .getList("items.record.data.operation"))
        .containsExactly("GET /api/v1/audit/receipts/{id}");
    Service.operator().get("/api/v1/audit/receipts/" + intent).then().statusCode(200);
    String listed =
        Service.operator()
            .queryParam("act", "library.listed")
            .get("/api/v1/audit/events")
            .path("items[0].id");
    asker.request().get("/api/v1/audit/events/" + intent + "/proof").then().statusCode(403);
    if (listed != null) {
      checkProofs(
          Service.operator()
              .get("/api/v1/audit/events/" + listed + "/proof")
              .then()
              .statusCode(200)
              .extract()
              .asString());
    }
  }

  @Test
  void aReceiptStaysWholeHoweverOftenItsAnswerIsRated() {
    String group = "lathe-" + UUID.randomUUID();
    Service.User asker = Service.user(List.of("EMPLOYEE"), List.of(group));
    Service.ready(
        Service.collection(group), "lathe.txt", "The lathe of Ness was greased in April.");
    JsonPath answer = Service.ask(asker.request(), "When was the lathe of Ness greased?");
    for (int i = 0; i < 60; i++) {
      asker
          .request()
          .contentType(ContentType.JSON)
          .body(Map.of("helpful", i % 2 == 0))
          .post("/api/v1/answers/" + answer.getString("id") + "/rating")
          .then()
          .statusCode(204);
    }
    JsonPath receipt =
        asker
            .request()
            .get("/api/v1/audit/receipts/" + answer.getString("audit.intent"))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(receipt.getList("records.act", String.class))
        .startsWith("question.asked")
        .endsWith("question.rated")
        .containsOnlyOnce("question.rated")
        .contains("question.answered");
    assertThat(receipt.getString("records[-1].record.data.rating")).isEqualTo("not_helpful");
  }

  /// As a page in a browser does it: hash the record's own bytes, walk the path, check the note.
  private static void checkProofs(String body) {
    JsonPath proof = new JsonPath(body);
    SignedNote note = SignedNote.parse(proof.getString("checkpoint"));
    assertThat(
            proof.getList("keys.key", String.class).stream()
                .map(VerifierKey::parse)
                .anyMatch(note::signedBy))
        .isTrue();
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    assertThat(hex(checkpoint.root())).isEqualTo(proof.getString("root"));
    for (int i = 0; i < proof.getList("records").size(); i++) {
      String at = "records[" + i + "].";
      String id = proof.getString(at + "id");
      byte[] leaf = new TreeHasher().leaf(raw(body, id).getBytes(UTF_8));
      assertThat(hex(leaf)).isEqualTo(proof.getString(at + "leaf"));
      assertThat(
              MerkleProofs.rootOfInclusion(
                  leaf,
                  proof.getLong(at + "sequence"),
                  checkpoint.size(),
                  proof.getList(at + "path", String.class).stream()
                      .map(HexFormat.of()::parseHex)
                      .toList()))
          .hasValue(checkpoint.root());
    }
  }

  /// The bytes of the record as they stand in the response.
  private static String raw(String body, String id) {
    int begin =
        body.lastIndexOf("\"record\":", body.indexOf("\"id\":\"" + id + "\",\"outcome\"")) + 9;
    int end = body.indexOf(",\"sequence\":", begin);
    return body.substring(begin, end);
  }

  @Test
  void theLogIsServedAsTilesAndSaysHowItIs() {
    Service.collection("everyone");
    Service.await(
        "something is sealed",
        () -> Service.operator().get("/api/v1/audit/log/checkpoint").statusCode() == 200);
    SignedNote note =
        SignedNote.parse(Service.operator().get("/api/v1/audit/log/checkpoint").asString());
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    assertThat(checkpoint.origin()).startsWith("docent.local/").endsWith("/epoch-1");

    byte[] tile =
        Service.operator()
            .get("/api/v1/audit/log/tile/0/000.p/1")
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    assertThat(tile).hasSize(32);
    Service.operator().get("/api/v1/audit/log/tile/0/x999/000").then().statusCode(404);
    Service.operator().get("/api/v1/audit/log/tile/9/000").then().statusCode(404);
    Service.operator().get("/api/v1/audit/log/tile/0/..%2f000").then().statusCode(404);

    JsonPath proof =
        Service.operator()
            .queryParam("from", 1)
            .queryParam("to", checkpoint.size())
            .get("/api/v1/audit/log/consistency")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(
            MerkleProofs.consistent(
                1,
                tile,
                checkpoint.size(),
                checkpoint.root(),
                proof.getList("path", String.class).stream()
                    .map(HexFormat.of()::parseHex)
                    .toList()))
        .isTrue();
    Service.operator()
        .queryParam("from", checkpoint.size() + 100_000)
        .get("/api/v1/audit/log/consistency")
        .then()
        .statusCode(400);

    JsonPath health =
        Service.operator().get("/api/v1/audit/health").then().statusCode(200).extract().jsonPath();
    assertThat(health.getString("state")).isEqualTo("sealing");
    assertThat(health.getLong("head.size")).isGreaterThanOrEqualTo(checkpoint.size());
  }

  @Test
  void evidenceIsOnRecordBeforeItGoesOutAndHoldsWithoutTheService(@TempDir Path folder)
      throws IOException {
    Service.collection("everyone");
    var response = Service.operator().queryParam("format", "bundle").get("/api/v1/audit/export");
    response.then().statusCode(200).contentType("application/zip");
    Path zip = Files.write(folder.resolve("audit.zip"), response.asByteArray());
    VerifierKey key =
        VerifierKey.parse(
            Service.operator().get("/api/v1/audit/log/keys").jsonPath().getString("[0].key"));
    Verdict verdict =
        BundleVerifier.verify(
            zip,
            new Trust(
                Optional.of(key),
                List.of(),
                Optional.empty(),
                Optional.of(Service.data().resolve("audit"))));
    assertThat(verdict.problems()).isEmpty();

    String intent = response.header("X-Audit-Export");
    JsonPath proof = Service.operator().get("/api/v1/audit/events/" + intent + "/proof").jsonPath();
    assertThat(proof.getLong("records[0].sequence")).isLessThan(verdict.records());
    JsonPath finished =
        Service.operator()
            .queryParam("act", "audit.export_finished")
            .get("/api/v1/audit/events")
            .jsonPath();
    assertThat(finished.getString("items[0].record.data.intent")).isEqualTo(intent);
    assertThat(finished.getLong("items[0].record.data.records")).isEqualTo(verdict.records());
    assertThat(finished.getString("items[0].record.data.content")).hasSize(64);

    byte[] again =
        Service.operator()
            .queryParam("format", "bundle")
            .queryParam("size", verdict.records())
            .get("/api/v1/audit/export")
            .asByteArray();
    assertThat(again).isEqualTo(response.asByteArray());
    assertThat(Service.operator().get("/api/v1/audit/exports").jsonPath().getList("")).isEmpty();
    Service.operator().delete("/api/v1/audit/exports/" + intent).then().statusCode(404);
  }

  @Test
  void anExportThatIsStoppedBreaksOffAndIsOnRecordAsCancelled() throws Exception {
    UUID document = HeldExport.records(writer);

    HeldExport stopped = HeldExport.begin(document, Service.operatorToken());
    Service.operator().delete("/api/v1/audit/exports/" + stopped.id()).then().statusCode(204);
    assertThatThrownBy(() -> stopped.body().readAllBytes()).isInstanceOf(IOException.class);
    JsonPath end = stopped.end();
    assertThat(end.getString("outcome")).isEqualTo("cancelled");
    assertThat(end.getString("record.data.end")).isEqualTo("cancelled");
    assertThat(end.getInt("record.data.records")).isBetween(1, HeldExport.RECORDS - 1);
    assertThat(end.getString("record.data.content")).isNull();

    HeldExport left = HeldExport.begin(document, Service.operatorToken());
    left.body().close();
    assertThat(left.end().getString("outcome")).isEqualTo("cancelled");
    assertThat(Service.operator().get("/api/v1/audit/exports").jsonPath().getList("")).isEmpty();
  }

  @Test
  void theServiceChecksItsOwnLogAndPutsTheResultOnRecord() {
    Service.collection("everyone");
    String before = Instant.now().toString();
    Service.operator().post("/api/v1/audit/verifications").then().statusCode(202);
    Service.await("the check is on record", () -> checks("audit.verified", before).size() == 1);
    assertThat(checks("audit.verification_started", before))
        .containsExactly(checks("audit.verified", before).getFirst());
    JsonPath health = Service.operator().get("/api/v1/audit/health").jsonPath();
    assertThat(health.getLong("verification.size")).isPositive();
    assertThat(health.getString("verification.firstBad")).isNull();
    assertThat(health.getString("witness")).isNull();
  }

  /// The intents of checks since then, as records of this act have it.
  private static List<String> checks(String act, String since) {
    String field = act.equals("audit.verified") ? "items.record.data.intent" : "items.id";
    return Service.operator()
        .queryParam("act", act)
        .queryParam("from", since)
        .get("/api/v1/audit/events")
        .jsonPath()
        .getList(field);
  }

  @Test
  void onlyTheOperatorReplacesTheKeyAndTheOldOneVouchesForIt() {
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    officer
        .request()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/api/v1/audit/log/key")
        .then()
        .statusCode(403);
    JsonPath before = Service.operator().get("/api/v1/audit/log/keys").jsonPath();
    VerifierKey old = VerifierKey.parse(before.getString("[-1].key"));
    JsonPath next =
        Service.operator()
            .contentType(ContentType.JSON)
            .body("{}")
            .post("/api/v1/audit/log/key")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    SignedNote statement = SignedNote.parse(next.getString("statement"));
    assertThat(statement.signedBy(old)).isTrue();
    assertThat(statement.text()).contains(next.getString("key"));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
