package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Malformed, encrypted and odd files of other projects, read as a folder is read: parsed, cut into
/// passages, embedded and indexed.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class OddFilesTest {
  private static final double ENOUGH = 50.0 / 57;

  /// Over `files` and `manifest.jsonl` of a folder, named by `-Dodd.folder=FOLDER`.
  @Test
  void everyFileEndsInAStatedOutcomeAndTheServiceGoesOn() throws IOException {
    String named = System.getProperty("odd.folder", "");
    assumeTrue(!named.isEmpty(), "no folder named: -Dodd.folder=FOLDER");
    Path folder = Path.of(named).toAbsolutePath().normalize();
    List<JsonNode> manifest = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
      manifest.add(new ObjectMapper().readTree(line));
    }
    String group = "odd-" + UUID.randomUUID();
    Service.User reader = Service.user(List.of("EMPLOYEE"), List.of(group));

    JsonPath run =
        Service.ingest(
            folder.resolve("files"), Map.of("collection", group, "readers", List.of(group)));

    Map<String, Integer> outcomes = new TreeMap<>();
    Map<String, String> stated = new HashMap<>();
    for (Map<String, Object> item : run.<Map<String, Object>>getList("items")) {
      String outcome = String.valueOf(item.get("outcome"));
      stated.put(String.valueOf(item.get("path")), outcome);
      if (!outcome.equals("indexed")) {
        assertThat(item.get("code")).as("%s", item).isNotNull();
        assertThat((String) item.get("reason")).as("%s", item).isNotBlank();
        outcome = outcome + " " + item.get("code");
      }
      outcomes.merge(outcome, 1, Integer::sum);
    }
    assertThat(run.getString("state")).isEqualTo("DONE");
    assertThat(stated.keySet())
        .containsAll(manifest.stream().map(file -> file.path("file").asText()).toList());

    List<String> missed = missed(manifest, reader, Service.collectionNamed(group));
    int expected = (int) manifest.stream().filter(OddFilesTest::holdsKnownText).count();
    System.out.printf(
        "%d files: %s; expected text found in %d of %d, not in %s%n",
        manifest.size(), outcomes, expected - missed.size(), expected, missed);
    assertThat(expected - missed.size()).isGreaterThanOrEqualTo((int) (ENOUGH * expected));

    String after = "after the odd files of " + group;
    String document =
        Service.ready(Service.collection(group), "after.txt", "The lamp burns " + after + ".");
    assertThat(Service.ask(reader.request(), "Does the lamp burn " + after + "?").prettify())
        .contains(document);
  }

  private static boolean holdsKnownText(JsonNode file) {
    return !file.path("expect_text").isEmpty();
  }

  /// The files of which no passage that a person can read has the text known to be in it.
  private static List<String> missed(
      List<JsonNode> manifest, Service.User reader, String collection) {
    Map<String, String> documents = new HashMap<>();
    for (Map<String, String> document :
        reader
            .request()
            .queryParam("collection", collection)
            .queryParam("limit", 500)
            .get("/api/v1/documents")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .<Map<String, String>>getList("items")) {
      documents.put(document.get("path"), document.get("id"));
    }
    List<String> missed = new ArrayList<>();
    for (JsonNode file : manifest) {
      String name = file.path("file").asText();
      if (holdsKnownText(file)) {
        String text = documents.containsKey(name) ? text(reader, documents.get(name)) : "";
        boolean found =
            file.path("expect_text")
                .valueStream()
                .anyMatch(known -> text.contains(flat(known.asText())));
        if (!found) {
          missed.add(name);
        }
      }
    }
    return missed;
  }

  private static String text(Service.User reader, String document) {
    String text = reader.request().get("/api/v1/documents/" + document + "/text").path("text");
    return text == null ? "" : flat(text);
  }

  private static String flat(String text) {
    return text.replace("\ufeff", "").replaceAll("[\\s\\u00a0]+", " ").strip();
  }
}
