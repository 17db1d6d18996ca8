package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job: a folder becomes answers, and follows the folder.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class FolderJourneyTest {
  private static final String QUESTION = "crowns paid to the keeper of Skerrymore";

  @TempDir Path folder;

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void rules() throws IOException {
    write(
        ".docent.json",
        """
        {"collection": "Lighthouse", "description": "The keeper's books",
         "readers": {".": ["everyone"], "wages": ["keepers"]}, "ignore": ["*.tmp"]}
        """);
  }

  @Test
  void everyFileEndsInAnOutcomeAndTheIndexFollowsTheFolder() throws IOException {
    rules();
    write("lamp.md", "# The lamp\n\nThe lamp of Skerrymore is lit with colza oil at dusk.\n");
    write("wages/pay.txt", "The keeper of Skerrymore is paid forty-two crowns a quarter.");
    write("empty.txt", "");
    write("notes.tmp", "ignored");
    write(".hidden", "left out");

    JsonPath run = Service.ingest(folder, Map.of());

    assertThat(run.getString("state")).isEqualTo("DONE");
    assertThat(run.getInt("total")).isEqualTo(3);
    assertThat(run.getInt("rejected")).isEqualTo(1);
    assertThat(run.getList("items.path"))
        .containsExactly(
            ".docent.json", ".hidden", "empty.txt", "lamp.md", "notes.tmp", "wages/pay.txt");
    assertThat(run.getList("items.outcome"))
        .containsExactly("skipped", "skipped", "rejected", "indexed", "skipped", "indexed");
    assertThat(run.getString("items[2].code")).isEqualTo("EMPTY");
    assertThat(run.getString("items[2].reason")).contains("empty");
    assertThat(run.getString("items[4].reason")).isNotEmpty();

    String books = Service.collectionNamed("Lighthouse");
    Service.User keeper = Service.user(List.of("EMPLOYEE"), List.of("keepers"));
    Service.User visitor = Service.user(List.of("EMPLOYEE"), List.of());
    assertThat(Service.found(keeper.request(), QUESTION, books)).hasSize(2);
    assertThat(Service.found(visitor.request(), QUESTION, books)).hasSize(1);

    JsonPath again = Service.ingest(folder, Map.of());
    assertThat(again.getInt("unchanged")).isEqualTo(2);
    assertThat(again.getList("items.outcome"))
        .containsExactly("skipped", "skipped", "rejected", "unchanged", "skipped", "unchanged");

    write("lamp.md", "# The lamp\n\nThe lamp of Skerrymore burns paraffin since the refit.\n");
    Files.delete(folder.resolve("wages/pay.txt"));
    JsonPath changed = Service.ingest(folder, Map.of());
    assertThat(changed.getInt("removed")).isEqualTo(1);
    assertThat(Service.found(keeper.request(), QUESTION, books)).hasSize(1);
    String text =
        keeper
            .request()
            .contentType(ContentType.JSON)
            .body(Map.of("question", "What does the lamp of Skerrymore burn?"))
            .post("/api/v1/search")
            .then()
            .extract()
            .path("passages[0].text");
    assertThat(text).contains("paraffin").doesNotContain("colza");
  }

  @Test
  void whatAPersonSaidOfReadersStaysWhenTheFolderIsReadAgain() throws IOException {
    Service.User crew = Service.user(List.of("EMPLOYEE"), List.of("crew"));
    Service.User mate = Service.user(List.of("EMPLOYEE"), List.of("mates"));
    readers("Log books", "crew");
    write("calm.md", "The sea off Skerrymore was calm.");
    write("storm.md", "The sea off Skerrymore was rough in the storm.");
    write("private/letter.md", "A letter about the sea off Skerrymore.");
    Service.ingest(folder, Map.of());
    String books = Service.collectionNamed("Log books");
    String storm = document(books, "storm.md");
    put("/api/v1/documents/" + storm + "/readers", Map.of("readers", List.of("mates")));
    put(
        "/api/v1/collections/" + books + "/folders",
        Map.of("path", "private", "readers", List.of()));

    readers("Log books", "crew", "pilots");
    write("storm.md", "The sea off Skerrymore was rough in the storm and after it.");
    write("private/second.md", "A second letter about the sea off Skerrymore.");
    JsonPath again = Service.ingest(folder, Map.of());

    assertThat(again.getString("items.find { it.path == 'storm.md' }.outcome"))
        .isEqualTo("indexed");
    assertThat(again.getString("items.find { it.path == 'storm.md' }.reason"))
        .contains("set by hand and stays: mates.", "This run says: crew, pilots.");
    assertThat(again.getList("items.findAll { it.code == 'LABELS_KEPT' }.path"))
        .containsExactly("private/letter.md", "private/second.md", "storm.md");
    assertThat(again.getInt("labelsKept")).isEqualTo(3);
    assertThat(Service.found(crew.request(), "sea off Skerrymore", books))
        .containsExactly(document(books, "calm.md"));
    assertThat(Service.found(mate.request(), "sea off Skerrymore", books)).containsExactly(storm);
    assertThat(acts(document(books, "calm.md")))
        .as("nobody labelled it: the folder's new rules hold")
        .contains("document.relabelled");
    assertThat(acts(storm)).containsOnlyOnce("document.relabelled");

    JsonPath widened = Service.ingest(folder, Map.of("readers", List.of("crew")));
    assertThat(widened.getList("items.findAll { it.code == 'LABELS_KEPT' }.path")).hasSize(3);
    assertThat(Service.found(crew.request(), "sea off Skerrymore", books))
        .containsExactly(document(books, "calm.md"));
    assertThat(acts(storm)).containsOnlyOnce("document.relabelled");
    assertThat(acts(document(books, "private/second.md"))).doesNotContain("document.relabelled");
  }

  @Test
  void labelsThatAPersonConfirmedStayToo() throws IOException {
    readers("Signals", "crew");
    write("flags.md", "The flags of Skerrymore are hoisted at eight.");
    Service.user(List.of("EMPLOYEE"), List.of("crew"));
    Service.ingest(folder, Map.of());
    String flags = document(Service.collectionNamed("Signals"), "flags.md");
    put("/api/v1/documents/" + flags + "/readers", Map.of("readers", List.of("crew")));
    assertThat(acts(flags)).as("who said so is on record").contains("document.relabelled");

    readers("Signals", "crew", "pilots");
    Service.ingest(folder, Map.of());

    assertThat(Service.operator().get("/api/v1/documents/" + flags).jsonPath().getList("readers"))
        .isEqualTo(List.of("crew"));
  }

  @Test
  void labelsThatAPersonTookBackFollowTheFolderAgain() throws IOException {
    readers("Tide tables", "crew");
    write("tides.md", "The tides of Skerrymore are high at noon.");
    Service.user(List.of("EMPLOYEE"), List.of("crew", "mates"));
    Service.ingest(folder, Map.of());
    String tides = document(Service.collectionNamed("Tide tables"), "tides.md");
    String route = "/api/v1/documents/" + tides + "/readers";
    assertThat(Service.operator().get(route).<String>path("source")).isEqualTo("RULES");
    put(route, Map.of("readers", List.of("mates")));
    assertThat(Service.operator().get(route).<String>path("source")).isEqualTo("HAND");

    Service.operator().delete(route).then().statusCode(200);
    assertThat(Service.operator().get(route).<String>path("source")).isEqualTo("RULES");
    assertThat(Service.operator().get(route).jsonPath().getList("groups.name"))
        .as("until the folder is read again nobody gains anything")
        .isEqualTo(List.of("mates"));
    JsonPath again = Service.ingest(folder, Map.of());

    assertThat(again.getList("items.findAll { it.code == 'LABELS_KEPT' }")).isEmpty();
    assertThat(Service.operator().get(route).jsonPath().getList("groups.name"))
        .isEqualTo(List.of("crew"));
  }

  private void readers(String collection, String... groups) throws IOException {
    write(
        ".docent.json",
        "{\"collection\": \"%s\", \"readers\": {\".\": [\"%s\"]}}"
            .formatted(collection, String.join("\", \"", groups)));
  }

  private static void put(String route, Map<String, Object> body) {
    Service.operator().contentType(ContentType.JSON).body(body).put(route).then().statusCode(200);
  }

  private static String document(String collection, String path) {
    return Service.operator()
        .queryParam("collection", collection)
        .get("/api/v1/documents")
        .jsonPath()
        .getString("items.find { it.path == '" + path + "' }.id");
  }

  @Test
  void aFolderThatWasMovedIsTheSameFolder(@TempDir Path elsewhere) throws IOException {
    write(".docent.json", "{\"collection\": \"Moved\", \"readers\": {\".\": [\"everyone\"]}}");
    write("lamp.md", "# The lamp\n\nThe lamp of Skerrymore is lit with colza oil at dusk.\n");
    Service.ingest(folder, Map.of());
    Path copy = Files.createDirectory(elsewhere.resolve("copy"));
    Files.copy(folder.resolve(".docent.json"), copy.resolve(".docent.json"));
    Files.copy(folder.resolve("lamp.md"), copy.resolve("lamp.md"));

    JsonPath besides = Service.ingest(copy, Map.of());
    assertThat(besides.getString("items.find { it.path == 'lamp.md' }.code"))
        .as("while the first folder is there, the other is another one")
        .isEqualTo("PATH_TAKEN");

    Path moved = elsewhere.resolve("moved");
    Files.move(folder, moved);
    JsonPath again = Service.ingest(moved, Map.of());
    assertThat(again.getString("items.find { it.path == 'lamp.md' }.outcome"))
        .as("its bytes are the same: nothing is read again")
        .isEqualTo("unchanged");
    assertThat(acts(document(Service.collectionNamed("Moved"), "lamp.md")))
        .contains("document.added", "document.moved")
        .doesNotContain("document.updated");
    assertThat(Service.found(Service.operator(), QUESTION, Service.collectionNamed("Moved")))
        .hasSize(1);
    Files.delete(moved.resolve("lamp.md"));
    assertThat(Service.ingest(moved, Map.of()).getInt("removed"))
        .as("its documents follow it from now on")
        .isEqualTo(1);
  }

  /// What is on record of a document.
  private static List<String> acts(String document) {
    return Service.operator()
        .queryParam("document", document)
        .get("/api/v1/audit/events")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.act");
  }

  @Test
  void aQuestionIsAnsweredByAQuotationThatIsOnRecord() throws IOException {
    write(".docent.json", "{\"collection\": \"Orchard\", \"readers\": {\".\": [\"everyone\"]}}");
    write(
        "grafting.md",
        "# Grafting\n\nScions of the Bellweather apple are cut in the second week of January.\n");
    Service.ingest(folder, Map.of());
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of());

    JsonPath answer =
        anna.request()
            .contentType(ContentType.JSON)
            .accept(ContentType.JSON)
            .body(
                Map.of(
                    "question", "When are scions of the Bellweather apple cut?", "compose", false))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    assertThat(answer.getString("kind")).isEqualTo("quotation");
    assertThat(answer.getString("quotations[0].text")).contains("second week of January");
    String document = answer.getString("quotations[0].document");
    int start = answer.getInt("quotations[0].start");
    int end = answer.getInt("quotations[0].end");
    String text =
        anna.request().get("/api/v1/documents/" + document + "/text").then().extract().path("text");
    assertThat(text.substring(start, end)).isEqualTo(answer.getString("quotations[0].text"));

    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    officer
        .request()
        .get("/api/v1/audit/events/" + answer.getString("audit.intent"))
        .then()
        .statusCode(200)
        .body("act", equalTo("question.asked"))
        .body("person.account", equalTo(anna.id()));
    officer
        .request()
        .get("/api/v1/audit/events/" + answer.getString("audit.outcome"))
        .then()
        .statusCode(200)
        .body("act", equalTo("question.answered"))
        .body("record.data.passages", hasSize(greaterThan(0)));
    officer
        .request()
        .queryParam("document", document)
        .queryParam("format", "csv")
        .get("/api/v1/audit/export")
        .then()
        .statusCode(200)
        .body(containsString("document.added"));
    anna.request()
        .get("/api/v1/conversations/" + answer.getString("conversation"))
        .then()
        .statusCode(200)
        .body("turns[0].answer.kind", equalTo("quotation"));
  }

  @Test
  void anAnswerComesAsAStreamThatEndsWithTheVerdict() throws IOException {
    write(".docent.json", "{\"collection\": \"Harbour\", \"readers\": {\".\": [\"everyone\"]}}");
    write("pilots.txt", "Ships over ninety metres must take a pilot at Fennick Head.");
    Service.ingest(folder, Map.of());

    String stream =
        Service.operator()
            .contentType(ContentType.JSON)
            .accept("text/event-stream")
            .body(Map.of("question", "Which ships must take a pilot?", "compose", false))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .contentType(containsString("text/event-stream"))
            .extract()
            .asString();

    assertThat(stream).contains("event:stage", "event:quotation", "event:answer");
    assertThat(stream.indexOf("event:quotation")).isLessThan(stream.indexOf("event:answer"));
    assertThat(stream).contains("ninety metres");
  }
}
