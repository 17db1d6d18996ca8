package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A person's own conversations, in pages and by words.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ConversationsTest {
  private static Service.User anna() {
    return Service.user(List.of("EMPLOYEE"), List.of());
  }

  private static String ask(Service.User person, String question) {
    return Service.ask(person.request(), question).getString("conversation");
  }

  private static JsonPath list(Service.User person, Map<String, ?> query) {
    return person
        .request()
        .queryParams(query)
        .get("/api/v1/conversations")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static List<String> found(Service.User anna, String words) {
    JsonPath page = list(anna, Map.of("q", words));
    List<String> ids = page.getList("items.id");
    assertThat(page.getInt("total")).isEqualTo(ids.size());
    return ids;
  }

  @Test
  void pagesAreTheNewestFirstAndSayHowManyThereAre() {
    Service.User anna = anna();
    String first = ask(anna, "How deep is the well?");
    String second = ask(anna, "How high is the tower?");
    String third = ask(anna, "How long is the quay?");

    JsonPath page = list(anna, Map.of("limit", 2));
    assertThat(page.getList("items.id")).containsExactly(third, second);
    assertThat(page.getInt("total")).isEqualTo(3);
    assertThat(list(anna, Map.of("limit", 2, "offset", 2)).getList("items.id"))
        .containsExactly(first);
    assertThat(list(anna, Map.of("offset", 3)).getList("items.id")).isEmpty();
    for (Map<String, ?> query : List.of(Map.of("offset", -1), Map.of("limit", 0))) {
      anna.request().queryParams(query).get("/api/v1/conversations").then().statusCode(400);
    }
  }

  @Test
  void wordsAreSoughtInTitlesAndInQuestionsInAnyCase() {
    Service.User anna = anna();
    String well = ask(anna, "How deep is the Überlauf of the well?");
    anna.request()
        .contentType(ContentType.JSON)
        .body(
            Map.of("question", "And when was it cleaned?", "compose", false, "conversation", well))
        .post("/api/v1/ask")
        .then()
        .statusCode(200);
    String tower = ask(anna, "Is 50% of the tower built?");
    anna.request()
        .contentType(ContentType.JSON)
        .body(Map.of("title", "The Belfry"))
        .patch("/api/v1/conversations/" + tower)
        .then()
        .statusCode(200);

    assertThat(found(anna, "überLAUF")).containsExactly(well);
    assertThat(found(anna, " cleaned? ")).containsExactly(well);
    assertThat(found(anna, "belfry")).containsExactly(tower);
    assertThat(found(anna, "tower")).containsExactly(tower);
    assertThat(found(anna, "0%")).containsExactly(tower);
    assertThat(found(anna, "%")).containsExactly(tower);
    assertThat(found(anna, "_")).isEmpty();
    assertThat(found(anna, "")).containsExactly(tower, well);
  }

  @Test
  void nobodyFindsAnothersConversation() {
    ask(anna(), "Where is the lantern of Skarholm kept?");
    Service.User ben = Service.user(List.of("EMPLOYEE", "ADMINISTRATOR"), List.of());
    assertThat(list(ben, Map.of("q", "Skarholm")).getInt("total")).isZero();
    assertThat(list(ben, Map.of()).getList("items")).isEmpty();
  }
}
