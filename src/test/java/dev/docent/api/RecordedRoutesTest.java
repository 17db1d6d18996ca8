package dev.docent.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every route that reveals or changes something is used, and what it says that it leaves in the
/// log is looked for there. A new route is missed in this table until it is used here.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class RecordedRoutesTest {
  private static final Duration RECORDED_WITHIN = Duration.ofSeconds(20);

  /// Uses a route once, with what it needs, as [#me] or as the operator.
  private interface Use {
    Response once() throws Exception;
  }

  /// Routes whose use takes an act in full swing or a scan, the test that has it, and how it says
  /// so.
  private static final Map<String, List<String>> USED_ELSEWHERE =
      Map.of(
          "DELETE /api/v1/answers/{id}",
          List.of("StoppedAnswersTest", "delete(\"/api/v1/answers/\" + id)", "question.cancelled"),
          "DELETE /api/v1/audit/exports/{id}",
          List.of(
              "ProofTest", "delete(\"/api/v1/audit/exports/\" + stopped.id())", "stopped.end()"),
          "GET /api/v1/documents/{id}/pages/{page}",
          List.of("PagePicturesTest", "+ \"/pages/\" + page", "acts(reader, \"document.opened\")"));

  @TempDir Path folder;
  private final String group = "routes-" + UUID.randomUUID();
  private Service.User person;

  /// When the use of a route begins that its records are looked for.
  private Instant since = Instant.now();

  private RequestSpecification me() {
    return person.request();
  }

  private RequestSpecification me(Object body) {
    return me().contentType(ContentType.JSON).body(body);
  }

  private static RequestSpecification operator(Object body) {
    return Service.operator().contentType(ContentType.JSON).body(body);
  }

  // Not sooner: the service runs only now.
  @BeforeEach
  void person() {
    person =
        Service.user(List.of("EMPLOYEE", "ADMINISTRATOR", "COMPLIANCE_OFFICER"), List.of(group));
  }

  @Test
  void everyRouteLeavesTheRecordsThatItNames() throws Exception {
    Map<String, Use> uses = uses();
    List<String> problems = new ArrayList<>();
    for (RoutesTest.Known route : RoutesTest.all()) {
      Route rule = route.rule().orElseThrow();
      String operation = route.operation() + (asEvents(route) ? " as events" : "");
      if (rule.records().length == 0 || USED_ELSEWHERE.containsKey(operation)) {
        continue;
      }
      Use use = uses.get(operation);
      if (use == null) {
        problems.add(operation + " is not used in this test");
        continue;
      }
      since = Instant.now();
      int status = use.once().statusCode();
      if (status / 100 != 2) {
        problems.add(operation + " answers " + status);
      }
      for (String act : rule.records()) {
        if (!leaves(rule.may(), act)) {
          problems.add(operation + " leaves no record " + act);
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  private boolean leaves(Route.Who who, String act) throws InterruptedException {
    Instant until = Instant.now().plus(RECORDED_WITHIN);
    while (!recorded(who, act)) {
      if (Instant.now().isAfter(until)) {
        return false;
      }
      Thread.sleep(100);
    }
    return true;
  }

  private static boolean asEvents(RoutesTest.Known route) {
    Produces produces = route.method().getAnnotation(Produces.class);
    return produces != null && List.of(produces.value()).contains(MediaType.SERVER_SENT_EVENTS);
  }

  /// Whether whoever used it did so since then, as the log has it.
  private boolean recorded(Route.Who who, String act) {
    boolean byOperator = who == Route.Who.OPERATOR;
    String actor = byOperator ? "operator" : person.id();
    return Service.operator()
        .queryParam("act", act)
        .queryParam("actor", actor)
        .queryParam("from", since.toString())
        .get("/api/v1/audit/events")
        .jsonPath()
        .getList(byOperator ? "items.actor" : "items.person.account")
        .contains(actor);
  }

  @Test
  void whatIsUsedElsewhereIs() throws IOException {
    assertThat(RoutesTest.all())
        .extracting(RoutesTest.Known::operation)
        .containsAll(USED_ELSEWHERE.keySet());
    for (List<String> test : USED_ELSEWHERE.values()) {
      String source =
          Files.readString(Path.of("test/java/dev/docent/api").resolve(test.getFirst() + ".java"));
      assertThat(source).contains(test.subList(1, test.size()));
    }
  }

  private Map<String, Use> uses() {
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.putAll(ofTheLog());
    uses.putAll(ofRetention());
    uses.putAll(ofCollectionsAndDocuments());
    uses.putAll(ofUploadsAndFolders());
    uses.putAll(ofQuestions());
    uses.putAll(ofAccounts());
    return uses;
  }

  private Map<String, Use> ofTheLog() {
    return Map.of(
        "GET /api/v1/audit/events",
        () -> me().get("/api/v1/audit/events"),
        "GET /api/v1/audit/events/{id}",
        () -> me().get("/api/v1/audit/events/" + anyRecord()),
        "GET /api/v1/audit/events/{id}/proof",
        () -> me().get("/api/v1/audit/events/" + anyRecord() + "/proof"),
        "GET /api/v1/audit/receipts/{id}",
        () -> me().get("/api/v1/audit/receipts/" + answered("audit.intent")),
        "GET /api/v1/audit/export",
        () -> me().queryParam("actor", person.id()).get("/api/v1/audit/export"),
        "POST /api/v1/audit/verifications",
        () -> me().post("/api/v1/audit/verifications"),
        "POST /api/v1/audit/log/key",
        () -> operator("{}").post("/api/v1/audit/log/key"));
  }

  private String anyRecord() {
    return Service.operator()
        .queryParam("limit", 1)
        .get("/api/v1/audit/events")
        .path("items[0].id");
  }

  private Map<String, Use> ofRetention() {
    Map<String, Object> wish = Map.of("reason", "Case " + UUID.randomUUID());
    return Map.of(
        "GET /api/v1/audit/holds",
        () -> me().get("/api/v1/audit/holds"),
        "POST /api/v1/audit/holds",
        () -> released(me(wish).post("/api/v1/audit/holds")),
        "DELETE /api/v1/audit/holds/{id}",
        () -> released(me(wish).post("/api/v1/audit/holds")),
        "GET /api/v1/audit/prunings",
        () -> me().get("/api/v1/audit/prunings"),
        "POST /api/v1/audit/prunings",
        () -> rejected(proposed(me(Map.of("month", emptyMonth("2018-03"))))),
        "POST /api/v1/audit/prunings/{id}/approval",
        () -> {
          Service.User other = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
          String id =
              proposed(
                      other
                          .request()
                          .contentType(ContentType.JSON)
                          .body(Map.of("month", emptyMonth("2018-04"))))
                  .path("id");
          return me().post("/api/v1/audit/prunings/" + id + "/approval");
        },
        "POST /api/v1/audit/prunings/{id}/rejection",
        () -> rejected(proposed(me(Map.of("month", emptyMonth("2018-05"))))));
  }

  private Response rejected(Response proposal) {
    return me().post("/api/v1/audit/prunings/" + proposal.path("id") + "/rejection");
  }

  private Response released(Response hold) {
    hold.then().statusCode(201);
    Response released = me().delete("/api/v1/audit/holds/" + hold.path("id"));
    released.then().statusCode(200);
    return released;
  }

  private static Response proposed(RequestSpecification request) {
    Response proposal = request.post("/api/v1/audit/prunings");
    proposal.then().statusCode(201);
    return proposal;
  }

  /// A month of long ago of which the log holds nothing, with a witness to that.
  private static String emptyMonth(String month) throws SQLException {
    NoteSigner witness = NoteSigner.generate("witness.test", VerifierKey.Kind.WITNESS);
    try (Connection connection = Service.superuser();
        Statement statement = connection.createStatement()) {
      String partition = "audit.event_" + month.replace('-', '_');
      statement.execute(
          "CREATE TABLE IF NOT EXISTS %s PARTITION OF audit.event FOR VALUES FROM ('%s-01 00:00Z') TO ('%s-28 00:00Z')"
              .formatted(partition, month, month));
      statement.execute("ALTER TABLE " + partition + " OWNER TO audit_owner");
      statement.execute(
          """
          INSERT INTO audit.cosignature (epoch, tree_size, witness, line)
          SELECT epoch, tree_size, 'witness.test', '%s' FROM audit.checkpoint
          WHERE epoch = (SELECT max(epoch) FROM audit.epoch) ORDER BY tree_size LIMIT 1
          ON CONFLICT DO NOTHING"""
              .formatted(witness.sign("a state\n", Instant.EPOCH).line()));
    }
    return month;
  }

  private Map<String, Use> ofCollectionsAndDocuments() {
    Map<String, Use> uses = new LinkedHashMap<>();
    String name = "collection " + UUID.randomUUID();
    uses.put("GET /api/v1/collections", () -> me().get("/api/v1/collections"));
    uses.put(
        "POST /api/v1/collections", () -> me(Map.of("name", name)).post("/api/v1/collections"));
    uses.put(
        "PATCH /api/v1/collections/{id}",
        () -> me(Map.of("description", "Of ferries")).patch(collection()));
    uses.put("GET /api/v1/collections/{id}/folders", () -> me().get(collection() + "/folders"));
    uses.put(
        "PUT /api/v1/collections/{id}/folders",
        () -> me(Map.of("path", "pay", "readers", List.of(group))).put(collection() + "/folders"));
    uses.put(
        "DELETE /api/v1/collections/{id}/folders",
        () -> {
          String folders = collection() + "/folders";
          operator(Map.of("path", "pay", "readers", List.of("everyone"))).put(folders);
          return me().queryParam("path", "pay").delete(folders);
        });
    uses.put("DELETE /api/v1/collections/{id}", () -> me().delete(collection()));
    uses.put("GET /api/v1/documents", () -> me().get("/api/v1/documents"));
    uses.put(
        "POST /api/v1/documents",
        () ->
            me().contentType("text/plain; charset=utf-8")
                .queryParam("collection", Service.collection(group))
                .queryParam("path", "buoy.txt")
                .body("The buoy of Hask is green.")
                .post("/api/v1/documents"));
    uses.put("GET /api/v1/documents/{id}", () -> me().get(document()));
    uses.put("GET /api/v1/documents/{id}/revisions", () -> me().get(document() + "/revisions"));
    uses.put("GET /api/v1/documents/{id}/content", () -> me().get(document() + "/content"));
    uses.put("GET /api/v1/documents/{id}/text", () -> me().get(document() + "/text"));
    uses.put("GET /api/v1/documents/{id}/readers", () -> me().get(document() + "/readers"));
    uses.put(
        "DELETE /api/v1/documents/{id}/readers",
        () -> {
          String document = document();
          operator(Map.of("readers", List.of("everyone"))).put(document + "/readers");
          return me().delete(document + "/readers");
        });
    uses.put(
        "PUT /api/v1/documents/{id}/readers",
        () -> me(Map.of("readers", List.of())).put(document() + "/readers"));
    uses.put("POST /api/v1/documents/{id}/reread", () -> me().post(document() + "/reread"));
    uses.put("DELETE /api/v1/documents/{id}", () -> me().delete(document()));
    return uses;
  }

  private String collection() {
    return "/api/v1/collections/" + Service.collection(group);
  }

  private String document() {
    return "/api/v1/documents/"
        + Service.ready(Service.collection(group), "pilot.txt", "The pilot comes at dawn.");
  }

  private Map<String, Use> ofUploadsAndFolders() {
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.put("DELETE /api/v1/uploads/{id}", () -> me().delete(upload()));
    uses.put(
        "POST /api/v1/uploads/{id}/complete",
        () -> {
          String upload = upload();
          me().contentType("application/offset+octet-stream")
              .header("Upload-Offset", 0)
              .body("The mast of Hask.".getBytes(StandardCharsets.UTF_8))
              .patch(upload)
              .then()
              .statusCode(204);
          return me().post(upload + "/complete");
        });
    uses.put("POST /api/v1/ingests", this::run);
    uses.put("GET /api/v1/ingests/{id}", () -> me().get("/api/v1/ingests/" + run().path("id")));
    uses.put(
        "GET /api/v1/ingests/{id}/report",
        () -> me().accept("*/*").get("/api/v1/ingests/" + run().path("id") + "/report"));
    uses.put(
        "GET /api/v1/ingests/{id}/events as events",
        () ->
            me().accept("text/event-stream")
                .get("/api/v1/ingests/" + run().path("id") + "/events"));
    uses.put(
        "DELETE /api/v1/ingests/{id}",
        () -> {
          for (int file = 0; file < 300; file++) {
            Files.writeString(folder.resolve("buoy-%d.txt".formatted(file)), "Buoy " + file);
          }
          return me().delete("/api/v1/ingests/" + run().path("id"));
        });
    return uses;
  }

  private String upload() {
    String metadata =
        Map.of("collection", Service.collection(group), "filename", "mast.txt").entrySet().stream()
            .map(
                pair ->
                    pair.getKey()
                        + " "
                        + Base64.getEncoder()
                            .encodeToString(pair.getValue().getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining(","));
    String location =
        me().header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", 17)
            .header("Upload-Metadata", metadata)
            .post("/api/v1/uploads")
            .then()
            .statusCode(201)
            .extract()
            .header("Location");
    return location.substring(location.indexOf("/api/"));
  }

  private Response run() {
    return operator(
            Map.of("path", folder.toString(), "collection", group, "readers", List.of(group)))
        .post("/api/v1/ingests");
  }

  private Map<String, Use> ofQuestions() {
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.put("POST /api/v1/ask", this::asked);
    uses.put("POST /api/v1/ask as events", () -> asked("text/event-stream", Map.of()));
    uses.put(
        "GET /api/v1/answers/{id} as events",
        () -> {
          String id = UUID.randomUUID().toString();
          asked("text/event-stream", Map.of("id", id)).then().statusCode(200);
          since = Instant.now();
          return me().accept("text/event-stream").get("/api/v1/answers/" + id);
        });
    uses.put(
        "POST /api/v1/answers/{id}/rating",
        () -> me(Map.of("helpful", true)).post("/api/v1/answers/" + answered("id") + "/rating"));
    uses.put(
        "POST /api/v1/search",
        () -> me(Map.of("question", "When does the pilot come?")).post("/api/v1/search"));
    uses.put("GET /api/v1/conversations", () -> me().get("/api/v1/conversations"));
    uses.put("GET /api/v1/conversations/{id}", () -> me().get(conversation()));
    uses.put(
        "PATCH /api/v1/conversations/{id}",
        () -> me(Map.of("title", "Of pilots")).patch(conversation()));
    uses.put("DELETE /api/v1/conversations/{id}", () -> me().delete(conversation()));
    return uses;
  }

  private Response asked() {
    return asked("application/json", Map.of());
  }

  private Response asked(String accept, Map<String, Object> more) {
    String collection = Service.collection(group);
    Service.ready(collection, "pilot.txt", "The pilot of Hask comes at dawn.");
    Map<String, Object> question = new HashMap<>(more);
    question.put("question", "When does the pilot of Hask come?");
    question.put("collections", List.of(collection));
    question.put("compose", false);
    return me(question).accept(accept).post("/api/v1/ask");
  }

  private String conversation() {
    return "/api/v1/conversations/" + answered("conversation");
  }

  /// Something of an answer that was there before.
  private String answered(String field) {
    String value = asked().path(field);
    since = Instant.now();
    return value;
  }

  private Map<String, Use> ofAccounts() {
    Map<String, Use> uses = new LinkedHashMap<>();
    String pilots = "pilots-" + UUID.randomUUID();
    uses.put("GET /api/v1/groups", () -> me().get("/api/v1/groups"));
    uses.put("POST /api/v1/groups", () -> me(Map.of("name", pilots)).post("/api/v1/groups"));
    uses.put(
        "DELETE /api/v1/groups/{name}",
        () -> {
          String sailors = "sailors-" + UUID.randomUUID();
          operator(Map.of("name", sailors)).post("/api/v1/groups");
          return me().delete("/api/v1/groups/" + sailors);
        });
    uses.put("GET /api/v1/users", () -> me().get("/api/v1/users"));
    uses.put(
        "GET /api/v1/users/{id}/readable",
        () -> me().get("/api/v1/users/" + person.id() + "/readable"));
    uses.put("GET /api/v1/users/{id}", () -> me().get("/api/v1/users/" + person.id()));
    uses.put(
        "POST /api/v1/users",
        () ->
            me(Map.of(
                    "username",
                    "user-" + UUID.randomUUID(),
                    "password",
                    "first " + UUID.randomUUID()))
                .post("/api/v1/users"));
    uses.put(
        "PATCH /api/v1/users/{id}",
        () -> me(Map.of("displayName", "Pilot")).patch("/api/v1/users/" + someone().id()));
    uses.put(
        "DELETE /api/v1/users/{id}/lock",
        () -> {
          Service.User locked = someone();
          for (int failure = 0; failure < 5; failure++) {
            operator(Map.of("username", locked.name(), "password", "wrong"))
                .post("/api/v1/session");
          }
          return me().delete("/api/v1/users/" + locked.id() + "/lock");
        });
    uses.put(
        "DELETE /api/v1/users/{id}/sessions",
        () -> me().delete("/api/v1/users/" + someone().id() + "/sessions"));
    uses.put("POST /api/v1/session", this::signIn);
    uses.put(
        "DELETE /api/v1/session",
        () ->
            Service.Browser.signIn(person.name(), Service.PASSWORD)
                .request()
                .delete("/api/v1/session"));
    uses.put("GET /api/v1/me/tokens", () -> me().get("/api/v1/me/tokens"));
    uses.put("POST /api/v1/me/tokens", this::token);
    uses.put(
        "DELETE /api/v1/me/tokens/{id}",
        () -> me().delete("/api/v1/me/tokens/" + token().path("id")));
    uses.put("GET /api/v1/me/sessions", () -> me().get("/api/v1/me/sessions"));
    uses.put(
        "DELETE /api/v1/me/sessions/{id}",
        () -> {
          signIn();
          return me().delete(
                  "/api/v1/me/sessions/" + me().get("/api/v1/me/sessions").path("[0].id"));
        });
    uses.put(
        "POST /api/v1/me/password",
        () -> {
          String other = Service.PASSWORD + "!";
          password(Service.PASSWORD, other).then().statusCode(204);
          return password(other, Service.PASSWORD);
        });
    return uses;
  }

  private Response password(String current, String replacement) {
    return me(Map.of("current", current, "replacement", replacement)).post("/api/v1/me/password");
  }

  private static Service.User someone() {
    return Service.user(List.of("EMPLOYEE"), List.of());
  }

  private Response signIn() {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("username", person.name(), "password", Service.PASSWORD))
        .post("/api/v1/session");
  }

  private Response token() {
    return me(Map.of("name", "pilot")).post("/api/v1/me/tokens");
  }
}
