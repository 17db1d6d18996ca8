package dev.docent.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.api.LargeFile;
import dev.docent.wiring.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the packaged service with SIGKILL at random moments while it takes documents in, and holds
/// it to its word: what was acknowledged is there, whole, and the next start is clean.
///
/// On a built project: `./docent test -Dtest=KillDrillIT -Ddrill.kills=20`; `-Ddrill.seed=N`
/// repeats the moments.
final class KillDrillIT {
  private static final int KILLS = Integer.getInteger("drill.kills", 2);
  private static final long SEED = Long.getLong("drill.seed", System.nanoTime());
  private static final int LONGEST_LIFE_MILLIS = 5000;
  private static final Duration START_WITHIN = Duration.ofMinutes(4);
  private static final Duration SETTLE_WITHIN = Duration.ofMinutes(8);

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final HttpClient http = HttpClient.newHttpClient();

  /// Acknowledged: the marks in each document's current revision, by its id.
  private final Map<String, String> acknowledged = new LinkedHashMap<>();

  /// Replacements sent and not acknowledged: either revision may stand.
  private final Map<String, String> perhaps = new LinkedHashMap<>();

  private final List<String> runs = new ArrayList<>();
  private DataFolder data;
  private @Nullable Process process;
  private String collection = "";
  private int sent;

  @BeforeEach
  void makeFolder() {
    data = DataFolder.at(folder.resolve("data with spaces")).create();
  }

  @Test
  void losesNothingThatWasAcknowledged() throws Exception {
    assumePackaged();
    Path files = files(40);
    ServiceClient service = start();
    collection =
        service
            .post("/api/v1/collections", Map.of("name", "drill", "readers", List.of()))
            .path("id")
            .asText();
    for (int kill = 1; kill <= KILLS; kill++) {
      runs.add(
          service.post("/api/v1/ingests", Map.of("path", files.toString())).path("id").asText());
      rewriteOne(files);
      killWhileItWorks(service);
      service = start();
      noneIsLostNorHalfVisible(service);
    }
    settled(service);
    noneIsLostNorHalfVisible(service);
    everyFileIsThereOnce(service, files);
    stopsCleanly();
    service = start();
    assertThat(Files.readString(data.postgres().resolve("server.log")))
        .as("the start after a clean stop")
        .doesNotContain("automatic recovery");
    noneIsLostNorHalfVisible(service);
    stopsCleanly();
  }

  /// Struck again and again while one large document arrives in pieces, and while it is made one.
  @Test
  void goesOnWithAnUploadWhereItsBytesAreCertain() throws Exception {
    assumePackaged();
    byte[] file = Files.readAllBytes(LargeFile.plan(folder.resolve("dam.pdf"), 64 << 20, SEED));
    ServiceClient service = start();
    collection =
        service
            .post("/api/v1/collections", Map.of("name", "plans", "readers", List.of()))
            .path("id")
            .asText();
    String upload = begin(service, file.length);
    long certain = 0;
    for (int kill = 1; kill <= 3; kill++) {
      send(service, upload, certain, file, certain + (12 << 20) + random.nextInt(6 << 20));
      process().waitFor();
      service = start();
      long offset = received(service, upload);
      assertThat(offset).as("seed %d", SEED).isBetween(certain, (long) file.length);
      System.out.printf("killed amid an upload: went on at byte %d%n", offset);
      certain = offset;
    }
    assertThat(certain).as("what is synced counts").isPositive();
    assertThat(send(service, upload, certain, file, Long.MAX_VALUE)).isEqualTo(204);

    http.sendAsync(complete(service, upload), HttpResponse.BodyHandlers.discarding());
    Thread.sleep(random.nextInt(300));
    process().destroyForcibly();
    process().waitFor();
    service = start();
    var completed = http.send(complete(service, upload), HttpResponse.BodyHandlers.ofString());
    assertThat(completed.statusCode()).as(completed.body()).isEqualTo(202);
    acknowledged.put(ServiceClient.JSON.readTree(completed.body()).path("id").asText(), "");
    settled(service);

    var there = service.get("/api/v1/documents", Map.of("collection", collection));
    assertThat(there.path("total").asInt()).isOne();
    String id = there.at("/items/0/id").asText();
    assertThat(acknowledged).containsOnlyKeys(id);
    try (var content = service.open("/api/v1/documents/" + id + "/content", Map.of())) {
      assertThat(content.readAllBytes()).isEqualTo(file);
    }
    assertThat(service.get("/api/v1/uploads")).isEmpty();
    assertThat(service.get("/api/v1/audit/events", Map.of("act", "document.added")).path("items"))
        .hasSize(1);
    stopsCleanly();
  }

  private HttpRequest.Builder at(ServiceClient service, String path) throws IOException {
    return HttpRequest.newBuilder(service.address().resolve(path))
        .header("Authorization", "Bearer " + token())
        .timeout(Duration.ofSeconds(60));
  }

