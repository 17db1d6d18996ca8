package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A question that is asked again takes the place of the one before.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AskedAgainTest {
  private final String group = "meadow-" + UUID.randomUUID();
  private Service.User anna;
  private String collection;
  private String conversation;

  @BeforeEach
  void aConversation() {
    anna = Service.user(List.of("EMPLOYEE"), List.of(group));
    collection = Service.collection(group);
    Service.ready(
        collection,
        "meadow.txt",
        "The meadow of Brynn is mown in June. The meadow of Brynn is fenced with oak posts.");
    conversation = asked("When is the meadow of Brynn mown?", Map.of()).getString("conversation");
  }

  private static Response post(Service.User person, String question, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(Map.of("question", question, "compose", false));
    body.putAll(more);
    return person.request().contentType(ContentType.JSON).body(body).post("/api/v1/ask");
  }

  private JsonPath asked(String question, Map<String, ?> more) {
    return post(anna, question, more).then().statusCode(200).extract().jsonPath();
  }

  private JsonPath goesOn(String question, Map<String, ?> more) {
    Map<String, Object> all = new HashMap<>(Map.of("conversation", conversation));
    all.putAll(more);
    return asked(question, all);
  }

  private JsonPath shown() {
    return anna.request().get("/api/v1/conversations/" + conversation).jsonPath();
  }

  @Test
  void standsInThePlaceOfTheOneBefore() {
    String fence = goesOn("What is it fenced with?", Map.of()).getString("id");
    goesOn("And when is it mown?", Map.of());

    String posts = goesOn("Which posts has it?", Map.of("replaces", fence)).getString("id");
    assertThat(shown().getList("turns.question"))
        .containsExactly(
            "When is the meadow of Brynn mown?", "Which posts has it?", "And when is it mown?");

    // From a tab that does not know yet that it was asked again.
    String oak = goesOn("Is it oak?", Map.of("replaces", fence)).getString("id");
    goesOn("Is the fence oak?", Map.of("replaces", oak));
    assertThat(shown().getList("turns.question"))
        .containsExactly(
            "When is the meadow of Brynn mown?", "Is the fence oak?", "And when is it mown?");
    assertThat(Service.acts(anna, "question.asked")).as("all of it is on record").hasSize(6);
    anna.request()
        .contentType(ContentType.JSON)
        .body(Map.of("helpful", true))
        .post("/api/v1/answers/" + posts + "/rating")
        .then()
        .statusCode(204);
    anna.request().delete("/api/v1/conversations/" + conversation).then().statusCode(204);
  }

  @Test
  void isNotReadTogetherWithTheOneItReplaces() {
    Service.ready(collection, "harbour.txt", "The harbour of Skell is dredged in October.");
    String harbour =
        asked("When is the harbour of Skell dredged?", Map.of()).getString("conversation");
    conversation = harbour;
    String first = shown().getString("turns[0].answer.id");
    JsonPath again = goesOn("And when is that?", Map.of("replaces", first));
    assertThat(again.getString("kind")).as("nothing is left that it leans on").isEqualTo("refused");
  }

  @Test
  void keepsWhatItWasToBeAnsweredFrom() {
    goesOn(
        "What is it fenced with?",
        Map.of("collections", List.of(collection), "from", "2020-01-01", "until", "2020-12-31"));
    assertThat(shown().getMap("turns[0].scope"))
        .containsEntry("collections", List.of())
        .containsEntry("from", null);
    assertThat(shown().getMap("turns[1].scope"))
        .containsEntry("collections", List.of(collection))
        .containsEntry("documents", List.of())
        .containsEntry("from", "2020-01-01")
        .containsEntry("until", "2020-12-31");
  }

  @Test
  void replacesNothingThatIsNotOfTheOwnConversation() {
    Service.User ben = Service.user(List.of("EMPLOYEE"), List.of(group));
    String answer = shown().getString("turns[0].answer.id");
    JsonPath other = post(ben, "How is the meadow of Brynn fenced?", Map.of()).jsonPath();
    for (String of : List.of(conversation, other.getString("conversation"))) {
      post(ben, "And when?", Map.of("conversation", of, "replaces", answer))
          .then()
          .statusCode(404)
          .body("code", equalTo("not_found"));
    }
    assertThat(Service.acts(ben, "access.denied")).hasSize(2);
    post(ben, "And when?", Map.of("replaces", answer))
        .then()
        .statusCode(400)
        .body("field", equalTo("replaces"));
    assertThat(shown().getList("turns")).hasSize(1);
  }
}
