package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who may bring what into a collection, and who reads it then.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ContributorsTest {
  private final String group = "writers-" + UUID.randomUUID();
  private final String other = "others-" + UUID.randomUUID();

  private static ValidatableResponse bring(
      Service.User person, String collection, String path, Map<String, String> more) {
    return person
        .request()
        .contentType("text/plain; charset=utf-8")
        .queryParam("collection", collection)
        .queryParam("path", path)
        .queryParams(more)
        .body("A text about " + UUID.randomUUID())
        .post("/api/v1/documents")
        .then();
  }

  @Test
  void onlyContributorsAndAdministratorsAdd() {
    Service.User writer = Service.user(List.of("EMPLOYEE"), List.of(group));
    Service.User reader = Service.user(List.of("EMPLOYEE"), List.of(other));
    String papers = Service.collection("Papers " + group, List.of(group, other), List.of(group));

    bring(writer, papers, "a.txt", Map.of()).statusCode(202);
    bring(reader, papers, "b.txt", Map.of()).statusCode(403).body("code", equalTo("not_allowed"));
    assertThat(Service.acts(reader, "access.denied")).hasSize(1);
    writer
        .request()
        .get("/api/v1/collections")
        .then()
        .body("findAll { it.mayAdd }.id", hasItem(papers));
    reader
        .request()
        .get("/api/v1/collections")
        .then()
        .body("findAll { it.mayAdd }.id", not(hasItem(papers)));
  }

  @Test
  void aCollectionThatIsNotThereForSomeoneTakesNothingFromThem() {
    Service.User stranger = Service.user(List.of("EMPLOYEE"), List.of());
    bring(stranger, Service.collection(group(group)), "a.txt", Map.of()).statusCode(404);
  }

  private static String group(String name) {
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name))
        .post("/api/v1/groups")
        .then()
        .statusCode(201);
    return name;
  }

  @Test
  void onlyAdministratorsSayWhoReads() {
    Service.User writer = Service.user(List.of("EMPLOYEE"), List.of(group));
    String papers = Service.collection("Papers " + group, List.of(group), List.of(group));
    bring(writer, papers, "a.txt", Map.of("readers", "everyone")).statusCode(403);
  }

  @Test
  void aReplacedDocumentKeepsItsLabels() {
    Service.User writer = Service.user(List.of("EMPLOYEE"), List.of(group, other));
    String papers = Service.collection("Papers " + group, List.of(group), List.of(group));
    String id = bring(writer, papers, "a.txt", Map.of()).extract().path("id");
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("readers", List.of(other)))
        .put("/api/v1/documents/" + id + "/readers")
        .then()
        .statusCode(200);
    bring(writer, papers, "a.txt", Map.of())
        .statusCode(202)
        .body("id", equalTo(id))
        .body("readers", equalTo(List.of(other)));
  }

  @Test
  void whoMayNotReadTheNewBytesNoLongerFindsTheFormerOnes() {
    Service.User reader = Service.user(List.of("EMPLOYEE"), List.of(group));
    group(other);
    String papers = Service.collection(group);
    Service.ready(papers, "a.txt", "The regatta of Skerrymore starts at ten.");
    assertThat(Service.found(reader.request(), "regatta of Skerrymore", papers)).hasSize(1);

    Service.operator()
        .contentType("text/plain; charset=utf-8")
        .queryParam("collection", papers)
        .queryParam("path", "a.txt")
        .queryParam("readers", other)
        .body("The regatta of Skerrymore starts at eleven.")
        .post("/api/v1/documents")
        .then()
        .statusCode(202);

    assertThat(Service.found(reader.request(), "regatta of Skerrymore", papers)).isEmpty();
  }

  @Test
  void nobodyReplacesWhatTheyMayNotSee() {
    Service.User writer = Service.user(List.of("EMPLOYEE"), List.of(group));
    group(other);
    String papers = Service.collection("Papers " + group, List.of(group), List.of(group));
    String id = bring(writer, papers, "a.txt", Map.of()).extract().path("id");
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("readers", List.of(other)))
        .put("/api/v1/documents/" + id + "/readers")
        .then()
        .statusCode(200);
    bring(writer, papers, "a.txt", Map.of()).statusCode(409);
  }

  @Test
  void aGroupThatMayAddIsNotRemoved() {
    group(other);
    Service.collection("Papers " + other, List.of(), List.of(other));
    Service.operator().delete("/api/v1/groups/" + other).then().statusCode(409);
  }
}
