package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.wiring.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged service, and its database, killed with SIGKILL at chosen points of both flows while
/// people ask and documents arrive. Whatever a client saw happen must be on record afterwards, and
/// no intent may stay open.
///
/// `-Ddrill.kills.service=20 -Ddrill.kills.database=10` for the whole bar; less by default.
class KillIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SERVICE_KILLS = Integer.getInteger("drill.kills.service", 3);
  private static final int DATABASE_KILLS = Integer.getInteger("drill.kills.database", 2);

  /// Where to kill, in the words of what a client has just seen; `after` begins a pause in ms.
  private static final List<String> POINTS =
      List.of(
          "ask:sent",
          "ask:stage searching",
          "ask:stage reading",
          "ask:quotation",
          "ask:sources",
          "ask:answer",
          "upload:sent",
          "upload:accepted",
          "upload:QUEUED",
          "upload:READING",
          "upload:WORDS",
          "upload:READY",
          "after 5",
          "after 20",
          "after 60",
          "after 120",
          "after 250",
          "after 500",
          "after 900",
          "after 1500");

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private DataFolder data = DataFolder.at(Path.of("unset"));
  private int port;
  private @Nullable Process service;

  /// What clients saw in one round.
  private static final class Seen {
    final Queue<String> stages = new ConcurrentLinkedQueue<>();
    final Queue<String> quotations = new ConcurrentLinkedQueue<>();
    final Queue<String> outcomes = new ConcurrentLinkedQueue<>();
    final Queue<String> documents = new ConcurrentLinkedQueue<>();
    final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  }

  @BeforeEach
  void start() throws Exception {
    data = DataFolder.at(folder.resolve("data")).create();
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    startService();
    post("/api/v1/collections", Map.of("name", "tides", "readers", List.of("everyone")));
    for (int i = 0; i < 5; i++) {
      String id = upload("base-" + i + ".txt", text(i));
      await("the first documents", () -> "READY".equals(stateOf(id)));
    }
  }

  @AfterEach
  void stop() {
    if (service != null) {
      ServiceProcess.stop(service.toHandle());
    }
  }

  @Test
  void serviceKilledAnywhereLeavesNothingUnrecorded() throws Exception {
    for (int round = 0; round < SERVICE_KILLS; round++) {
      String point = POINTS.get(round * POINTS.size() / SERVICE_KILLS % POINTS.size());
      Seen seen = new Seen();
      load(seen, point, () -> kill(serviceProcess().pid()));
      serviceProcess().onExit().get(20, TimeUnit.SECONDS);
      startService();
      check(point, seen);
    }
    System.out.printf("MEASURED service killed %d times: nothing unrecorded%n", SERVICE_KILLS);
  }

  @Test
  void databaseKilledAnywhereLeavesNothingUnrecordedAndComesBack() throws Exception {
    for (int round = 0; round < DATABASE_KILLS; round++) {
      String point = POINTS.get(round * POINTS.size() / DATABASE_KILLS % POINTS.size());
      Seen seen = new Seen();
      load(seen, point, () -> kill(postmaster()));
      await("the service answers again by itself", () -> get("/api/v1/collections") == 200);
      assertThat(serviceProcess().isAlive()).isTrue();
      // Intents whose outcome could not be written are closed within a minute, or at the next
      // start.
      kill(serviceProcess().pid());
      serviceProcess().onExit().get(20, TimeUnit.SECONDS);
      startService();
      check("database, " + point, seen);
    }
    System.out.printf("MEASURED database killed %d times: nothing unrecorded%n", DATABASE_KILLS);
  }

  /// Four who ask and one who brings documents, until the point is reached and the blow has fallen.
  private void load(Seen seen, String point, Runnable blow) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      clients.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!over.get()) {
                      ask(number, seen, point, reached);
                    }
                  }));
    }
    clients.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !over.get(); i++) {
                    bring(point.hashCode() + "-" + i + ".txt", i, seen, point, reached);
                  }
                }));
    if (point.startsWith("after ")) {
      Thread.sleep(Long.parseLong(point.substring(6)));
    } else {
      assertThat(reached.await(60, TimeUnit.SECONDS)).as("reached " + point).isTrue();
    }
    blow.run();
    Thread.sleep(1_000);
    over.set(true);
    for (Thread client : clients) {
      client.join(Duration.ofSeconds(30));
    }
  }

  private static void at(String here, String point, CountDownLatch reached) {
    if (here.equals(point)) {
      reached.countDown();
    }
  }

  private void ask(int number, Seen seen, String point, CountDownLatch reached) {
    try {
      HttpRequest request =
          request("/api/v1/ask")
              .header("Accept", "text/event-stream, application/problem+json")
              .timeout(Duration.ofSeconds(20))
              .POST(
                  json(
                      Map.of(
                          "question",
                          "When is high water at pier " + number + "?",
                          "compose",
                          false)))
              .build();
      at("ask:sent", point, reached);
      HttpResponse<java.io.InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        seen.refusals.add(response.statusCode());
        Thread.sleep(50);
        return;
      }
      read(response, seen, point, reached);
    } catch (IOException _) {
      pause();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(
      HttpResponse<java.io.InputStream> response, Seen seen, String point, CountDownLatch reached)
      throws IOException {
    String event = "";
    boolean began = false;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          event = line.substring(6).strip();
        }
        if (!line.startsWith("data:")) {
          continue;
        }
        JsonNode body = JSON.readTree(line.substring(5));
        switch (event) {
          case "stage" -> {
            if (!began) {
              seen.stages.add("");
              began = true;
            }
            at("ask:stage " + body.path("stage").asText(), point, reached);
          }
          case "quotation" -> seen.quotations.add("");
          case "answer" -> seen.outcomes.add(body.path("audit").path("outcome").asText());
          default -> {}
        }
        at("ask:" + event, point, reached);
      }
    }
  }

  private void bring(String name, int number, Seen seen, String point, CountDownLatch reached) {
    try {
      at("upload:sent", point, reached);
      String id = upload(name, text(number));
      seen.documents.add(id);
      at("upload:accepted", point, reached);
      String last = "";
      for (int i = 0; i < 200 && !last.equals("READY"); i++) {
        last = stateOf(id);
        at("upload:" + last, point, reached);
        // States that pass between two looks were reached too.
        if (last.equals("READY") || last.equals("WORDS")) {
          at("upload:QUEUED", point, reached);
          at("upload:READING", point, reached);
        }
        if (last.equals("READY")) {
          at("upload:WORDS", point, reached);
        }
        Thread.sleep(5);
      }
    } catch (IOException | AssertionError _) {
      pause();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  // --- What must hold afterwards

  private void check(String point, Seen seen) throws SQLException {
    try (Connection database = database()) {
      assertThat(number(database, "SELECT count(*) FROM audit.open_intent"))
          .as("open intents after %s", point)
          .isZero();
      for (String outcome : seen.outcomes) {
        assertThat(
                number(
                    database,
                    "SELECT count(*) FROM audit.event WHERE closes AND event_id = '%s'"
                        .formatted(outcome)))
            .as("the answer %s that was seen at %s", outcome, point)
            .isEqualTo(1);
      }
      for (String document : seen.documents) {
        assertThat(
                number(
                    database,
                    "SELECT count(*) FROM audit.event WHERE act = 'document.added'"
                        + " AND documents @> ARRAY['%s']::uuid[]".formatted(document)))
            .as("the document %s that was taken in at %s", document, point)
            .isEqualTo(1);
      }
      asked += seen.stages.size();
      quoted += seen.quotations.size();
      assertThat(acts(database, "question.asked")).as(point).isGreaterThanOrEqualTo(asked);
      assertThat(acts(database, "question.passages_shown"))
          .as(point)
          .isGreaterThanOrEqualTo(quoted);
      assertThat(seen.refusals).as("refusals at %s", point).allMatch(status -> status == 503);
      assertThat(
              number(
                  database,
                  """
                  SELECT count(*) FROM library.document d WHERE NOT EXISTS
                    (SELECT FROM audit.event e WHERE e.documents @> ARRAY[d.id]
                       AND e.act IN ('document.added', 'document.updated')
                       AND convert_from(e.canonical, 'UTF8') LIKE '%' || d.revision || '%')"""))
          .as("documents without their record at %s", point)
          .isZero();
      assertThat(
              number(
                  database,
                  "SELECT count(*) FROM audit.event e WHERE closes AND NOT EXISTS"
                      + " (SELECT FROM audit.event i WHERE i.event_id = e.intent)"))
          .as("outcomes without an intent at %s", point)
          .isZero();
      // The log itself: every leaf is the hash of its record, no writer's numbering has a gap.
      assertThat(
              number(
                  database,
                  "SELECT count(*) FROM audit.leaf l JOIN audit.event e USING (event_id)"
                      + " WHERE l.leaf_hash <> sha256('\\x00'::bytea || e.canonical)"))
          .as("damaged leaves at %s", point)
          .isZero();
      assertThat(
              number(
                  database,
                  "SELECT count(*) FROM (SELECT FROM audit.event WHERE writer_seq IS NOT NULL"
                      + " GROUP BY writer HAVING count(*) <> max(writer_seq) + 1) gaps"))
          .as("writers with gaps at %s", point)
          .isZero();
    }
    assertThat(get("/api/v1/audit/events")).isEqualTo(200);
    System.out.printf(
        "killed at %s: asked %d, quoted %d, answered %d, brought %d, refused %d%n",
        point,
        seen.stages.size(),
        seen.quotations.size(),
        seen.outcomes.size(),
        seen.documents.size(),
        seen.refusals.size());
  }

  private long asked;
  private long quoted;

  private static long acts(Connection database, String act) throws SQLException {
    return number(database, "SELECT count(*) FROM audit.event WHERE act = '%s'".formatted(act));
  }

  private static long number(Connection database, String sql) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection database() throws SQLException {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:%s/docent"
              .formatted(Files.readString(data.postgres().resolve("port")).strip()),
          "postgres",
          Files.readString(data.keys().resolve("database").resolve("postgres")).strip());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- The service

  private Process serviceProcess() {
    if (service == null) {
      throw new IllegalStateException("not started");
    }
    return service;
  }

  private void startService() throws InterruptedException {
    service =
        ServiceProcess.startInForeground(
            data,
            Path.of("..").toAbsolutePath().normalize(),
            List.of(),
            Map.of("docent.port", Integer.toString(port), "docent.model.enabled", "false"));
    await("the service is ready", () -> get("/q/health/ready") == 200);
  }

  private long postmaster() {
    try {
      return Long.parseLong(
          Files.readAllLines(data.postgres().resolve("cluster/postmaster.pid")).getFirst().strip());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void kill(long pid) {
    try {
      new ProcessBuilder("kill", "-KILL", Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String token =
        Files.exists(data.operatorToken()) ? Files.readString(data.operatorToken()).strip() : "";
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(10));
  }

  private static HttpRequest.BodyPublisher json(Object body) throws IOException {
    return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
  }

  private void post(String path, Object body) throws IOException, InterruptedException {
    int status =
        http.send(request(path).POST(json(body)).build(), HttpResponse.BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isLessThan(300);
  }

  /// @return the status; 0 when nobody answers
  private int get(String path) {
    try {
      return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private String upload(String name, String text) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request("/api/v1/documents?collection=tides&path=" + name)
                .setHeader("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(202);
    return JSON.readTree(response.body()).path("id").asText();
  }

  private String stateOf(String document) {
    try {
      return JSON.readTree(
              http.send(
                      request("/api/v1/documents/" + document).GET().build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .path("state")
          .asText();
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String text(int number) {
    return "High water at pier %d is at %d o'clock. Boats of the harbour wait for it.%n"
        .formatted(number, number % 12 + 1)
        .repeat(20);
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as(what)
          .isLessThan(Duration.ofMinutes(3));
      Thread.sleep(100);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
