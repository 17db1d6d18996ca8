package dev.docent.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What the service says of itself: its OpenAPI document, its errors, its health and its metrics.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ApiDescriptionTest {
  private static final Path GOLDEN = Path.of("test/resources/golden/openapi.json");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  @Test
  void theDocumentIsTheOneOfTheGoldenFile() throws IOException {
    String actual = JSON.writeValueAsString(JSON.treeToValue(document(), Map.class)) + "\n";

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, actual);
      fail("golden file written: look at it, then run without golden.update");
    }
    assertThat(actual).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void theDocumentIsOpenApi31() throws IOException {
    JsonNode document = document();

    assertThat(document.path("openapi").asText()).startsWith("3.1");
    assertThat(document.at("/info/version").asText()).isNotEmpty();
    assertThat(document.findValues("nullable")).as("a keyword of 3.0").isEmpty();
    assertThat(document.at("/components/securitySchemes/bearer/scheme").asText())
        .isEqualTo("bearer");
    assertThat(document.at("/components/securitySchemes/session/in").asText()).isEqualTo("cookie");
    assertThat(document.at("/paths/~1api~1v1~1ask/post/responses/200/content").fieldNames())
        .toIterable()
        .contains("application/json", "text/event-stream");
  }

  @Test
  void everyRouteIsInTheDocument() throws IOException {
    Set<String> documented = new TreeSet<>();
    operations((name, _) -> documented.add(name));

    assertThat(
            RoutesTest.all().stream()
                .map(route -> route.operation().replaceAll(":[^}]*", ""))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  @Test
  void everyOperationSaysWhatItDoesAndHowItFails() throws IOException {
    List<String> poor = new ArrayList<>();
    operations(
        (name, operation) -> {
          if (operation.path("summary").asText().isBlank()) {
            poor.add(name + " has no summary");
          }
          if (!operation.at("/responses/default/$ref").asText().endsWith("/Problem")) {
            poor.add(name + " does not say how it fails");
          }
        });

    assertThat(poor).isEmpty();
  }

  @Test
  void theFrameworksErrorsAreProblemsToo() {
    isProblem(Service.operator().get("/api/v1/nothing"), 404, "not_found");
    isProblem(Service.operator().get("/api/v1/documents/no-uuid"), 404, "not_found");
    isProblem(Service.operator().delete("/api/v1/status"), 405, "method_not_allowed");
    isProblem(
        Service.operator()
            .contentType(ContentType.JSON)
            .accept("image/png")
            .body(Map.of("question", "x"))
            .post("/api/v1/ask"),
        406,
        "not_acceptable");
    isProblem(
        Service.operator().contentType("text/csv").body("a,b").post("/api/v1/ask"),
        415,
        "unsupported_media_type");
    isProblem(
        Service.operator().contentType(ContentType.JSON).body("{\"question\"").post("/api/v1/ask"),
        400,
        "invalid_request");
    isProblem(given().get("/api/v1/me"), 401, "not_signed_in");
  }

  private static void isProblem(Response response, int status, String code) {
    response
        .then()
        .statusCode(status)
        .contentType(containsString(Problem.MEDIA_TYPE))
        .body("type", equalTo("urn:docent:problem:" + code))
        .body("status", equalTo(status))
        .body("code", equalTo(code));
  }

  @Test
  void saysThatItLivesAndIsReady() {
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void countsAndTimesWithoutNamingAnyone() {
    String collection = Service.collection("everyone");
    Service.ready(collection, "metrics/parking-permits.txt", "Parking permits cost ten crowns.");
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("question", "What do parking permits cost?", "compose", false))
        .post("/api/v1/ask")
        .then()
        .statusCode(200);

    String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();

    assertThat(metrics)
        .contains("docent_questions_total{outcome=\"quoted\"")
        .contains("docent_question_stage_seconds_count{stage=\"retrieval\"")
        .contains("docent_question_stage_seconds_bucket{stage=\"quotation\"")
        .contains("docent_documents_parsed_seconds_count{outcome=\"parsed\"")
        .contains("docent_audit_refusals_total")
        .contains("http_server_requests_seconds_count")
        .doesNotContainIgnoringCase("parking")
        .doesNotContain(collection);
  }

  private static JsonNode document() throws IOException {
    return JSON.readTree(
        given()
            .accept(ContentType.JSON)
            .get("/q/openapi?format=json")
            .then()
            .statusCode(200)
            .extract()
            .asString());
  }

  private interface EachOperation {
    void is(String name, JsonNode operation);
  }

  private static void operations(EachOperation each) throws IOException {
    for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (Set.of("get", "head", "post", "put", "patch", "delete").contains(operation.getKey())) {
          each.is(
              operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
              operation.getValue());
        }
      }
    }
  }
}