  private String begin(ServiceClient service, int bytes) throws Exception {
    String metadata = "collection %s,filename %s".formatted(base64(collection), base64("dam.pdf"));
    var begun =
        http.send(
            at(service, "/api/v1/uploads")
                .header("Upload-Length", Integer.toString(bytes))
                .header("Upload-Metadata", metadata)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
    return URI.create(begun.headers().firstValue("Location").orElseThrow()).getPath();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private long received(ServiceClient service, String upload) throws Exception {
    return http.send(at(service, upload).HEAD().build(), HttpResponse.BodyHandlers.discarding())
        .headers()
        .firstValueAsLong("Upload-Offset")
        .orElseThrow();
  }

  /// Sends the bytes from `from` on; kills the service when those up to `killAt` are on their way.
  ///
  /// @return the status; 0 where there was no reply
  private int send(ServiceClient service, String upload, long from, byte[] file, long killAt)
      throws Exception {
    int left = file.length - (int) from;
    InputStream bytes =
        new ByteArrayInputStream(file, (int) from, left) {
          @Override
          public synchronized int read(byte[] into, int start, int length) {
            if (pos >= killAt) {
              process().destroyForcibly(); // SIGKILL
            }
            return super.read(into, start, length);
          }
        };
    try {
      return http.send(
              at(service, upload)
                  .header("Content-Type", "application/offset+octet-stream")
                  .header("Upload-Offset", Long.toString(from))
                  .method(
                      "PATCH",
                      HttpRequest.BodyPublishers.fromPublisher(
                          HttpRequest.BodyPublishers.ofInputStream(() -> bytes), left))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException _) {
      return 0;
    }
  }

  private HttpRequest complete(ServiceClient service, String upload) throws IOException {
    return at(service, upload + "/complete").POST(HttpRequest.BodyPublishers.noBody()).build();
  }

  @AfterEach
  void end() throws Exception {
    if (process != null && process.isAlive()) {
      process.destroy();
      process.waitFor();
    }
  }

  // --- the service

  private static void assumePackaged() {
    assumeTrue(
        Files.exists(home().resolve("src/target/quarkus-app/quarkus-run.jar")),
        "the packaged service is missing: it comes with mvn package");
  }

  private static Path home() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  private ServiceClient start() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Process started =
        ServiceProcess.start(
            data,
            home(),
            List.of(),
            Map.of("docent.port", "" + port, "docent.model.enabled", "false"));
    process = started;
    await(
        "the service is ready",
        START_WITHIN,
        () -> {
          assertThat(started.isAlive()).as(this::log).isTrue();
          return RunningService.on(data)
              .filter(it -> it.process().pid() == started.pid())
              .filter(_ -> ServiceClient.of(data).ready())
              .isPresent();
        });
    return ServiceClient.of(data);
  }

  private Process process() {
    return requireNonNull(process, "process");
  }

  private void killWhileItWorks(ServiceClient service) throws InterruptedException {
    var killer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  process().destroyForcibly(); // SIGKILL
                });
    boolean alive = true;
    while (alive) {
      alive = upload(service);
    }
    killer.join();
    process().waitFor();
  }

  private void stopsCleanly() throws InterruptedException {
    assertThat(ServiceProcess.stop(process().toHandle())).as("stopped by itself").isTrue();
    process().waitFor();
    assertThat(data.locked()).isFalse();
    assertThat(data.serviceFile()).doesNotExist();
    assertThat(data.postgres().resolve("cluster/postmaster.pid")).doesNotExist();
  }

  private String log() {
    try {
      return Files.readString(data.serviceLog());
    } catch (IOException e) {
      return "no log";
    }
  }

  // --- documents

