package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not as it should be is refused with words that help.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class InputTest {

  private static Response ask(Object body) {
    return Service.operator()
        .contentType(ContentType.JSON)
        .accept(ContentType.JSON)
        .body(body)
        .post("/api/v1/ask");
  }

  private static ValidatableResponse refuses(Response response, String field) {
    return response
        .then()
        .statusCode(400)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("invalid_request"))
        .body("field", equalTo(field));
  }

  @Test
  void namesTheFieldThatIsWrong() {
    refuses(ask("{\"question\": \"x\", \"colour\": \"red\"}"), "colour");
    refuses(ask("{\"question\": 7}"), "question");
    refuses(ask("{\"question\": \"  \"}"), "question");
    refuses(ask("{}"), "question");
    refuses(ask(Map.of("question", "x".repeat(4001))), "question");
    refuses(ask(Map.of("question", "x", "documents", List.of("../../etc"))), "documents");
    refuses(ask("{\"question\": \"x\", \"conversation\": \"no\"}"), "conversation");
    refuses(ask("{\"question\": \"x\", \"compose\": \"yes\"}"), "compose");
    refuses(Service.operator().queryParam("limit", 0).get("/api/v1/documents"), "limit");
    refuses(Service.operator().queryParam("state", "NOWHERE").get("/api/v1/documents"), "state");
    refuses(Service.operator().queryParam("act", "; drop").get("/api/v1/audit/events"), "act");
    refuses(Service.operator().queryParam("from", "today").get("/api/v1/audit/events"), "from");
  }

  @Test
  void saysByNameWhatIsWrongWithTheValuesThatItMentions() {
    refuses(ask(Map.of("question", "x".repeat(4001))), "question")
        .body("reason", equalTo("length"), "values.max", equalTo(4000));
    refuses(ask(Map.of("question", " ")), "question")
        .body("reason", equalTo("missing"), "values", nullValue());
    refuses(ask(Map.of("question", "x", "documents", List.of("no id"))), "documents")
        .body("reason", equalTo("bad_value"));
    Map<String, Object> collection = Map.of("name", "Unread", "readers", List.of("no-group"));
    refuses(
            Service.operator()
                .contentType(ContentType.JSON)
                .body(collection)
                .post("/api/v1/collections"),
            "readers")
        .body("reason", equalTo("unknown_group"), "values.name", equalTo("no-group"));
    Service.operator()
        .delete("/api/v1/groups/everyone")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"), "reason", equalTo("everyone_stays"));
  }

  @Test
  void refusesABodyThatSaysItIsTooLargeBeforeItComes() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              """
              PUT /api/v1/documents HTTP/1.1\r
              Host: 127.0.0.1\r
              Content-Length: 900000000000\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(reply)
          .startsWith("HTTP/1.1 413")
          .containsIgnoringCase("content-type: application/problem+json")
          .contains("\"code\":\"too_large\"", "at most 536870912 bytes", "\"maxBytes\":536870912");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"question\": ",
        "[1",
        "nothing",
        "{\"question\":\"a\",\"question\":\"b\"}",
        "{}{}"
      })
  void refusesMalformedJson(String body) {
    ask(body).then().statusCode(400).body("code", equalTo("invalid_request"));
  }

  @Test
  void refusesAnotherFormOfBody() {
    Service.operator()
        .contentType("application/xml")
        .body("<question/>")
        .post("/api/v1/ask")
        .then()
        .statusCode(415)
        .body("code", equalTo("unsupported_media_type"));
    Service.operator()
        .contentType(ContentType.JSON)
        .accept("image/png")
        .body(Map.of("question", "x"))
        .post("/api/v1/ask")
        .then()
        .statusCode(406);
    Service.operator().delete("/api/v1/status").then().statusCode(405);
    Service.operator().get("/api/v1/nothing").then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource({
    "../secret.txt",
    "/etc/passwd",
    "a/../../b",
    "a//b",
    "./a",
    "a%5Cb",
    "%2e%2e%2fsecret.txt",
    "a%00b",
    "%2fetc%2fpasswd"
  })
  void refusesPathsThatLeadElsewhere(String path) {
    Service.operator()
        .urlEncodingEnabled(false)
        .contentType("text/plain")
        .body("text")
        .post("/api/v1/documents?collection=" + Service.collection() + "&path=" + path)
        .then()
        .statusCode(400)
        .body("field", equalTo("path"));
  }

  @Test
  void aDocumentsBytesComeAsAnAttachmentThatNoBrowserRuns() {
    String collection = Service.collection("everyone");
    String html = "<html><script>alert(1)</script><p>The mill stands at Grimsby.</p></html>";
    String id =
        Service.operator()
            .contentType("text/html")
            .queryParam("collection", collection)
            .queryParam("path", "a/mill \u00fc\"x.html")
            .body(html.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .post("/api/v1/documents")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Response whole = Service.operator().get("/api/v1/documents/" + id + "/content");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.asString()).isEqualTo(html);
    assertThat(whole.header("Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"mill __x.html\"; filename*=UTF-8''mill%20%C3%BC%22x.html");
    assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(whole.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(whole.header("Content-Type")).isEqualTo("application/octet-stream");

    Response part =
        Service.operator()
            .header("Range", "bytes=6-12")
            .get("/api/v1/documents/" + id + "/content");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.asString()).isEqualTo(html.substring(6, 13));
    assertThat(part.header("Content-Range")).isEqualTo("bytes 6-12/" + html.length());
    Service.operator()
        .header("Range", "bytes=-5")
        .get("/api/v1/documents/" + id + "/content")
        .then()
        .statusCode(206)
        .body(equalTo(html.substring(html.length() - 5)));
    Service.operator()
        .header("Range", "bytes=9000-")
        .get("/api/v1/documents/" + id + "/content")
        .then()
        .statusCode(416);
  }

  @Test
  void equalBytesAtOnePlaceAreNoWork() {
    String collection = Service.collection("everyone");
    String id = Service.ready(collection, "same.txt", "The same words twice over.");
    String before = Service.operator().get("/api/v1/documents/" + id).path("updatedAt");
    assertThat(Service.upload(collection, "same.txt", "The same words twice over.")).isEqualTo(id);
    assertThat(Service.operator().get("/api/v1/documents/" + id).<String>path("updatedAt"))
        .isEqualTo(before);
    Service.upload(collection, "same.txt", "Other words.");
    Service.await(
        "the new words are found",
        () -> "READY".equals(Service.operator().get("/api/v1/documents/" + id).path("state")));
    Service.operator().delete("/api/v1/documents/" + id).then().statusCode(204);
    assertThat(Service.found(Service.operator(), "other words", collection)).isEmpty();
    Service.operator().get("/api/v1/documents/" + id + "/content").then().statusCode(404);
  }

  @Test
  void everyAnswerTellsTheBrowserWhatNotToDo() {
    Response page = Service.operator().get("/api/v1/status");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.<String>path("version")).isNotEmpty();
  }
}
