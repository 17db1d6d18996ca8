package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.docent.access.DocumentId;
import dev.docent.library.PartialUpload;
import dev.docent.library.Transactions;
import dev.docent.library.Uploads;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A document that arrives in pieces is one document, whole, or none.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class UploadsTest {
  private static final String MODIFIED = "2026-03-01T08:00:00Z";

  @Inject Uploads uploads;
  @Inject Transactions transactions;

  private final byte[] file = page(2_000_000);
  private Contributor writer;

  @BeforeEach
  void aContributor() {
    writer = Contributor.to("Papers");
  }

  /// A page of many bytes and few words: reading it is no work.
  private static byte[] page(int bytes) {
    StringBuilder page = new StringBuilder("<p>The gauge at the sluice is read at noon.</p><!--");
    while (page.length() < bytes) {
      page.append(' ').append(page.length());
    }
    return page.append("-->").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String metadata(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(
                pair ->
                    pair.getKey()
                        + " "
                        + Base64.getEncoder()
                            .encodeToString(pair.getValue().getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining(","));
  }

  private Response begin(RequestSpecification caller, String path, long bytes) {
    return caller
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", bytes)
        .header(
            "Upload-Metadata",
            metadata(
                Map.of("collection", writer.collection(), "filename", path, "modified", MODIFIED)))
        .post("/api/v1/uploads");
  }

  private String begun(String path, long bytes) {
    String location =
        begin(writer.request(), path, bytes).then().statusCode(201).extract().header("Location");
    return location.substring(location.indexOf("/api/"));
  }

  private Response send(String upload, long offset, byte[] bytes) {
    return writer
        .request()
        .contentType("application/offset+octet-stream")
        .header("Upload-Offset", offset)
        .body(bytes)
        .patch(upload);
  }

  private long received(String upload) {
    return Long.parseLong(
        writer.request().head(upload).then().statusCode(200).extract().header("Upload-Offset"));
  }

  private String complete(String upload) {
    return writer.request().post(upload + "/complete").then().statusCode(202).extract().path("id");
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(file, from, to);
  }

  @Test
  void piecesBecomeOneDocumentThatIsOnRecordOnce() {
    String upload = begun("gauges.html", file.length);
    assertThat(received(upload)).isZero();
    send(upload, 0, part(0, 500_000)).then().statusCode(204).header("Upload-Offset", "500000");
    // Sent again, or sent for later: it goes on where it is.
    send(upload, 0, part(0, 10)).then().statusCode(409).body("code", equalTo("conflict"));
    send(upload, 600_000, part(600_000, 600_010)).then().statusCode(409);
    writer.request().post(upload + "/complete").then().statusCode(409);
    assertThat(begun("gauges.html", file.length)).as("begun again").isEqualTo(upload);
    writer
        .request()
        .get("/api/v1/uploads")
        .then()
        .statusCode(200)
        .body("", hasSize(1))
        .body("[0].path", equalTo("gauges.html"))
        .body("[0].received", equalTo(500_000))
        .body("[0].bytes", equalTo(file.length));
    assertThat(writer.documents()).as("nothing before it is complete").isZero();

    send(upload, 500_000, part(500_000, file.length)).then().statusCode(204);
    String document = complete(upload);
    assertThat(complete(upload)).isEqualTo(document);

    Service.settled(document, "READY");
    writer.hasOnce(file);
    assertThat(Service.data().resolve("uploads").toFile().list())
        .doesNotContain(upload.substring(upload.lastIndexOf('/') + 1));
  }

  @Test
  void aLineThatBreaksLosesNothingThatCame() throws IOException {
    String upload = begun("broken.html", file.length);
    try (Socket line = halfSent(upload, 0, 700_000)) {
      Service.await("the bytes come", () -> received(upload) == 700_000);
      assertThat(line.isConnected()).isTrue();
    }
    send(upload, 700_000, part(700_000, file.length)).then().statusCode(204);
    String document = complete(upload);
    assertThat(writer.content(document)).isEqualTo(file);
  }

  @Test
  void whoeverGoesOnNeedNotWaitForALineThatHangs() throws IOException {
    String upload = begun("hanging.html", file.length);
    try (Socket line = halfSent(upload, 0, 700_000)) {
      Service.await("the bytes come", () -> received(upload) == 700_000);
      send(upload, 700_000, part(700_000, 900_000)).then().statusCode(204);
      // The first sender wakes up: its bytes are of no use any more.
      line.getOutputStream().write(new byte[100_000]);
      line.getOutputStream().flush();
      send(upload, 900_000, part(900_000, file.length)).then().statusCode(204);
    }
    String document = complete(upload);
    assertThat(writer.content(document)).isEqualTo(file);
  }

  /// A request that announces all bytes, sends some and then no more.
  private Socket halfSent(String upload, int offset, int sent) throws IOException {
    Socket line = new Socket("localhost", RestAssured.port);
    OutputStream out = line.getOutputStream();
    out.write(
        """
        PATCH %s HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/offset+octet-stream\r
        Upload-Offset: %d\r
        Content-Length: %d\r
        \r
        """
            .formatted(upload, writer.person().token(), offset, file.length - offset)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(file, offset, sent);
    out.flush();
    return line;
  }

  @Test
  void anotherProcessGoesOnBehindWhatIsCertain() throws IOException {
    String upload = begun("crash.html", file.length);
    send(upload, 0, part(0, 300_000)).then().statusCode(204);
    UUID id = UUID.fromString(upload.substring(upload.lastIndexOf('/') + 1));
    // Bytes that a crash left half written, which the database knows nothing of.
    Path bytes = Service.data().resolve("uploads").resolve(id.toString());
    Files.write(bytes, new byte[5_000], StandardOpenOption.APPEND);
    Uploads after =
        new Uploads(
            transactions, Service.data().resolve("uploads"), 1 << 30, InstantSource.system());

    PartialUpload found = after.get(writer.person().id(), id);
    assertThat(found.received()).isEqualTo(300_000);
    after.append(
        writer.person().id(), id, 300_000, new ByteArrayInputStream(part(300_000, file.length)));
    AtomicReference<byte[]> whole = new AtomicReference<>();
    DocumentId made =
        after.complete(
            writer.person().id(),
            id,
            in -> {
              try {
                whole.set(in.readAllBytes());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              return new DocumentId(UUID.randomUUID());
            });
    assertThat(whole.get()).isEqualTo(file);
    assertThat(after.get(writer.person().id(), id).document()).contains(made);
  }

  @Test
  void belongsToWhoeverBeganIt() {
    String upload = begun("own.txt", file.length);
    Service.User other = Service.user(List.of("ADMINISTRATOR"), List.of());
    other.request().head(upload).then().statusCode(404);
    other
        .request()
        .contentType("application/offset+octet-stream")
        .header("Upload-Offset", 0)
        .body(new byte[1])
        .patch(upload)
        .then()
        .statusCode(404);
    other.request().post(upload + "/complete").then().statusCode(404);
    other.request().delete(upload).then().statusCode(404);
    other.request().get("/api/v1/uploads").then().statusCode(200).body("", hasSize(0));
    assertThat(Service.acts(other, "access.denied")).hasSize(4);
    RestAssured.given().head(upload).then().statusCode(401);

    writer.request().delete(upload).then().statusCode(204);
    writer.request().head(upload).then().statusCode(404);
  }

  @Test
  void refusesAtTheBeginningWhatCouldNotBeTaken() throws IOException {
    begin(writer.request(), "a.txt", 1L << 40)
        .then()
        .statusCode(413)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("too_large"));
    begin(writer.request(), "a.txt", 0).then().statusCode(400);
    begin(writer.request(), "a.txt", -1).then().statusCode(400);
    begin(writer.request(), "../a.txt", 10).then().statusCode(400).body("field", equalTo("path"));
    Service.User reader = Service.user(List.of("EMPLOYEE"), List.of());
    begin(reader.request(), "a.txt", 10).then().statusCode(404);
    writer
        .request()
        .header("Upload-Length", 10)
        .header("Upload-Metadata", "filename !")
        .post("/api/v1/uploads")
        .then()
        .statusCode(400)
        .body("field", equalTo("Upload-Metadata"));

    String small = begun("small.txt", 10);
    send(small, 0, new byte[11]).then().statusCode(409);
    assertThat(received(small)).isZero();
    // More than any disk has, allowed by its limit alone.
    Uploads boundless =
        new Uploads(
            transactions,
            Service.data().resolve("uploads"),
            Long.MAX_VALUE,
            InstantSource.system());
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                boundless.begin(
                    writer.person().id(),
                    dev.docent.access.CollectionId.of(writer.collection()),
                    "huge.bin",
                    Optional.empty(),
                    1L << 60,
                    Instant.EPOCH))
        .isInstanceOf(Uploads.NoRoomException.class);
  }

  @Test
  void isRemovedWhenNobodyGoesOnWithIt() throws SQLException {
    String forgotten = begun("forgotten.txt", file.length);
    send(forgotten, 0, part(0, 1_000)).then().statusCode(204);
    String kept = begun("kept.txt", file.length);
    send(kept, 0, part(0, 1_000)).then().statusCode(204);
    String id = forgotten.substring(forgotten.lastIndexOf('/') + 1);
    try (Connection database = Service.superuser();
        var statement = database.createStatement()) {
      statement.execute("UPDATE library.upload SET expires_at = now() WHERE id = '" + id + "'");
    }
    assertThat(uploads.removeExpired()).isPositive();
    writer.request().head(forgotten).then().statusCode(404);
    assertThat(Service.data().resolve("uploads").resolve(id)).doesNotExist();
    assertThat(received(kept)).isEqualTo(1_000);
    writer.request().delete(kept).then().statusCode(204);

    var removals =
        Service.operator()
            .queryParam("actor", writer.person().id())
            .queryParam("act", "document.upload_removed")
            .get("/api/v1/audit/events")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(removals.getList("items.id")).hasSize(2);
  }
}
