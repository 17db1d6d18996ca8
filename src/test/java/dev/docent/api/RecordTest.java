package dev.docent.api;

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
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE library.account SET roles = '{ADMINISTRATOR}'",
        "UPDATE library.account SET disabled = false, password_hash = 'x'",
        "INSERT INTO library.access_group VALUES ('sneaky', '', now())",
        "INSERT INTO library.membership SELECT id, 'everyone' FROM library.account LIMIT 1",
        "UPDATE library.document SET readers = '{everyone,sneaky}'",
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
          "ingest_item", "the report of a run, whose begin and end are on record");

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
  void startIsOnRecordWithItsSettings() {
    List<String> acts =
        Service.operator()
            .queryParam("actor", "system")
            .queryParam("limit", 500)
            .get("/api/v1/audit/events")
            .jsonPath()
            .getList("items.act");
    assertThat(acts).contains("service.started", "setting.changed", "library.index_reconciled");
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

  @Test
  void theLogHoldsNoTextOfQuestionsNamesOrPaths() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    String canary = "canary" + UUID.randomUUID().toString().substring(0, 8);
    String collection = Service.collection("everyone");
    Service.ready(collection, canary + ".txt", "The " + canary + " sings.");
    Service.found(user.request(), "where does " + canary + " sing", collection);

    String export =
        Service.operator().get("/api/v1/audit/export").then().statusCode(200).extract().asString();

    assertThat(export.lines().count()).isGreaterThan(5);
    assertThat(export).doesNotContain(canary).doesNotContain(user.name());
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
