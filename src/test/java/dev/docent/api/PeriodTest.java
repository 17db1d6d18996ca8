package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions to the documents of a period.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class PeriodTest {
  private static final String QUESTION = "How high is the weir of Ostholm?";

  @TempDir Path folder;

  private Service.User reader;
  private String collection;
  private String early;
  private String late;

  @BeforeEach
  void twoReports() {
    String readers = "readers-" + UUID.randomUUID();
    reader = Service.user(List.of("EMPLOYEE"), List.of(readers));
    collection = Service.collection("Reports " + readers, List.of(readers), List.of());
    early = bring("early.txt", "The weir of Ostholm is 3 metres high.", "2021-05-06T10:00:00Z");
    // What a document says of itself counts before its file.
    late =
        bring(
            "late.md",
            "---\ndate: 2024-02-29\n---\nThe weir of Ostholm is 4 metres high.",
            "2021-01-01T10:00:00Z");
  }

  private String bring(String path, String text, String modified) {
    String id =
        Service.operator()
            .contentType("text/plain; charset=utf-8")
            .queryParam("collection", collection)
            .queryParam("path", path)
            .queryParam("modified", modified)
            .body(text)
            .post("/api/v1/documents")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    return Service.settled(id, "READY");
  }

  private Response ask(String route, Map<String, Object> period) {
    Map<String, Object> body = new HashMap<>(period);
    body.put("question", QUESTION);
    body.put("collections", List.of(collection));
    return reader.request().contentType(ContentType.JSON).body(body).post("/api/v1/" + route);
  }

  private List<String> found(Map<String, Object> period) {
    return ask("search", period)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("passages.document");
  }

  @Test
  void findsDocumentsOfItsDaysAloneAndIsOnRecord() {
    reader.request().get("/api/v1/documents/" + early).then().body("date", equalTo("2021-05-06"));
    reader.request().get("/api/v1/documents/" + late).then().body("date", equalTo("2024-02-29"));
    assertThat(found(Map.of())).containsExactlyInAnyOrder(early, late);
    assertThat(found(Map.of("from", "2024-02-29", "until", "2024-02-29"))).containsExactly(late);
    assertThat(found(Map.of("until", "2024-02-28"))).containsExactly(early);
    assertThat(found(Map.of("from", "2024-03-01"))).isEmpty();

    var answer =
        ask("ask", Map.of("from", "2024-01-01", "compose", false))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(answer.getList("quotations.document")).containsOnly(late);
    assertThat(answer.getList("quotations.date")).containsOnly("2024-02-29");
    var record =
        Service.operator()
            .get("/api/v1/audit/events/" + answer.getString("audit.intent"))
            .jsonPath();
    assertThat(record.getString("record.data.from")).isEqualTo("2024-01-01");
    assertThat(record.getString("record.data.until")).isNull();

    ask("ask", Map.of("from", "2024-02-02", "until", "2024-02-01"))
        .then()
        .statusCode(400)
        .body("field", equalTo("until"));
    ask("ask", Map.of("from", "last year")).then().statusCode(400);
  }

  @Test
  void aFileOfAFolderIsOfTheDayItWasChanged() throws IOException {
    Path file = Files.writeString(folder.resolve("gauge.txt"), "The gauge is read at noon.");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2019-07-08T09:00:00Z")));
    String group = "readers-" + UUID.randomUUID();
    Service.user(List.of("EMPLOYEE"), List.of(group));
    var run =
        Service.ingest(folder, Map.of("collection", "gauges " + group, "readers", List.of(group)));
    assertThat(run.getInt("total")).isOne();
    Service.operator()
        .queryParam("q", "gauge.txt")
        .queryParam("collection", Service.collectionNamed("gauges " + group))
        .get("/api/v1/documents")
        .then()
        .body("items[0].date", equalTo("2019-07-08"));
  }

  @Test
  void isChosenInThePageBesideTheCollections() {
    try (Window window = Chromium.window()) {
      window.signIn(reader);
      window.field("Of which time").selectOption("Another period…");
      window.field("From this day").fill("2021-01-01");
      window.field("Until this day").fill("2021-12-31");
      window.look("period");
      window.page().setViewportSize(390, 844);
      window.look("period-telephone");
      window.page().setViewportSize(1440, 900);
      EmployeeJourneyTest.ask(window, QUESTION);
      assertThat(window.region("In the document’s own words")).containsText("3 metres");
      assertThat(window.region("In the document’s own words")).containsText("6 May 2021");
      assertThat(window.page().getByText("In documents of 1 Jan 2021 to 31 Dec 2021")).isVisible();
      EmployeeJourneyTest.answered(window, 1);
    }
    var record =
        Service.operator()
            .get("/api/v1/audit/events/" + Service.acts(reader, "question.asked").getFirst())
            .jsonPath();
    assertThat(record.getString("record.data.from")).isEqualTo("2021-01-01");
    assertThat(record.getString("record.data.until")).isEqualTo("2021-12-31");
  }
}