  /// Uploads a new document, or new bytes for one before.
  ///
  /// @return whether the service answered
  private boolean upload(ServiceClient service) {
    int number = sent++;
    boolean replaces = number % 5 == 4;
    String path = "up-%d.txt".formatted(replaces ? number - 1 : number);
    String mark = "mark" + number + "x" + Long.toString(SEED & 0xffff, 36);
    String before = replaces ? idAt(number - 1) : "";
    if (!before.isEmpty()) {
      perhaps.put(before, mark);
    }
    try {
      var response =
          http.send(
              at(
                      service,
                      "/api/v1/documents"
                          + ServiceClient.query(Map.of("collection", collection, "path", path)))
                  .header("Content-Type", "text/plain; charset=utf-8")
                  .POST(HttpRequest.BodyPublishers.ofString(text(mark)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
      String id = ServiceClient.JSON.readTree(response.body()).path("id").asText();
      acknowledged.put(id, mark);
      perhaps.remove(id);
      ids.put(number, id);
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private final Map<Integer, String> ids = new LinkedHashMap<>();

  private String idAt(int number) {
    return ids.getOrDefault(number, "");
  }

  private String token() throws IOException {
    return Files.readString(data.operatorToken()).strip();
  }

  /// Long enough for several passages; the mark stands in the first and in the last.
  private static String text(String mark) {
    String filling =
        "The warehouse keeps its rooms dry, its doors closed and its lists complete every day. "
            .repeat(40);
    return "First a%s stands here.\n\n%s\n\n%s\n\nLast z%s stands here.\n"
        .formatted(mark, filling, filling, mark);
  }

  private static String fileText(int number, int revision) {
    return text("file" + number + "r" + revision);
  }

  private Path files(int count) throws IOException {
    Path files = Files.createDirectory(folder.resolve("a folder"));
    for (int i = 0; i < count; i++) {
      Files.writeString(files.resolve("file-%d.txt".formatted(i)), fileText(i, 0));
    }
    return files;
  }

  private final Map<Integer, Integer> fileRevisions = new LinkedHashMap<>();

  private void rewriteOne(Path files) throws IOException {
    int number = random.nextInt(40);
    int revision = fileRevisions.merge(number, 1, Integer::sum);
    Path draft = files.resolve(".draft");
    Files.writeString(draft, fileText(number, revision));
    Files.move(
        draft,
        files.resolve("file-%d.txt".formatted(number)),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  // --- what must hold

  private void noneIsLostNorHalfVisible(ServiceClient service) {
    for (var entry : acknowledged.entrySet()) {
      JsonNode document = service.get("/api/v1/documents/" + entry.getKey());
      assertThat(document.path("state").asText())
          .as("the acknowledged document %s, seed %d", entry, SEED)
          .isIn("QUEUED", "READING", "WORDS", "READY");
    }
    // The latest few are those a kill may have caught in the middle.
    var latest = new ArrayList<>(acknowledged.entrySet());
    for (var entry : latest.subList(Math.max(0, latest.size() - 6), latest.size())) {
      String id = entry.getKey();
      JsonNode before = service.get("/api/v1/documents/" + id);
      if (before.path("state").asText().equals("READY")) {
        String mark = entry.getValue();
        boolean first = finds(service, "a" + mark, id);
        boolean last = finds(service, "z" + mark, id);
        String other = perhaps.get(id);
        boolean otherStands = other != null && finds(service, "a" + other, id);
        assertThat(first || otherStands).as("%s is found, seed %d", entry, SEED).isTrue();
        if (first) {
          assertThat(last).as("%s is whole, seed %d", entry, SEED).isTrue();
        }
      }
    }
  }

  private static boolean finds(ServiceClient service, String word, String document) {
    var answer =
        service.post("/api/v1/search", Map.of("question", word, "documents", List.of(document)));
    for (var passage : answer.path("passages")) {
      if (passage.path("text").asText().contains(word)) {
        return true;
      }
    }
    return false;
  }

  private void settled(ServiceClient service) {
    await(
        "every run and every document has an outcome",
        SETTLE_WITHIN,
        () ->
            runs.stream()
                    .noneMatch(
                        run ->
                            service
                                .get("/api/v1/ingests/" + run)
                                .path("state")
                                .asText()
                                .equals("RUNNING"))
                && service.get("/api/v1/status").path("library").path("pending").asInt() == 0);
    for (String run : runs) {
      assertThat(service.get("/api/v1/ingests/" + run).path("state").asText()).isEqualTo("DONE");
    }
    for (String id : acknowledged.keySet()) {
      assertThat(service.get("/api/v1/documents/" + id).path("state").asText()).isEqualTo("READY");
    }
  }

  /// After one more run over the folder: each file once, at its latest bytes.
  private void everyFileIsThereOnce(ServiceClient service, Path files) {
    String run =
        service.post("/api/v1/ingests", Map.of("path", files.toString())).path("id").asText();
    await(
        "the last run ends",
        SETTLE_WITHIN,
        () -> !service.get("/api/v1/ingests/" + run).path("state").asText().equals("RUNNING"));
    var paths = new TreeSet<String>();
    var items =
        service.get("/api/v1/documents", Map.of("q", "file-", "limit", "100")).path("items");
    for (var document : items) {
      assertThat(paths.add(document.path("path").asText())).as(document.toString()).isTrue();
      assertThat(document.path("state").asText()).isEqualTo("READY");
      int number = Integer.parseInt(document.path("path").asText().replaceAll("\\D", ""));
      int revision = fileRevisions.getOrDefault(number, 0);
      String id = document.path("id").asText();
      if (revision > 0) {
        assertThat(finds(service, "afile" + number + "r" + revision, id)).isTrue();
        assertThat(finds(service, "afile" + number + "r" + (revision - 1), id)).isFalse();
      }
    }
    assertThat(paths).hasSize(40);
  }

  private static void await(String what, Duration limit, BooleanSupplier condition) {
    Instant end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(end);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
