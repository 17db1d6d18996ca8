package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may read a document and why, and what a person may read: as the searches have it.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ReadersTest {
  private final String board = "board-" + UUID.randomUUID();
  private final String staff = "staff-" + UUID.randomUUID();
  private Service.User administrator;

  @BeforeEach
  void anAdministratorWhoReadsThem() {
    administrator = Service.user(List.of("ADMINISTRATOR"), List.of(board, staff));
  }

  private JsonPath readers(String document, String query) {
    return administrator
        .request()
        .get("/api/v1/documents/" + document + "/readers" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private void put(String route, Map<String, Object> body) {
    administrator
        .request()
        .contentType(ContentType.JSON)
        .body(body)
        .put("/api/v1/" + route)
        .then()
        .statusCode(200);
  }

  private static void disable(Service.User user) {
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("disabled", true))
        .patch("/api/v1/users/" + user.id())
        .then()
        .statusCode(200);
  }

  @Test
  void thePeopleOfADocumentsGroupsReadItAndNobodyElse() {
    Service.User chair = Service.user("Ada Chair", List.of("EMPLOYEE"), List.of(board));
    Service.User both = Service.user(List.of("EMPLOYEE"), List.of(board, staff));
    Service.user(List.of("EMPLOYEE", "ADMINISTRATOR"), List.of(staff));
    disable(Service.user(List.of("EMPLOYEE"), List.of(board)));
    String minutes = Service.upload(Service.collection(board), "minutes.txt", "The board met.");

    JsonPath all = readers(minutes, "");
    assertThat(all.getString("source")).isEqualTo("COLLECTION");
    assertThat(all.getList("groups.name")).isEqualTo(List.of(board));
    assertThat(all.getList("groups.members")).isEqualTo(List.of(3));
    assertThat(all.getList("people.id", String.class))
        .containsExactlyInAnyOrder(administrator.id(), chair.id(), both.id());
    assertThat(all.getString("people.find { it.id == '%s' }.displayName".formatted(chair.id())))
        .isEqualTo("Ada Chair");
    assertThat(all.getList("people.find { it.id == '%s' }.groups".formatted(both.id())))
        .isEqualTo(List.of(board));
    JsonPath second = readers(minutes, "?offset=1&limit=1");
    assertThat(second.getLong("total")).isEqualTo(3);
    assertThat(second.getString("people[0].id")).isEqualTo(all.getString("people[1].id"));
    assertThat(second.getList("people")).hasSize(1);
    assertThat(Service.acts(administrator, "library.listed")).isNotEmpty();
  }

  @Test
  void itsLabelsComeFromTheCollectionTheFolderOrAPersonWhoTakesThemBack() {
    String collection = Service.collection(board);
    String wages = Service.upload(collection, "hr/wages.txt", "Wages of the board.");
    assertThat(readers(wages, "").getString("source")).isEqualTo("COLLECTION");

    put(
        "collections/" + collection + "/folders",
        Map.of("path", "hr", "readers", List.of(board, staff)));
    assertThat(readers(wages, "").getString("source")).isEqualTo("FOLDER");
    assertThat(readers(wages, "").getString("folder")).isEqualTo("hr");

    put("documents/" + wages + "/readers", Map.of("readers", List.of(staff)));
    assertThat(readers(wages, "").getString("source")).isEqualTo("HAND");
    assertThat(readers(wages, "").getString("folder")).isNull();

    administrator
        .request()
        .delete("/api/v1/documents/" + wages + "/readers")
        .then()
        .statusCode(200)
        .body("readers", equalTo(List.of(board, staff)));
    assertThat(readers(wages, "").getString("source")).isEqualTo("FOLDER");

    String minutes = Service.upload(collection, "minutes.txt", "The board met.");
    put("documents/" + minutes + "/readers", Map.of("readers", List.of(staff)));
    administrator
        .request()
        .delete("/api/v1/documents/" + minutes + "/readers")
        .then()
        .statusCode(200)
        .body("readers", equalTo(List.of(board)));
    assertThat(readers(minutes, "").getString("source")).isEqualTo("COLLECTION");
  }

  @Test
  void aFolderThatIsGivenBackLeavesItsDocumentsToTheOneAbove() {
    String collection = Service.collection(board, staff);
    String folders = "collections/" + collection + "/folders";
    String wages = Service.upload(collection, "hr/pay/wages.txt", "Wages of the board.");
    String rota = Service.upload(collection, "hr/rota.txt", "Who works when.");
    put(folders, Map.of("path", "hr", "readers", List.of(board)));
    put(folders, Map.of("path", "hr/pay", "readers", List.of(staff)));
    put("documents/" + rota + "/readers", Map.of("readers", List.of(staff)));

    assertThat(giveBack(collection, "hr/pay")).isEqualTo(1);
    assertThat(readers(wages, "").getString("folder")).isEqualTo("hr");
    assertThat(readers(wages, "").getList("groups.name")).isEqualTo(List.of(board));
    assertThat(giveBack(collection, "hr")).isEqualTo(1);
    assertThat(readers(wages, "").getString("source")).isEqualTo("COLLECTION");
    assertThat(readers(wages, "").getList("groups.name")).isEqualTo(List.of(board, staff));
    assertThat(readers(rota, "").getString("source")).isEqualTo("HAND");
    assertThat(giveBack(collection, "hr")).as("nothing was said of it any more").isZero();
    String later = Service.upload(collection, "hr/later.txt", "Later.");
    assertThat(readers(later, "").getString("source")).isEqualTo("COLLECTION");
    assertThat(Service.acts(administrator, "collection.grants_changed")).hasSize(4);
  }

  private int giveBack(String collection, String folder) {
    return administrator
        .request()
        .queryParam("path", folder)
        .delete("/api/v1/collections/" + collection + "/folders")
        .then()
        .statusCode(200)
        .extract()
        .path("documents");
  }

  @Test
  void whatAPersonMayReadIsWhatTheyFind() {
    Service.User reader = Service.user(List.of("EMPLOYEE"), List.of(board));
    String papers = Service.collection("Papers " + board, List.of(board), List.of());
    String others = Service.collection("Others " + staff, List.of(staff), List.of(board));
    Service.upload(papers, "minutes.txt", "The board met.");
    Service.upload(papers, "secret/plan.txt", "A plan of the board.");
    Service.upload(papers, "hr/wages.txt", "Wages of the board.");
    Service.upload(others, "rota.txt", "Who works when.");
    put("collections/" + papers + "/folders", Map.of("path", "hr", "readers", List.of(board)));
    put("collections/" + papers + "/folders", Map.of("path", "secret", "readers", List.of(staff)));

    JsonPath readable = readable(reader);
    String ofPapers = "collections.find { it.id == '%s' }.".formatted(papers);
    assertThat(readable.getInt(ofPapers + "documents")).isEqualTo(2);
    assertThat(readable.getList(ofPapers + "folders.path")).isEqualTo(List.of("hr"));
    assertThat(readable.getList(ofPapers + "folders.documents")).isEqualTo(List.of(1));
    assertThat(readable.getList("collections.id"))
        .as("one may be added to without being read")
        .doesNotContain(others);
    assertThat(readable.getInt("documents"))
        .isEqualTo(reader.request().get("/api/v1/documents").<Integer>path("total"));

    String folders = "find { it.id == '%s' }.folders";
    JsonPath seen = administrator.request().get("/api/v1/collections").jsonPath();
    assertThat(seen.getBoolean(folders.formatted(papers))).isTrue();
    assertThat(seen.getBoolean(folders.formatted(others))).isFalse();

    disable(reader);
    assertThat(readable(reader).getInt("documents")).isZero();
    assertThat(readable(reader).getList("collections")).isEmpty();
  }

  private JsonPath readable(Service.User person) {
    return administrator
        .request()
        .get("/api/v1/users/" + person.id() + "/readable")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void onlyAdministratorsAreToldAndOnlyOfWhatTheyMaySee() {
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of(board));
    Service.User stranger = Service.user(List.of("ADMINISTRATOR"), List.of());
    String route =
        "/api/v1/documents/"
            + Service.upload(Service.collection(board), "minutes.txt", "The board met.")
            + "/readers";
    officer.request().get(route).then().statusCode(403).body("code", equalTo("not_allowed"));
    officer.request().delete(route).then().statusCode(403);
    officer.request().get("/api/v1/users/" + officer.id() + "/readable").then().statusCode(403);
    assertThat(Service.acts(officer, "access.denied")).hasSize(3);

    stranger.request().get(route).then().statusCode(404);
    stranger.request().delete(route).then().statusCode(404);
    assertThat(Service.acts(stranger, "access.denied")).hasSize(2);
    administrator.request().get(route).then().body("people", hasSize(2));
  }

  @Test
  void whoSawADocumentIsFoundByTheActsOfSeeing() {
    Service.User reader = Service.user(List.of("EMPLOYEE"), List.of(board));
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    String collection = Service.collection(board);
    String tide = Service.ready(collection, "tide.txt", "High water at Stroma is at six.");
    Service.found(reader.request(), "high water at Stroma", collection);
    reader.request().get("/api/v1/documents/" + tide + "/text").then().statusCode(200);

    JsonPath seen =
        officer
            .request()
            .queryParam("document", tide)
            .queryParam("act", "document.opened", "question.search_completed")
            .get("/api/v1/audit/events")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(seen.getList("items.act"))
        .isEqualTo(List.of("document.opened", "question.search_completed"));
    assertThat(seen.getList("items.person.account", String.class)).containsOnly(reader.id());
  }
}
