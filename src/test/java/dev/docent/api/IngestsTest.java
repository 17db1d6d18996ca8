package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that somebody cancels.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class IngestsTest {
  private static final int FILES = 120;

  private final String name = "Ferries " + UUID.randomUUID();

  @TempDir Path folder;

  private void write(String path) throws IOException {
    Files.writeString(
        folder.resolve(path), "The ferry " + path + " sails at noon, " + UUID.randomUUID());
  }

  private static JsonPath run(String id) {
    return Service.operator().get("/api/v1/ingests/" + id + "?items=true").jsonPath();
  }

  private static JsonPath held(String collection) {
    return Service.operator()
        .queryParam("collection", collection)
        .queryParam("limit", 200)
        .get("/api/v1/documents")
        .jsonPath();
  }

  private static String record(String run) {
    return Service.user(List.of("COMPLIANCE_OFFICER"), List.of())
        .request()
        .queryParam("act", "ingestion.finished")
        .get("/api/v1/audit/events")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getString("items.find { it.record.data.run == '" + run + "' }.record.data.end");
  }

  @Test
  void whatWasReadStaysAndTheRestIsNotReadUntilTheNextRun() throws IOException {
    write("earlier.txt");
    Service.ingest(folder, Map.of("collection", name));
    String ferries = Service.collectionNamed(name);
    Files.delete(folder.resolve("earlier.txt"));
    for (int number = 0; number < FILES; number++) {
      write("ferry-%03d.txt".formatted(number));
    }
    String id =
        Service.operator()
            .contentType(ContentType.JSON)
            .body(Map.of("path", folder.toString(), "collection", name))
            .post("/api/v1/ingests")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Service.await("a file was read", () -> run(id).getInt("done") > 0);

    Service.operator()
        .delete("/api/v1/ingests/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("CANCELLED"));

    Service.await(
        "what was in hand is read",
        () ->
            held(ferries).getList("items.findAll { it.state != 'READY' }").isEmpty()
                && run(id).getInt("done") == held(ferries).getInt("total") - 1);
    JsonPath ended = run(id);
    assertThat(ended.getString("state")).isEqualTo("CANCELLED");
    assertThat(ended.getString("finishedAt")).isNotNull();
    assertThat(ended.getInt("done")).isBetween(1, FILES - 1);
    assertThat(ended.getInt("removed")).as("a run that is broken off removes nothing").isZero();
    assertThat(ended.getList("items.outcome"))
        .hasSize(ended.getInt("done"))
        .containsOnly("indexed");
    assertThat(held(ferries).getList("items.path")).contains("earlier.txt");
    assertThat(Service.found(Service.operator(), "When does the ferry sail?", ferries))
        .isNotEmpty();
    assertThat(record(id)).isEqualTo("cancelled");

    JsonPath next = Service.ingest(folder, Map.of("collection", name));
    assertThat(next.getString("state")).isEqualTo("DONE");
    assertThat(next.getInt("unchanged")).isEqualTo(ended.getInt("done"));
    assertThat(next.getInt("removed")).isEqualTo(1);
    assertThat(held(ferries).getInt("total")).isEqualTo(FILES);
    Service.operator()
        .delete("/api/v1/ingests/" + next.getString("id"))
        .then()
        .statusCode(200)
        .body("state", equalTo("DONE"));
    assertThat(record(next.getString("id"))).isEqualTo("completed");
  }
}
