package dev.docent.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.docent.wiring.DatabaseOutage;
import dev.docent.wiring.TestPlatform;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing happens that is not on record.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class RecordTest {
  @Inject AgroalDataSource database;
  @Inject Router router;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE library.account SET roles = '{ADMINISTRATOR}'",
        "UPDATE library.account SET disabled = false, password_hash = 'x'",
        "INSERT INTO library.access_group VALUES ('sneaky', '', now())",
        "INSERT INTO library.membership SELECT id, 'everyone' FROM library.account LIMIT 1",
        "UPDATE library.document SET readers = '{everyone,sneaky}'",
        "UPDATE library.document SET labelled_by_hand = NOT labelled_by_hand",
        "UPDATE library.document SET revision = repeat('0', 64), state = 'READING'",
        "DELETE FROM library.document",
        "UPDATE library.revision SET sha256 = repeat('0', 64)",
        "UPDATE library.conversation SET account_id = 'sneaky'",
        "DELETE FROM library.collection"
            + " WHERE id NOT IN (SELECT collection_id FROM library.document)",
        "INSERT INTO library.collection (id, name, created_at)"
            + " VALUES (gen_random_uuid(), 'sneaky', now())",
        "INSERT INTO library.api_token SELECT gen_random_uuid(), id, 'sneaky', sha256('x'), now()"
            + " FROM library.account LIMIT 1"
      })
  void theDatabaseItselfRefusesAChangeWithoutARecord(String change) throws SQLException {
    assertThat(Service.collection("everyone")).as("an empty collection").isNotEmpty();
    Service.ready(Service.collection("everyone"), "kept.txt", "Something that must be kept.");
    Service.ask(Service.operator(), "What must be kept?");
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(
              () -> {
                try (var statement = connection.createStatement()) {
                  statement.executeUpdate(change);
                }
                connection.commit();
              })
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("without an audit record");
      connection.rollback();
    }
  }

  /// Tables whose changes need no record, and why.
  private static final Map<String, String> EXEMPT =
      Map.of(
          "sign_in_failure", "only counts and paces; each failure is on record",
          "scheduled_tasks", "the queue of jobs; what they change is on record",
          "ingest_item", "the report of a run, whose begin and end are on record",
          "upload",
              "nobody's to see before it is complete; its document's arrival, or its end, is on record");

  @Test
  void everyTableIsGuardedOrExemptForAReason() throws SQLException {
    Map<String, Integer> guards = new TreeMap<>();
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT c.relname, bit_or(coalesce(t.tgtype, 0)) & 28,
                       count(t.oid) FILTER (WHERE t.tgenabled <> 'A' OR NOT t.tgdeferrable
                                                  OR NOT t.tginitdeferred)
                FROM pg_class c
                LEFT JOIN pg_trigger t ON t.tgrelid = c.oid
                  AND t.tgfoid = 'audit.require_record()'::regprocedure
                WHERE c.relnamespace = 'library'::regnamespace AND c.relkind IN ('r', 'p')
                GROUP BY c.relname""")) {
      while (rows.next()) {
        assertThat(rows.getInt(3))
            .as("triggers of %s that can be evaded", rows.getString(1))
            .isZero();
        guards.put(rows.getString(1), rows.getInt(2));
      }
    }
    assertThat(guards).hasSizeGreaterThan(12).containsKeys(EXEMPT.keySet().toArray(String[]::new));
    // pg_trigger.tgtype: 4 on insert, 8 on delete, 16 on update.
    guards.forEach(
        (table, on) ->
            assertThat(on).as(table).isEqualTo(EXEMPT.containsKey(table) ? 0 : 4 + 8 + 16));
  }

  @Test
  void whatIsShownIsOnRecordBeforeItIsShown() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    String collection = Service.collection("everyone");
    String document = Service.ready(collection, "tide.txt", "High water at Brae is at six.");

    Service.found(user.request(), "high water at Brae", collection);
    user.request().get("/api/v1/documents/" + document + "/content");
    user.request().get("/api/v1/documents");

    assertThat(acts(user))
        .contains(
            "library.listed",
            "document.opened",
            "question.search_completed",
            "question.asked",
            "account.token_created",
            "account.password_changed",
            "auth.signed_in",
            "account.created");
  }

  @Test
  void anAnswerIsRatedByWhoeverAskedAloneAndTheNewestRatingHolds() {
    Service.User asker = Service.user(List.of("EMPLOYEE"), List.of());
    Service.User other = Service.user(List.of("EMPLOYEE"), List.of());
    Service.ready(
        Service.collection("everyone"), "loom.txt", "The loom in hall two was oiled in May.");
    JsonPath answer = Service.ask(asker.request(), "When was the loom in hall two oiled?");
    String route = "/api/v1/answers/" + answer.getString("id") + "/rating";
    Map<String, Object> outdated = Map.of("helpful", false, "reason", "OUTDATED");

    rate(other, route, outdated).statusCode(404);
    rate(asker, route, Map.of("helpful", true, "reason", "WRONG")).statusCode(400);
    rate(asker, route, Map.of("helpful", false, "reason", "words of mine")).statusCode(400);
    rate(asker, route, Map.of("reason", "WRONG")).statusCode(400);
    assertThat(acts(asker)).doesNotContain("question.rated");
    rate(asker, route, Map.of("helpful", true)).statusCode(204);
    rate(asker, route, outdated).statusCode(204);

    asker
        .request()
        .get("/api/v1/conversations/" + answer.getString("conversation"))
        .then()
        .statusCode(200)
        .body("turns[0].rating.helpful", equalTo(false))
        .body("turns[0].rating.reason", equalTo("OUTDATED"));
    JsonPath rated = records(asker, "question.rated");
    assertThat(rated.getList("items.record.data.rating")).containsExactly("not_helpful", "helpful");
    assertThat(rated.getString("items[0].record.data.reason")).isEqualTo("outdated");
    assertThat(rated.getString("items[0].record.data.intent"))
        .isEqualTo(answer.getString("audit.intent"));
    assertThat(acts(other)).contains("access.denied");
  }

  private static io.restassured.response.ValidatableResponse rate(
      Service.User by, String route, Map<String, Object> rating) {
    return by.request().contentType(ContentType.JSON).body(rating).post(route).then();
  }

  @Test
  void everyQuestionOfAConversationNamesIt() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.ready(Service.collection("everyone"), "quay.txt", "The quay of Ness is 90 m long.");
    String first =
        Service.ask(user.request(), "How long is the quay of Ness?").getString("conversation");
    user.request()
        .contentType(ContentType.JSON)
        .body(Map.of("question", "And how wide?", "compose", false, "conversation", first))
        .post("/api/v1/ask")
        .then()
        .statusCode(200);

    assertThat(records(user, "question.asked").getList("items.record.data.conversation"))
        .containsExactly(first, first);
  }

  private static JsonPath records(Service.User person, String act) {
    return Service.operator()
        .queryParam("actor", person.id())
        .queryParam("act", act)
        .get("/api/v1/audit/events")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void questionHasItsWholeTimeline() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    String collection = Service.collection("everyone");
    Service.ready(collection, "ferry.txt", "The ferry to Hoy leaves from Houton pier at ten.");
    String intent =
        Service.ask(user.request(), "Where does the ferry to Hoy leave from?")
            .getString("audit.intent");
    assertThat(
            Service.operator()
                .queryParam("intent", intent)
                .get("/api/v1/audit/events")
                .jsonPath()
                .getList("items.act"))
        .containsExactly(
            "question.answered",
            "question.passages_shown",
            "question.passages_retrieved",
            "question.asked");
  }

  @Test
  void whatARecordIsAboutIsNamedAsItsReaderMayKnowIt() {
    String group = "looms-" + UUID.randomUUID();
    Service.User reader = Service.user("Rhoda Reader", List.of("EMPLOYEE"), List.of(group));
    Service.User inside = Service.user(List.of("COMPLIANCE_OFFICER"), List.of(group));
    Service.User outside = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    String collection = Service.collection(group);
    String document = Service.ready(collection, "shed/shuttle.txt", "The shuttle is of boxwood.");
    reader.request().get("/api/v1/documents/" + document + "/content").then().statusCode(200);

    JsonPath known = opened(inside, reader);
    assertThat(known.getString("person.displayName")).isEqualTo("Rhoda Reader");
    assertThat(known.getString("person.name")).isEqualTo(reader.name());
    assertThat(known.getString("subjects[0].name")).isNotBlank();
    assertThat(known.getString("subjects[0].alias")).isEqualTo("shed/shuttle.txt");
    JsonPath hidden = opened(outside, reader);
    assertThat(hidden.getString("subjects[0].id")).isEqualTo(document);
    assertThat(hidden.getString("subjects[0].state")).isEqualTo("hidden");
    assertThat(hidden.getString("subjects[0].name")).isNull();

    Service.operator().delete("/api/v1/documents/" + document).then().statusCode(204);
    assertThat(opened(inside, reader).getString("subjects[0].state")).isEqualTo("gone");

    JsonPath made =
        inside
            .request()
            .queryParam("actor", reader.id())
            .queryParam("act", "account.created")
            .get("/api/v1/audit/events")
            .jsonPath();
    assertThat(made.getString("items[0].subjects[0].kind")).isEqualTo("account");
    assertThat(made.getString("items[0].subjects[0].name")).isEqualTo("Rhoda Reader");
    assertThat(made.getString("items[0].subjects[0].alias")).isEqualTo(reader.name());
  }

  private static JsonPath opened(Service.User officer, Service.User reader) {
    return officer
        .request()
        .queryParam("actor", reader.id())
        .queryParam("act", "document.opened")
        .get("/api/v1/audit/events")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .setRootPath("items[0]");
  }

  @Test
  void whatIsAnothersIsOnRecordAsDenied() {
    Service.User owner = Service.user(List.of("EMPLOYEE"), List.of());
    Service.User other = Service.user(List.of("EMPLOYEE"), List.of());
    String conversation =
        Service.ask(owner.request(), "Is this mine alone?").getString("conversation");
    other.request().get("/api/v1/conversations/" + conversation).then().statusCode(404);
    other.request().delete("/api/v1/me/tokens/" + UUID.randomUUID()).then().statusCode(404);
    other
        .request()
        .contentType(ContentType.JSON)
        .body(Map.of("current", "wrong", "replacement", Service.PASSWORD))
        .post("/api/v1/me/password")
        .then()
        .statusCode(403);
    assertThat(acts(other).stream().limit(3))
        .containsExactly("auth.sign_in_failed", "access.denied", "access.denied");
  }

  @Test
  void sessionsThatAreEndedAreOnRecord() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.Browser.signIn(user.name(), Service.PASSWORD);
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("disabled", true))
        .patch("/api/v1/users/" + user.id())
        .then()
        .statusCode(200);
    assertThat(acts(user).stream().limit(3))
        .containsExactlyInAnyOrder("account.disabled", "auth.signed_out", "auth.signed_out");
  }

  @Test
  void whoeverReadsOrExportsTheLogOfAPersonIsOnRecordWithWhoThatIs() {
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    Service.User person = Service.user(List.of("EMPLOYEE"), List.of());
    person.request().get("/api/v1/collections").then().statusCode(200);
    officer.request().queryParam("actor", person.id()).get("/api/v1/audit/events").then();
    officer.request().queryParam("actor", person.id()).get("/api/v1/audit/export").asString();

    JsonPath records =
        Service.operator()
            .queryParam("actor", officer.id())
            .queryParam("act", "audit.")
            .get("/api/v1/audit/events")
            .jsonPath();
    assertThat(records.getList("items.act"))
        .startsWith("audit.export_finished", "audit.export_started", "audit.read");
    assertThat(records.getString("items[1].subjects[0].alias")).isEqualTo(person.name());
    assertThat(records.getString("items[2].subjects[0].alias")).isEqualTo(person.name());
    assertThat(records.getString("items[2].record.data.account")).startsWith("act_");
  }

  @Test
  void startIsOnRecordWithItsSettings() {
    for (String act : List.of("service.started", "setting.changed", "library.index_reconciled")) {
      List<String> found =
          Service.operator()
              .queryParam("actor", "system")
              .queryParam("act", act)
              .get("/api/v1/audit/events")
              .jsonPath()
              .getList("items.act");
      assertThat(found).as(act).isNotEmpty().containsOnly(act);
    }
  }

  private static List<String> acts(Service.User user) {
    return Service.operator()
        .queryParam("actor", user.id())
        .get("/api/v1/audit/events")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.act");
  }

  /// Texts that only people know go through every part of the service; the log, everything else in
  /// its schema, and what the service and the database say in their own log files must not have
  /// them.
  @Test
  void neitherTheLogNorALogFileHoldsTextOfDocumentsQuestionsNamesOrPaths() throws Exception {
    String canary = "canary" + UUID.randomUUID().toString().substring(0, 8);
    try (SaidByTheService said = new SaidByTheService()) {
      Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
      String collection = Service.collection("everyone");
      Service.ready(collection, canary + ".txt", "The " + canary + " sings in the morning.");
      Service.found(user.request(), "where does " + canary + " sing", collection);
      Service.ask(user.request(), "When does the " + canary + " sing?");
      given()
          .contentType(ContentType.JSON)
          .body(Map.of("username", canary, "password", canary + "-password"))
          .post("/api/v1/session")
          .then()
          .statusCode(401);
      user.request().get("/api/v1/documents?q=" + canary).then().statusCode(200);
      user.request().get("/api/v1/" + canary).then().statusCode(404);
      Service.operator()
          .contentType(ContentType.JSON)
          .body("{\"name\": \"" + canary)
          .post("/api/v1/collections")
          .then()
          .statusCode(400);
      String hold =
          Service.operator()
              .contentType(ContentType.JSON)
              .body(Map.of("reason", "Case " + canary))
              .post("/api/v1/audit/holds")
              .then()
              .statusCode(201)
              .extract()
              .path("id");
      // Other tests let a month of long ago go.
      Service.operator().delete("/api/v1/audit/holds/" + hold).then().statusCode(200);

      String export =
          Service.operator()
              .get("/api/v1/audit/export")
              .then()
              .statusCode(200)
              .extract()
              .asString();
      assertThat(export.lines().count()).isGreaterThan(5);
      assertThat(export).doesNotContain(canary).doesNotContain(user.name());
      // The reason of a hold is for people to read; it is in its table and nowhere else.
      assertThat(tablesWith(canary)).containsExactly("legal_hold");
      assertThat(said.text()).as("the service's log").doesNotContain(canary);
    }
    assertThat(Files.readString(Service.data().resolve("pg/server.log"))).doesNotContain(canary);
  }

  /// Names of the tables of the audit schema with a row that holds the text, as it is or as bytes.
  private static List<String> tablesWith(String text) throws SQLException {
    String bytes = HexFormat.of().formatHex(text.getBytes(UTF_8));
    List<String> found = new ArrayList<>();
    try (Connection connection = Service.superuser();
        var statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (var rows =
          statement.executeQuery(
              "SELECT relname FROM pg_class WHERE relkind = 'r'"
                  + " AND relnamespace = 'audit'::regnamespace")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      assertThat(tables).hasSizeGreaterThan(10);
      for (String table : tables) {
        try (var rows =
            statement.executeQuery(
                "SELECT EXISTS (SELECT FROM audit.%s row WHERE row::text LIKE '%%%s%%' OR row::text LIKE '%%%s%%')"
                    .formatted(table, text, bytes))) {
          rows.next();
          if (rows.getBoolean(1)) {
            found.add(table);
          }
        }
      }
    }
    return found;
  }

  /// Everything that any logger says meanwhile, as it would be written.
  private static final class SaidByTheService extends java.util.logging.Handler
      implements AutoCloseable {
    private final StringBuffer said = new StringBuffer();
    private final java.util.logging.Formatter formatter = new java.util.logging.SimpleFormatter();

    SaidByTheService() {
      java.util.logging.Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(java.util.logging.LogRecord entry) {
      said.append(formatter.format(entry)).append(formatter.formatMessage(entry));
    }

    String text() {
      return said.toString();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      java.util.logging.Logger.getLogger("").removeHandler(this);
    }
  }

  /// What is served without a look at who asks, and why nothing of it is on record: the page and
  /// its parts hold no data, health and metrics are counts, the interface's description is public.
  private static final List<String> UNRECORDED =
      List.of("/q/health", "/q/metrics", "/q/openapi", "/");

  /// Where the framework hangs its own routes, of which none but the listed ones may answer.
  private static final String FRAMEWORK = "/q/";

  @Test
  void onlyTheListedAddressesAreServedWithoutAsking() {
    List<String> paths =
        router.getRoutes().stream()
            .map(route -> route.getPath())
            .filter(path -> path != null && !path.equals(FRAMEWORK))
            .distinct()
            .toList();
    assertThat(paths)
        .isNotEmpty()
        .allMatch(
            path ->
                UNRECORDED.stream()
                    .anyMatch(
                        known ->
                            path.equals(known)
                                || path.startsWith(known + "/") && known.length() > 1),
            "is listed");
    for (String other : List.of("", "dev", "dev-ui", "info", "arc", "swagger-ui")) {
      assertThat(given().get(FRAMEWORK + other).statusCode()).as(FRAMEWORK + other).isEqualTo(404);
    }
    for (RoutesTest.Known route : RoutesTest.all()) {
      if (route.rule().orElseThrow().may() != Route.Who.ANYONE) {
        assertThat(
                given()
                    .contentType(ContentType.JSON)
                    .request(
                        route.operation().split(" ")[0],
                        route.operation().split(" ")[1].replaceAll("\\{[^}]*}+", "1"))
                    .statusCode())
            .as(route.operation())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void pagesOfTheLogJoinWithoutGapOrOverlap() {
    JsonPath first = page(null);
    JsonPath second = page(first.getString("next"));
    List<String> ids = new ArrayList<>(first.getList("items.id"));
    ids.addAll(second.getList("items.id"));
    assertThat(ids).hasSize(6).doesNotHaveDuplicates();
  }

  private static JsonPath page(@Nullable String before) {
    var request = Service.operator().queryParam("limit", 3);
    if (before != null) {
      request = request.queryParam("before", before).queryParam("to", "2100-01-01T00:00:00Z");
    }
    return request.get("/api/v1/audit/events").then().statusCode(200).extract().jsonPath();
  }

  @Test
  void withoutTheDatabaseNothingIsAnsweredAndAfterwardsAllIsWell() throws Exception {
    String collection = Service.collection("everyone");
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.ready(collection, "vault.txt", "The vault of Merrow opens at nine.");

    try (DatabaseOutage outage = new DatabaseOutage(Service.data())) {
      assertThat(outage).isNotNull();
      for (String accept : List.of("application/json", "text/event-stream")) {
        Service.operator()
            .contentType(ContentType.JSON)
            .accept(accept + ", application/problem+json")
            .body(Map.of("question", "When does the vault of Merrow open?", "compose", false))
            .post("/api/v1/ask")
            .then()
            .statusCode(503)
            .header("Retry-After", notNullValue())
            .body("code", equalTo("audit_unavailable"));
      }
      Service.operator().get("/api/v1/nothing").then().statusCode(404);
      user.request().get("/api/v1/me").then().statusCode(503);
      Service.operator().get("/q/health/ready").then().statusCode(503);
    }

    Service.await(
        "the service answers again",
        () -> Service.operator().get("/api/v1/documents").statusCode() == 200);
    assertThat(Service.found(user.request(), "vault of Merrow", collection)).isNotEmpty();
  }
}
