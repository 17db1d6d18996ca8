package dev.docent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever stops an answer while the model writes it, the record says why, and what had been
/// passed on by then.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@Tag("model")
class StoppedAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject LiveStreams streams;

  private final UUID id = UUID.randomUUID();
  private Service.User asker;

  @BeforeEach
  void aDocumentOfWhichThereIsMuchToSay() {
    assumeTrue(Service.hasModel(), "no chat model in the cache: ./docent models fetch");
    String readers = "readers-" + UUID.randomUUID();
    asker = Service.user(List.of("EMPLOYEE"), List.of(readers));
    String stops =
        IntStream.rangeClosed(1, 30)
            .mapToObj("The tram to Ostholm stops at platform %d of the harbour line."::formatted)
            .collect(Collectors.joining(" "));
    Service.ready(Service.collection(readers), "tram.txt", stops);
  }

  @Test
  void becauseWhoeverAskedWishesSo() throws Exception {
    try (Writing answer = ask(id)) {
      asker.request().delete("/api/v1/answers/" + id).then().statusCode(204);
      answer.readOn();
      checkRecord("requested", answer.seen());
    }
  }

  @Test
  void becauseNobodyListensAnyMore() throws Exception {
    String seen;
    try (Writing answer = ask(null)) {
      seen = answer.seen();
    }
    JsonPath record = record();
    assertThat(record.getString("record.data.cause")).isEqualTo("disconnected");
    assertThat(record.getInt("record.data.released.bytes"))
        .as("what was on its way to nobody included")
        .isGreaterThanOrEqualTo(seen.getBytes(UTF_8).length);
    assertThat(record.getList("record.data.passages")).isNotEmpty();
  }

  @Test
  void becauseItsConversationWasRemoved() throws Exception {
    String conversation =
        asker
            .request()
            .contentType("application/json")
            .body(Map.of("question", "Where does the tram stop?", "compose", false))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .extract()
            .path("conversation");
    try (Writing answer = ask(id, Map.of("conversation", conversation))) {
      asker.request().delete("/api/v1/conversations/" + conversation).then().statusCode(204);
      answer.readOn();
      assertThat(answer.last()).as("no error").isEqualTo("{}");
      checkRecord("requested", answer.seen());
    }
    asker.request().get("/api/v1/conversations/" + conversation).then().statusCode(404);
  }

  @Test
  void becauseTheAccountWasDisabled() throws Exception {
    try (Writing answer = ask(id)) {
      Service.operator()
          .contentType("application/json")
          .body(Map.of("disabled", true))
          .patch("/api/v1/users/" + asker.id())
          .then()
          .statusCode(200);
      answer.readOn();
      assertThat(answer.last()).contains("not_signed_in");
      checkRecord("access_ended", answer.seen());
    }
  }

  @Test
  void becauseAGroupWasTakenFromTheAccount() throws Exception {
    try (Writing answer = ask(id)) {
      Service.operator()
          .contentType("application/json")
          .body(Map.of("groups", List.of()))
          .patch("/api/v1/users/" + asker.id())
          .then()
          .statusCode(200);
      answer.readOn();
      checkRecord("access_ended", answer.seen());
      asker.request().get("/api/v1/answers/" + id).then().statusCode(404);
    }
  }

  @Test
  void becauseTheServiceEnds() throws Exception {
    try (Writing answer = ask(id)) {
      streams.endAll();
      assertThat(Service.acts(asker, "question.cancelled")).as("before the log closes").hasSize(1);
      answer.readOn();
      assertThat(answer.last()).contains("The service was stopped meanwhile");
      checkRecord("shutdown", answer.seen());
    }
  }

  private void checkRecord(String cause, String seen) {
    JsonPath record = record();
    assertThat(record.getString("outcome")).isEqualTo("cancelled");
    assertThat(record.getString("record.data.cause")).isEqualTo(cause);
    assertThat(record.getInt("record.data.released.bytes")).isEqualTo(seen.getBytes(UTF_8).length);
    assertThat(record.getString("record.data.released.hmac")).hasSize(64);
    assertThat(record.getList("record.data.passages")).isNotEmpty();
  }

  private JsonPath record() {
    Service.await(
        "the end is on record", () -> Service.acts(asker, "question.cancelled").size() == 1);
    return Service.operator()
        .get("/api/v1/audit/events/" + Service.acts(asker, "question.cancelled").getFirst())
        .jsonPath();
  }

  /// Asks, and reads until the model has begun to write.
  private Writing ask(@Nullable UUID answer) throws Exception {
    return ask(answer, Map.of());
  }

  private Writing ask(@Nullable UUID answer, Map<String, Object> more) throws Exception {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.put("question", "At which platforms does the tram to Ostholm stop? Name every platform.");
    if (answer != null) {
      body.put("id", answer);
    }
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/ask"))
            .header("Authorization", "Bearer " + asker.token())
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    Writing writing =
        new Writing(
            client,
            new BufferedReader(
                new InputStreamReader(
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                    UTF_8)));
    while (writing.seen().isEmpty()) {
      assertThat(writing.next()).as("the model writes: %s", writing.last()).isTrue();
    }
    return writing;
  }

  /// The stream of an answer that is being made.
  private static final class Writing implements AutoCloseable {
    private final HttpClient client;
    private final BufferedReader events;
    private final StringBuilder seen = new StringBuilder();
    private String event = "";
    private String last = "";

    Writing(HttpClient client, BufferedReader events) {
      this.client = client;
      this.events = events;
    }

    /// The model's text so far.
    String seen() {
      return seen.toString();
    }

    /// Data of the last event.
    String last() {
      return last;
    }

    boolean next() throws IOException {
      String line = events.readLine();
      if (line == null) {
        return false;
      }
      if (line.startsWith("event:")) {
        event = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        last = line.substring(5);
        if (event.equals("token")) {
          seen.append(JSON.readTree(last).path("text").asText());
        }
      }
      return true;
    }

    void readOn() throws IOException {
      while (next()) {
        // to the end
      }
    }

    @Override
    public void close() throws IOException {
      events.close();
      client.shutdownNow();
    }
  }
}
