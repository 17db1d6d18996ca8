package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Answers that go on when their stream is closed.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class RunningAnswersTest {
  private final String group = "orchard-" + UUID.randomUUID();

  private static String ask(Service.User person, UUID id, int status) {
    return person
        .request()
        .contentType(ContentType.JSON)
        .accept("text/event-stream")
        .body(Map.of("question", "When are scions cut?", "compose", false, "id", id.toString()))
        .post("/api/v1/ask")
        .then()
        .statusCode(status)
        .extract()
        .asString();
  }

  @Test
  void areTakenUpAgainByTheirAccountAlone() {
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of(group));
    Service.User ben = Service.user(List.of("EMPLOYEE"), List.of(group));
    Service.ready(Service.collection(group), "graft.txt", "Scions are cut in January.");
    UUID id = UUID.randomUUID();

    String asked = ask(anna, id, 200);
    assertThat(asked).contains("event:begun", "event:quotation", "event:answer");
    String again =
        anna.request()
            .accept("text/event-stream")
            .get("/api/v1/answers/" + id)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(again).isEqualTo(asked);

    ben.request().accept("text/event-stream").get("/api/v1/answers/" + id).then().statusCode(404);
    ben.request().delete("/api/v1/answers/" + id).then().statusCode(404);
    assertThat(Service.acts(ben, "access.denied")).hasSize(2);
    assertThat(Service.acts(anna, "conversation.touched")).isNotEmpty();
    assertThat(ask(ben, id, 200)).contains("event:answer");
    ask(anna, id, 409);
    assertThat(Service.acts(anna, "question.asked")).hasSize(1);
  }

  @Test
  void areFoundUnderTheirIdWhenTheyEndedLongAgo() {
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of(group));
    Service.User ben = Service.user(List.of("EMPLOYEE"), List.of(group));
    Service.ready(Service.collection(group), "graft.txt", "Scions are cut in January.");
    UUID id = UUID.randomUUID();
    // Without a stream there are no events that could be kept.
    String answer =
        anna.request()
            .contentType(ContentType.JSON)
            .body(Map.of("question", "When are scions cut?", "compose", false, "id", id.toString()))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .extract()
            .path("id");

    String found =
        anna.request()
            .accept("text/event-stream")
            .get("/api/v1/answers/" + id)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(found)
        .contains("event:begun", "When are scions cut?", "event:answer", answer)
        .doesNotContain("event:stage");
    ben.request().accept("text/event-stream").get("/api/v1/answers/" + id).then().statusCode(404);
  }

  @Test
  void areNotThereUnderAnIdThatNobodyUsed() {
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of());
    anna.request()
        .accept("text/event-stream")
        .get("/api/v1/answers/" + UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
  }
}
