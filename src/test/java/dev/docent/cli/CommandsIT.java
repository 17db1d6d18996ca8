package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.wiring.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands as programs use them, on the packaged service.
final class CommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_WITHIN = Duration.ofMinutes(4);
  private static final int LARGEST = 20_000;

  @TempDir static Path folder;
  private static DataFolder data = DataFolder.at(Path.of("unset"));
  private static URI address = URI.create("http://127.0.0.1");
  private static String firstToken = "";
  private static boolean smallDisk;
  private static @Nullable Process service;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    data = DataFolder.at(folder.resolve("the data, of us")).create();
    smallDisk = mount("mount", "-t", "tmpfs", "-o", "size=4m", "docent-test", blobs());
    Files.writeString(data.properties(), "docent.ingest.max-input-bytes=%d\n".formatted(LARGEST));
    try (ServerSocket socket = new ServerSocket(0)) {
      address = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    service =
        ServiceProcess.start(
            data,
            Path.of("..").toAbsolutePath().normalize(),
            List.of(),
            Map.of("docent.port", "" + address.getPort(), "docent.model.enabled", "false"));
    ServiceClient client = new ServiceClient(address, "none yet");
    Instant until = Instant.now().plus(START_WITHIN);
    while (!client.ready()) {
      assertThat(service.isAlive()).as(() -> read(data.serviceLog())).isTrue();
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(100);
    }
    // Before the first request that needs it.
    firstToken = data.readOperatorToken();
    data.writeSecret(data.operatorToken(), "0123456789".repeat(7));
    assertThat(statusWith(data.readOperatorToken())).isEqualTo(401);
    assertThat(statusWith(firstToken)).isEqualTo(200);
    data.writeSecret(data.operatorToken(), firstToken);
  }

  @AfterAll
  static void stop() throws Exception {
    if (service != null) {
      ServiceProcess.stop(service.toHandle());
    }
    if (smallDisk) {
      mount("umount", blobs());
    }
  }

  private static String blobs() {
    return data.blobs().toString();
  }

  private static boolean mount(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void aTokenFileThatWasOverwrittenOpensNothingAndIsSaidSo() {
    data.writeSecret(data.operatorToken(), "0123456789".repeat(7));
    try {
      assertThat(run("status")).isEqualTo(1);
      assertThat(said()).contains("operator's token", "./docent down and ./docent up");
    } finally {
      data.writeSecret(data.operatorToken(), firstToken);
    }
  }

  @Test
  void theReportHasALineForEachFile() throws IOException {
    Path papers = Files.createDirectory(folder.resolve("the papers"));
    Files.writeString(
        papers.resolve("ferry.md"), "# Ferry\n\nThe ferry to Fennick sails at six.\n");
    Files.writeString(papers.resolve("empty.txt"), "");
    Files.writeString(papers.resolve("long.txt"), "too long ".repeat(LARGEST));
    Path report = folder.resolve("a report.jsonl");

    int exit = run("ingest", papers.toString(), "--report", report.toString());

    assertThat(exit).as(this::said).isZero();
    List<JsonNode> lines =
        JSON.readerFor(JsonNode.class).<JsonNode>readValues(report.toFile()).readAll();
    assertThat(lines)
        .hasSize(3)
        .allSatisfy(
            line -> {
              assertThat(line.properties())
                  .extracting(Map.Entry::getKey)
                  .contains("path", "outcome", "reason", "type", "pages", "passages", "seconds");
              assertThat(line.path("seconds").isNumber()).isTrue();
            });
    JsonNode read = line(lines, "ferry.md");
    assertThat(read.path("outcome").asText()).isEqualTo("indexed");
    assertThat(read.path("reason").isNull()).isTrue();
    assertThat(read.path("type").asText()).isEqualTo("text/markdown");
    assertThat(read.path("pages").asInt()).isEqualTo(1);
    assertThat(read.path("passages").asInt()).isEqualTo(1);
    assertThat(line(lines, "empty.txt").path("outcome").asText()).isEqualTo("rejected");
    assertThat(line(lines, "empty.txt").path("reason").asText()).contains("empty");
    assertThat(line(lines, "long.txt").path("code").asText())
        .as("the settings in docent.properties are the running service's")
        .isEqualTo("TOO_LARGE");

    assertThat(run("ingest", papers.toString(), "--report", report.toString())).isZero();
    lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(report.toFile()).readAll();
    assertThat(line(lines, "ferry.md").path("outcome").asText()).isEqualTo("unchanged");
  }

  private static JsonNode line(List<JsonNode> lines, String path) {
    return lines.stream()
        .filter(line -> line.path("path").asText().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFullDiskIsSaidAndItsDocumentsAreReadWhenThereIsRoom() throws Exception {
    assumeTrue(smallDisk, "only root can mount a small disk");
    Path papers = Files.createDirectory(folder.resolve("late papers"));
    Files.writeString(papers.resolve("tide.txt"), "The tide table of Hask hangs in the boat shed.");
    Path report = folder.resolve("full.jsonl");
    Path ballast = data.blobs().resolve("ballast");
    fill(ballast);

    assertThat(run("ingest", papers.toString(), "--report", report.toString()))
        .as(this::said)
        .isZero();

    JsonNode full = JSON.readTree(report.toFile());
    assertThat(full.path("outcome").asText()).isEqualTo("failed");
    assertThat(full.path("code").asText()).isEqualTo("DISK_FULL");
    assertThat(said()).contains("The disk of the data folder is full", "Make room");
    Files.delete(ballast);
    assertThat(run("ingest", papers.toString(), "--report", report.toString())).isZero();
    assertThat(JSON.readTree(report.toFile()).path("outcome").asText()).isEqualTo("indexed");
  }

  private static void fill(Path ballast) throws IOException {
    try (OutputStream file = Files.newOutputStream(ballast)) {
      while (true) {
        file.write(new byte[512]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidBeforeAnythingIsRead() throws IOException {
    Path papers = Files.createDirectory(folder.resolve("unread"));
    Files.writeString(papers.resolve("buoy.txt"), "The buoy of Hask is green.");
    Path report = folder.resolve("no folder").resolve("report.jsonl");

    assertThat(run("ingest", papers.toString(), "--report", report.toString())).isEqualTo(1);
    assertThat(said()).contains(report.toString(), "--report").doesNotContain("Exception");
    assertThat(new ServiceClient(address, firstToken).get("/api/v1/documents?q=buoy").path("total"))
        .hasToString("0");
  }

  @Test
  void anAnswerIsPrintedWhole() throws IOException {
    Path papers = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(
        papers.resolve("pilots.txt"), "Ships over ninety metres must take a pilot at Fennick.");
    assertThat(run("ingest", papers.toString())).as(this::said).isZero();
    out.reset();

    assertThat(run("ask", "--json", "Which ships must take a pilot?")).as(this::said).isZero();

    JsonNode answer = JSON.readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(answer.path("kind").asText()).isEqualTo("quotation");
    assertThat(answer.path("answer").asText())
        .isEqualTo("Ships over ninety metres must take a pilot at Fennick.");
    assertThat(answer.path("refusal").isNull()).isTrue();
    for (String kind : List.of("quotations", "citations")) {
      JsonNode first = answer.path(kind).path(0);
      assertThat(first.path("document").asText()).hasSize(36);
      assertThat(first.path("path").asText()).isEqualTo("pilots.txt");
      assertThat(first.path("text").asText()).contains("ninety metres");
      assertThat(first.path("end").asInt() - first.path("start").asInt())
          .isEqualTo(first.path("text").asText().length());
      assertThat(first.has("page")).isTrue();
      assertThat(first.path("boxes").isArray()).isTrue();
    }
    assertThat(answer.path("timings").path("quotationMillis").asLong()).isNotNegative();
    assertThat(answer.path("timings").path("totalMillis").asLong()).isPositive();
    ServiceClient client = new ServiceClient(address, firstToken);
    assertThat(act(client, answer.path("audit").path("intent"))).isEqualTo("question.asked");
    assertThat(act(client, answer.path("audit").path("outcome"))).isEqualTo("question.answered");
  }

  @Test
  void aRefusalIsPrintedWhole() throws IOException {
    assertThat(run("ask", "--json", "Who won the chess tournament in Ulan Bator?"))
        .as(this::said)
        .isZero();

    JsonNode answer = JSON.readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(answer.path("kind").asText()).isEqualTo("refused");
    assertThat(answer.has("answer")).isTrue();
    assertThat(answer.path("answer").isNull()).isTrue();
    assertThat(answer.path("refusal").isNull()).isFalse();
    assertThat(answer.path("quotations")).isEmpty();
    assertThat(act(new ServiceClient(address, firstToken), answer.path("audit").path("outcome")))
        .isEqualTo("question.refused");
  }

  private static String act(ServiceClient client, JsonNode event) {
    return client.get("/api/v1/audit/events/" + event.asText()).path("act").asText();
  }

  private int run(String... arguments) {
    Terminal terminal =
        Terminal.of(
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(1, List.of("--data", data.root().toString()));
    return Main.commandLine(terminal).execute(words.toArray(String[]::new));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static int statusWith(String token) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(address.resolve("/api/v1/status"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }
}
