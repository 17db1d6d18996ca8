package dev.docent.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;

/// The running service as its clients see it.
final class Service {
  static final String PASSWORD = "correct horse battery staple";

  private Service() {}

  static Path data() {
    return Path.of(ConfigProvider.getConfig().getValue("docent.data", String.class));
  }

  static Connection superuser() throws SQLException {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:%s/docent"
              .formatted(Files.readString(data().resolve("pg/port")).strip()),
          "postgres",
          Files.readString(data().resolve("keys/database/postgres")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  static RequestSpecification operator() {
    return as(operatorToken());
  }

  static String operatorToken() {
    try {
      return Files.readString(data().resolve("run/operator.token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An account of its own for one test, with a password that need not be changed.
  static User user(List<String> roles, List<String> groups) {
    return user("", roles, groups);
  }

  /// @param display what the account is called; empty: as its user name
  static User user(String display, List<String> roles, List<String> groups) {
    for (String group : groups) {
      operator().contentType(ContentType.JSON).body(Map.of("name", group)).post("/api/v1/groups");
    }
    String name = "user-" + UUID.randomUUID();
    String first = "first " + UUID.randomUUID();
    String id =
        operator()
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "username",
                    name,
                    "displayName",
                    display.isEmpty() ? name : display,
                    "password",
                    first,
                    "roles",
                    roles,
                    "groups",
                    groups))
            .post("/api/v1/users")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    Browser browser = Browser.signIn(name, first);
    browser
        .request()
        .contentType(ContentType.JSON)
        .body(Map.of("current", first, "replacement", PASSWORD))
        .post("/api/v1/me/password")
        .then()
        .statusCode(204);
    String token =
        browser
            .request()
            .contentType(ContentType.JSON)
            .body(Map.of("name", "test"))
            .post("/api/v1/me/tokens")
            .then()
            .statusCode(201)
            .extract()
            .path("token");
    return new User(id, name, token);
  }

  /// @param token an API token of the account
  record User(String id, String name, String token) {
    RequestSpecification request() {
      return as(token);
    }
  }

  /// A session with its cookie and token.
  record Browser(String cookie, String csrf) {
    static Browser signIn(String username, String password) {
      var response =
          given()
              .contentType(ContentType.JSON)
              .body(Map.of("username", username, "password", password))
              .post("/api/v1/session");
      response.then().statusCode(200);
      return new Browser(response.cookie(RequestGate.COOKIE), response.path("me.csrf"));
    }

    RequestSpecification request() {
      return given().cookie(RequestGate.COOKIE, cookie).header(RequestGate.CSRF_HEADER, csrf);
    }
  }

  static String collection(String... readers) {
    return collection("collection " + UUID.randomUUID(), List.of(readers), List.of());
  }

  static String collection(String name, List<String> readers, List<String> contributors) {
    return operator()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "readers", readers, "contributors", contributors))
        .post("/api/v1/collections")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /// Brings a text and waits until it is searchable by meaning.
  static String ready(String collection, String path, String text) {
    return settled(upload(collection, path, text), "READY");
  }

  static String upload(String collection, String path, String text) {
    return operator()
        .contentType("text/plain; charset=utf-8")
        .queryParam("collection", collection)
        .queryParam("path", path)
        .body(text)
        .post("/api/v1/documents")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /// Any bytes, in one of the given states when this returns.
  static String bring(String collection, String path, byte[] bytes, String... ends) {
    String id =
        operator()
            .contentType("application/octet-stream")
            .queryParam("collection", collection)
            .queryParam("path", path)
            .body(bytes)
            .post("/api/v1/documents")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    await(
        "document " + path + " ends",
        () ->
            List.of(ends)
                .contains(operator().get("/api/v1/documents/" + id).<String>path("state")));
    return id;
  }

  static String settled(String document, String state) {
    await(
        "document " + document + " is " + state,
        () -> state.equals(operator().get("/api/v1/documents/" + document).path("state")));
    return document;
  }

  /// Reads a folder of this machine and waits for its end.
  static JsonPath ingest(Path folder, Map<String, Object> more) {
    Map<String, Object> request = new java.util.HashMap<>(more);
    request.put("path", folder.toString());
    String id =
        operator()
            .contentType(ContentType.JSON)
            .body(request)
            .post("/api/v1/ingests")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    await(
        "run " + id + " ends",
        () -> !"RUNNING".equals(operator().get("/api/v1/ingests/" + id).path("state")));
    return operator().get("/api/v1/ingests/" + id + "?items=true").jsonPath();
  }

  /// The collection of this name.
  static String collectionNamed(String name) {
    return operator()
        .get("/api/v1/collections")
        .jsonPath()
        .getString("find { it.name == '" + name + "' }.id");
  }

  /// An answer by quotation.
  static JsonPath ask(RequestSpecification caller, String question) {
    return caller
        .contentType(ContentType.JSON)
        .body(Map.of("question", question, "compose", false))
        .post("/api/v1/ask")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /// The documents that a search within a collection finds.
  static List<String> found(RequestSpecification caller, String question, String collection) {
    return caller
        .contentType(ContentType.JSON)
        .body(Map.of("question", question, "collections", List.of(collection)))
        .post("/api/v1/search")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("passages.document");
  }

  /// The records of one act by a person, newest first.
  static List<String> acts(User person, String act) {
    return user(List.of("COMPLIANCE_OFFICER"), List.of())
        .request()
        .queryParam("actor", person.id())
        .queryParam("act", act)
        .get("/api/v1/audit/events")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.id");
  }

  /// Whether a chat model writes answers here; waits while it is being loaded.
  static boolean hasModel() {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(end)) {
      if (operator().get("/api/v1/status").path("model") != null) {
        return true;
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return false;
  }

  static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofMinutes(10));
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
