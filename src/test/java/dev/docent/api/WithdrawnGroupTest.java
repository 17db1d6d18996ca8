package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A group is taken from a person: the next request already knows nothing of its documents, also
/// where they had been found before.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class WithdrawnGroupTest {
  private static final String QUESTION = "Which code opens the vault of Ravnsund?";
  private static final String WORDS = "88214";
  private static final Path SCAN = Path.of("../samples/contracts/addendum-norvane-signed.pdf");

  private final UUID asked = UUID.randomUUID();
  private String group;
  private Service.User anna;
  private String collection;
  private String document;
  private String conversation;

  @BeforeEach
  void anAnswerFromTheGroupsDocument() {
    group = "vault-" + UUID.randomUUID();
    anna = Service.user(List.of("EMPLOYEE"), List.of(group));
    collection = Service.collection(group);
    document =
        Service.ready(collection, "vault.txt", "The vault of Ravnsund opens with code 88214.");
    JsonPath answer =
        ask(
            Map.of(
                "question",
                QUESTION,
                "compose",
                false,
                "id",
                asked,
                "collections",
                List.of(collection)));
    assertThat(answer.getString("answer")).contains(WORDS);
    conversation = answer.getString("conversation");
    assertThat(stored()).contains(WORDS, document);
    assertThat(followed()).contains(WORDS);
  }

  @Test
  void noListAndNoBytesShowItAnyMore() {
    List<String> places =
        List.of(document, document + "/content", document + "/text", document + "/revisions");
    places.forEach(place -> open(place, 200));

    takeTheGroup();

    places.forEach(place -> open(place, 404));
    String documents =
        anna.request()
            .queryParam("limit", 500)
            .get("/api/v1/documents")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(documents).doesNotContain(document);
    String collections = anna.request().get("/api/v1/collections").then().extract().asString();
    assertThat(collections).doesNotContain(collection);
  }

  @Test
  void noPictureOfAPageIsShownAnyMore() throws IOException {
    byte[] scan = Scans.encoded(Scans.firstPage(SCAN), "png");
    String picture = Service.bring(collection, "vault.png", scan, "READY", "REJECTED");
    assumeTrue(
        "READY".equals(Service.operator().get("/api/v1/documents/" + picture).path("state")),
        "no Tesseract to read a scan with: install it (Debian: apt install tesseract-ocr)");
    open(picture + "/pages/0", 200);

    takeTheGroup();

    open(picture + "/pages/0", 404);
  }

  private void open(String place, int status) {
    anna.request().get("/api/v1/documents/" + place).then().statusCode(status);
  }

  @Test
  void noQuestionFindsItAnyMoreAlsoInItsConversation() {
    takeTheGroup();

    assertThat(Service.found(anna.request(), QUESTION, collection)).isEmpty();
    for (Map<String, Object> question :
        List.<Map<String, Object>>of(
            Map.of("question", QUESTION, "compose", false),
            Map.of("question", "And which code?", "compose", false, "conversation", conversation),
            Map.of("question", QUESTION, "compose", false, "documents", List.of(document)))) {
      assertThat(ask(question).prettify()).doesNotContain(WORDS, document);
    }
  }

  @Test
  void theOldAnswerIsKeptWithoutItsWordsUntilTheGroupIsGivenBack() {
    takeTheGroup();

    assertThat(stored()).contains(QUESTION).doesNotContain(WORDS, document, "vault.txt");
    assertThat(followed()).contains("withdrawn").doesNotContain(WORDS, document, "vault.txt");
    anna.request()
        .get("/api/v1/conversations/" + conversation)
        .then()
        .body("turns[0].answer.noteCode", equalTo("withdrawn"))
        .body("turns[0].answer.answer", equalTo(null))
        .body("turns[0].answer.quotations", empty());

    groups(List.of(group));

    assertThat(stored()).contains(WORDS, document).doesNotContain("withdrawn");
  }

  private void takeTheGroup() {
    groups(List.of());
  }

  private void groups(List<String> groups) {
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("groups", groups))
        .patch("/api/v1/users/" + anna.id())
        .then()
        .statusCode(200);
  }

  private JsonPath ask(Map<String, Object> question) {
    return anna.request()
        .contentType(ContentType.JSON)
        .body(question)
        .post("/api/v1/ask")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private String stored() {
    return anna.request()
        .get("/api/v1/conversations/" + conversation)
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private String followed() {
    return anna.request()
        .accept("text/event-stream")
        .get("/api/v1/answers/" + asked)
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }
}
