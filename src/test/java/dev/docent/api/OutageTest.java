package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.wiring.DatabaseOutage;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The database goes away under twenty who ask: each is refused, nothing is shown, and all comes
/// back by itself.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class OutageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLIENTS = 20;

  private enum Phase {
    BEFORE,
    GOING,
    AWAY,
    BACK
  }

  /// @param phase in which it was sent
  private record Reply(Phase phase, int status, String body, Duration took, boolean retry) {}

  @Test
  void twentyWhoAskAreRefusedAndServedAgain() throws Exception {
    String collection = Service.collection("everyone");
    Service.ready(collection, "lamp.txt", "The lamp of Skerry light is lit at nine.");
    List<Service.User> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      users.add(Service.user(List.of("EMPLOYEE"), List.of()));
    }
    AtomicReference<Phase> phase = new AtomicReference<>(Phase.BEFORE);
    Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    List<Thread> clients = new ArrayList<>();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < CLIENTS; i++) {
        // Half by the operator's token, which needs no look into the database, half by people's.
        String token = i % 2 == 0 ? Service.operatorToken() : users.get(i / 2 % 4).token();
        String accept = i % 4 < 2 ? "text/event-stream" : "application/json";
        clients.add(
            Thread.ofVirtual()
                .start(
                    () -> askUntilEnd(http, request(token, accept, collection), phase, replies)));
      }
      Thread.sleep(2_000);
      phase.set(Phase.GOING);
      try (DatabaseOutage outage = new DatabaseOutage(Service.data())) {
        assertThat(outage).isNotNull();
        phase.set(Phase.AWAY);
        Thread.sleep(3_000);
        phase.set(Phase.GOING);
      }
      Service.await(
          "it answers", () -> Service.operator().get("/api/v1/documents").statusCode() == 200);
      phase.set(Phase.BACK);
      Thread.sleep(3_000);
      phase.set(Phase.GOING);
      for (Thread client : clients) {
        client.interrupt();
        client.join(Duration.ofSeconds(20));
      }
    }
    List<Reply> away = replies.stream().filter(reply -> reply.phase() == Phase.AWAY).toList();
    assertThat(away).hasSizeGreaterThan(CLIENTS);
    assertThat(away)
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(503);
              assertThat(reply.retry()).isTrue();
              assertThat(reply.body())
                  .contains("urn:docent:problem:")
                  .doesNotContain("event:")
                  .doesNotContain("Skerry");
            });
    // A stream that had begun ends with its answer or with an error, never just so.
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 200 && reply.body().contains("event:"))
        .allMatch(
            reply -> reply.body().contains("event:answer") || reply.body().contains("event:error"));
    assertThat(replies)
        .filteredOn(reply -> reply.phase() == Phase.BACK)
        .isNotEmpty()
        .allMatch(reply -> reply.status() == 200);
    assertThat(recorded(replies)).isTrue();
    System.out.printf(
        "MEASURED PostgreSQL stopped under %d clients: %d replies, all 503, slowest %d ms%n",
        CLIENTS,
        away.size(),
        away.stream().mapToLong(reply -> reply.took().toMillis()).max().orElse(0));
  }

  /// Every answer that was received is in the log, with its end.
  private static boolean recorded(Queue<Reply> replies) throws IOException {
    for (Reply reply : replies) {
      if (reply.status() == 200 && reply.body().startsWith("{")) {
        JsonNode answer = JSON.readTree(reply.body());
        String outcome = answer.path("audit").path("outcome").asText();
        if (Service.operator().get("/api/v1/audit/events/" + outcome).statusCode() != 200) {
          return false;
        }
      }
    }
    return true;
  }

  private static HttpRequest request(String token, String accept, String collection) {
    try {
      return HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1/ask"))
          .header("Authorization", "Bearer " + token)
          .header("Content-Type", "application/json")
          .header("Accept", accept + ", application/problem+json")
          .timeout(Duration.ofSeconds(15))
          .POST(
              HttpRequest.BodyPublishers.ofString(
                  JSON.writeValueAsString(
                      Map.of(
                          "question",
                          "When is the lamp of Skerry light lit?",
                          "collections",
                          List.of(collection),
                          "compose",
                          false))))
          .build();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void askUntilEnd(
      HttpClient http, HttpRequest request, AtomicReference<Phase> phase, Queue<Reply> replies) {
    while (!Thread.currentThread().isInterrupted()) {
      Phase sent = phase.get();
      long began = System.nanoTime();
      try {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Phase got = phase.get();
        replies.add(
            new Reply(
                sent == got ? sent : Phase.GOING,
                response.statusCode(),
                response.body(),
                took,
                response.headers().firstValue("Retry-After").isPresent()));
        Thread.sleep(20);
      } catch (IOException e) {
        replies.add(new Reply(sent, 0, String.valueOf(e), Duration.ZERO, false));
      } catch (InterruptedException _) {
        return;
      }
    }
  }
}
