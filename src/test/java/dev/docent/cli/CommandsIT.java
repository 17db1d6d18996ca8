package dev.docent.cli;

import static java.util.Objects.requireNonNull;
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
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
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
            List.of("-Xmx400m"),
            Map.of("docent.port", "" + address.getPort(), "docent.model.enabled", "false"));
    ServiceClient client = new ServiceClient(address, "none yet");
    Instant until = Instant.now().plus(START_WITHIN);
    while (!client.ready()) {
      assertThat(service.isAlive()).as(() -> read(data.serviceLog())).isTrue();
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(100);
    }
    assertThat(Files.getPosixFilePermissions(data.operatorToken()))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    // Before the first request that needs it.
    firstToken = data.readOperatorToken();
    data.writeSecret(data.operatorToken(), "0123456789".repeat(7));
    assertThat(statusWith(data.readOperatorToken())).isEqualTo(401);
    assertThat(statusWith(firstToken)).isEqualTo(200);
    data.writeSecret(data.operatorToken(), firstToken);
  }

  @AfterAll
  static void stop() throws Exception {
    CommandsIT last = new CommandsIT();
    try {
      assertThat(last.run("down")).as(last::said).isZero();
      assertThat(last.printed()).contains("Docent has stopped");
      assertThat(requireNonNull(service).isAlive()).isFalse();
      assertThat(data.database()).isEmpty();
      last.out.reset();
      assertThat(last.run("status")).isEqualTo(StatusCommand.NOT_RUNNING);
      assertThat(last.run("down")).isZero();
      assertThat(last.printed()).contains("Nothing runs on the data folder", "./docent up");
    } finally {
      if (service != null) {
        ServiceProcess.stop(service.toHandle());
      }
      if (smallDisk) {
        mount("umount", blobs());
      }
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
  void statusSaysWhatRunsAndWhere() throws IOException {
    assertThat(run("status")).as(this::said).isZero();
    assertThat(printed())
        .contains(
            "address    " + address,
            "data       " + data.root(),
            "process    " + requireNonNull(service).pid(),
            "library.documents");
    out.reset();

    assertThat(run("status", "--json")).isZero();
    assertThat(JSON.readTree(printed()).path("audit").path("available").asBoolean()).isTrue();
  }

  @Test
  void logsPrintsTheLastLines() throws IOException {
    assertThat(run("logs", "-n", "2")).as(this::said).isZero();

    List<String> all = Files.readAllLines(data.serviceLog());
    assertThat(all).containsSubsequence(printed().lines().toList());
    assertThat(printed().lines()).hasSize(2);
  }

  @Test
  void theOperatorsJavaOptionsHold() {
    assertThat(requireNonNull(service).info().arguments().orElseThrow())
        .containsSubsequence("-Xmx512m", "-Xmx400m", "-jar");
  }

  @Test
  void aSecondUpTellsTheFirstPasswordOnceAndReadsMore() throws IOException {
    String password = Files.readString(data.firstPassword()).strip();
    Path papers = Files.createDirectory(folder.resolve("more papers"));
    Files.writeString(papers.resolve("crane.txt"), "The crane of Hask lifts forty tons.");

    assertThat(run("up", papers.toString(), "--group", "No Such Group"))
        .as("the folder is not read")
        .isEqualTo(1);
    assertThat(printed()).contains("Docent is ready at " + address, "admin", password);
    assertThat(data.firstPassword()).doesNotExist();
    out.reset();

    assertThat(run("up", papers.toString(), "--no-model")).as(this::said).isZero();

    assertThat(said())
        .contains("runs already", "--no-model has no effect", "1 file: 1 read")
        .doesNotContain(password);
    assertThat(printed()).contains("Docent is ready at " + address).doesNotContain(password);
    assertThat(RunningService.on(data).orElseThrow().process())
        .isEqualTo(requireNonNull(service).toHandle());
  }

  @Test
  void aSecondInstanceIsRefused() throws Exception {
    String holder = "in use by process %d".formatted(requireNonNull(service).pid());

    assertThat(run("up", "--port", "1")).isEqualTo(1);
    assertThat(said()).contains(holder, "./docent down", "--data");

    Process second =
        ServiceProcess.start(
            data,
            Path.of("..").toAbsolutePath().normalize(),
            List.of(),
            Map.of("docent.port", "0", "docent.model.enabled", "false"));
    try {
      assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(second.exitValue()).isEqualTo(1);
    } finally {
      second.destroyForcibly();
    }
    assertThat(Files.readString(data.serviceLog())).contains(holder);
    assertThat(new ServiceClient(address, firstToken).ready()).isTrue();
  }

  @Test
  void theLogIsExported() throws IOException {
    assertThat(run("audit", "export")).as(this::said).isZero();
    List<JsonNode> events =
        JSON.readerFor(JsonNode.class).<JsonNode>readValues(printed()).readAll();
    assertThat(events)
        .extracting(event -> event.path("record").path("act").asText())
        .contains("service.started");
  }

  @Test
  void evidenceIsVerifiedAndAFlippedByteNamesItsRecord() throws IOException {
    Path bundle = folder.resolve("the evidence.zip");
    assertThat(run("audit", "export", "--format", "bundle", "--out", bundle.toString()))
        .as(this::said)
        .isZero();
    assertThat(said())
        .containsPattern("The log as it was signed at \\d+ records\\.")
        .doesNotContain("not signed yet");
    assertThat(alone("audit", "verify", bundle.toString())).as(this::printed).isZero();
    assertThat(printed()).startsWith("VALID").contains("not checked:");
    out.reset();

    Path evidence = Files.createDirectory(folder.resolve("the evidence"));
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Files.copy(zip.getInputStream(entry), evidence.resolve(entry.getName()));
      }
    }
    Path events = evidence.resolve("events.jsonl");
    byte[] bytes = Files.readAllBytes(events);
    String before = new String(bytes, StandardCharsets.ISO_8859_1);
    int third = before.indexOf("\"outcome\":", before.indexOf(",\"seq\":2}")) + 12;
    bytes[third] ^= 1;
    Files.write(events, bytes);

    assertThat(alone("audit", "verify", evidence.toString())).isEqualTo(1);
    assertThat(printed()).startsWith("NOT VALID\nfirst bad record: 3\n");
  }

  @Test
  void anAnswerOnTheTerminalNamesItsSources() throws IOException {
    Path papers = Files.createDirectory(folder.resolve("harbour"));
    Files.writeString(
        papers.resolve("berths.txt"), "Berth four of Hask is kept free for the lifeboat.");
    assertThat(run("ingest", papers.toString())).as(this::said).isZero();

    assertThat(run("ask", "Which berth is kept free for the lifeboat?")).as(this::said).isZero();

    assertThat(printed())
        .containsSubsequence(
            "\u201cBerth four of Hask is kept free for the lifeboat.\u201d",
            "berths.txt",
            "Sources",
            "[1] ",
            "berths.txt");
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
  void anInterruptStopsTheReadingToo() throws Exception {
    Path papers = Files.createDirectory(folder.resolve("many papers"));
    for (int i = 0; i < 100; i++) {
      Files.writeString(papers.resolve("mooring-%d.txt".formatted(i)), "Mooring %d.".formatted(i));
    }
    Path printed = folder.resolve("interrupted.txt");
    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.docent.cli.Main",
                "ingest",
                papers.toString(),
                "--data",
                data.root().toString())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      while (!read(printed).contains("Reading " + papers)) {
        assertThat(command.isAlive()).as(() -> read(printed)).isTrue();
        Thread.sleep(20);
      }
      command.destroy();
      assertThat(command.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      command.destroyForcibly();
    }

    assertThat(read(printed)).contains("Reading was stopped");
    assertThat(run("ingest", papers.toString())).as(this::said).isZero();
    assertThat(said()).contains("100 files").doesNotContain(": 0 read");
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
        .startsWith("Ships over ninety metres must take a pilot at Fennick.")
        .isEqualTo(String.join("\n", answer.path("quotations").findValuesAsText("text")));
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
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--data", data.root().toString()));
    return alone(words.toArray(String[]::new));
  }

  /// A command that needs no service.
  private int alone(String... arguments) {
    Terminal terminal =
        Terminal.of(
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.commandLine(terminal).execute(arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
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
