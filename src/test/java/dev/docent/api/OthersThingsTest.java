package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every route with an id in its path, with the id of something of the right kind that is
/// another's: it is as if there were no such thing, and nothing happens to it. Where the caller's
/// role does not reach the route, that is all that is said.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class OthersThingsTest {
  /// Things that belong to somebody, or that a group may read; an officer's or administrator's
  /// right to a route does not reach them. Of what is not among them, a role has the care of all.
  private static final Set<String> OWNED =
      Set.of(
          "/api/v1/documents/",
          "/api/v1/conversations/",
          "/api/v1/answers/",
          "/api/v1/uploads/",
          "/api/v1/me/tokens/",
          "/api/v1/me/sessions/",
          "/api/v1/audit/receipts/",
          "/api/v1/audit/exports/");

  /// Its hashes are nobody's.
  private static final String TILE = "GET /api/v1/audit/log/tile/{level}/{tile:.+}";

  private static final Map<String, Object> BODIES =
      Map.of(
          "PATCH /api/v1/conversations/{id}",
          Map.of("title", "Taken"),
          "POST /api/v1/answers/{id}/rating",
          Map.of("helpful", false),
          "PUT /api/v1/documents/{id}/readers",
          Map.of("readers", List.of()));

  private static @Nullable Things made;

  @TempDir Path folder;

  private Things things() throws IOException {
    Things all = made == null ? Things.make(folder) : made;
    made = all;
    return all;
  }

  static Stream<String> routesWithAnId() {
    return RoutesTest.all().stream()
        .map(RoutesTest.Known::operation)
        .filter(operation -> operation.contains("{") && !operation.equals(TILE));
  }

  @ParameterizedTest
  @MethodSource("routesWithAnId")
  void areAsIfTheyWereNotThere(String operation) throws IOException {
    Things all = things();
    Route.Who may =
        RoutesTest.all().stream()
            .filter(route -> route.operation().equals(operation))
            .findFirst()
            .flatMap(RoutesTest.Known::rule)
            .orElseThrow()
            .may();
    String thing = operation.substring(operation.indexOf(' ') + 1, operation.indexOf('{'));
    for (var stranger : all.strangers().entrySet()) {
      boolean reaches = may == Route.Who.SIGNED_IN || may.name().equals(stranger.getKey());
      boolean inCare =
          !OWNED.contains(thing)
              || thing.endsWith("/receipts/") && stranger.getKey().equals("COMPLIANCE_OFFICER");
      if (reaches && inCare) {
        continue;
      }
      RequestSpecification caller = stranger.getValue().request();
      Response answer = call(caller, operation, all.id(operation, thing));
      Response absent = call(stranger.getValue().request(), operation, absent(thing));

      assertThat(answer.statusCode())
          .as("%s of %s", operation, stranger.getKey())
          .isEqualTo(reaches ? 404 : 403);
      assertThat(answer.statusCode()).isEqualTo(absent.statusCode());
      assertThat(answer.asString()).isEqualTo(absent.asString());
      assertThat(answer.contentType()).isEqualTo(absent.contentType());
    }
    if (!operation.startsWith("GET ")) {
      all.assertUntouched();
    }
  }

  private static String absent(String thing) {
    return thing.endsWith("/groups/") ? "nobodys" : UUID.randomUUID().toString();
  }

  private static Response call(RequestSpecification caller, String operation, String id) {
    String[] parts = operation.split(" ");
    String path = parts[1].replaceFirst("\\{[^}]+}", id).replace("{page}", "0");
    if (operation.equals("PATCH /api/v1/uploads/{id}")) {
      caller
          .header("Tus-Resumable", "1.0.0")
          .header("Upload-Offset", 0)
          .contentType("application/offset+octet-stream")
          .body(new byte[] {1});
    } else {
      caller.contentType(ContentType.JSON).body(BODIES.getOrDefault(operation, Map.of()));
    }
    return caller.request(parts[0], path);
  }

  /// One person's things of every kind, and three others of one role each.
  private record Things(
      Service.User owner,
      Map<String, Service.User> strangers,
      Map<String, String> ids,
      String answer) {

    static Things make(Path folder) throws IOException {
      Contributor owner = Contributor.to("Private papers");
      Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
      String document =
          Service.ready(
              owner.collection(), "safe.txt", "The safe in the north cellar opens with 4711.");
      String asked = UUID.randomUUID().toString();
      JsonPath answer =
          owner
              .request()
              .contentType(ContentType.JSON)
              .body(Map.of("question", "Which code opens the safe?", "compose", false, "id", asked))
              .post("/api/v1/ask")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      Service.Browser.signIn(owner.person().name(), Service.PASSWORD);
      Files.writeString(folder.resolve("note.txt"), "A note of the north cellar.");
      String export =
          officer
              .request()
              .queryParam("actor", owner.person().id())
              .get("/api/v1/audit/export")
              .header("X-Audit-Export");
      String hold =
          officer
              .request()
              .contentType(ContentType.JSON)
              .body(Map.of("account", owner.person().id(), "reason", "A test"))
              .post("/api/v1/audit/holds")
              .then()
              .statusCode(201)
              .extract()
              .path("id");
      officer.request().delete("/api/v1/audit/holds/" + hold).then().statusCode(200);
      return new Things(
          owner.person(),
          Map.of(
              "EMPLOYEE", Service.user(List.of("EMPLOYEE"), List.of()),
              "COMPLIANCE_OFFICER", Service.user(List.of("COMPLIANCE_OFFICER"), List.of()),
              "ADMINISTRATOR", Service.user(List.of("ADMINISTRATOR"), List.of())),
          Map.ofEntries(
              Map.entry("/api/v1/documents/", document),
              Map.entry("/api/v1/conversations/", answer.getString("conversation")),
              Map.entry("/api/v1/answers/", asked),
              Map.entry("/api/v1/uploads/", upload(owner)),
              Map.entry("/api/v1/me/tokens/", first(owner.person(), "/api/v1/me/tokens")),
              Map.entry("/api/v1/me/sessions/", first(owner.person(), "/api/v1/me/sessions")),
              Map.entry("/api/v1/collections/", owner.collection()),
              Map.entry("/api/v1/groups/", group(owner)),
              Map.entry("/api/v1/users/", owner.person().id()),
              Map.entry("/api/v1/ingests/", run(folder, group(owner))),
              Map.entry("/api/v1/audit/receipts/", answer.getString("audit.intent")),
              Map.entry("/api/v1/audit/events/", answer.getString("audit.intent")),
              Map.entry("/api/v1/audit/exports/", export),
              Map.entry("/api/v1/audit/holds/", hold),
              // No month is old enough here to be proposed.
              Map.entry("/api/v1/audit/prunings/", UUID.randomUUID().toString())),
          answer.getString("id"));
    }

    private static String first(Service.User person, String list) {
      return person.request().get(list).then().statusCode(200).extract().path("[0].id");
    }

    private static String group(Contributor owner) {
      return Service.operator()
          .get("/api/v1/users/" + owner.person().id())
          .then()
          .statusCode(200)
          .extract()
          .path("groups.find { it.startsWith('writers-') }");
    }

    private static String run(Path folder, String reader) {
      return Service.operator()
          .contentType(ContentType.JSON)
          .body(
              Map.of(
                  "path", folder.toString(),
                  "collection", "run of " + reader,
                  "readers", List.of(reader)))
          .post("/api/v1/ingests")
          .then()
          .statusCode(202)
          .extract()
          .path("id");
    }

    private static String upload(Contributor owner) {
      Base64.Encoder base64 = Base64.getEncoder();
      String location =
          owner
              .request()
              .header("Tus-Resumable", "1.0.0")
              .header("Upload-Length", 10)
              .header(
                  "Upload-Metadata",
                  "collection %s,filename %s"
                      .formatted(
                          base64.encodeToString(owner.collection().getBytes()),
                          base64.encodeToString("half.txt".getBytes())))
              .post("/api/v1/uploads")
              .then()
              .statusCode(201)
              .extract()
              .header("Location");
      return location.substring(location.lastIndexOf('/') + 1);
    }

    /// An answer goes by the id that its asker chose, but is rated by its own.
    String id(String operation, String thing) {
      if (operation.endsWith("/rating")) {
        return answer;
      }
      return Optional.ofNullable(ids.get(thing))
          .orElseThrow(() -> new AssertionError("A new route wants another's thing: " + thing));
    }

    void assertUntouched() {
      owner
          .request()
          .get("/api/v1/documents/" + ids.get("/api/v1/documents/"))
          .then()
          .statusCode(200);
      JsonPath conversation =
          owner
              .request()
              .get("/api/v1/conversations/" + ids.get("/api/v1/conversations/"))
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      assertThat(conversation.getString("title")).isNotEqualTo("Taken");
      assertThat(conversation.getString("turns[0].rating")).isNull();
      assertThat(
              owner
                  .request()
                  .head("/api/v1/uploads/" + ids.get("/api/v1/uploads/"))
                  .header("Upload-Offset"))
          .isEqualTo("0");
      for (String list : List.of("/api/v1/me/tokens", "/api/v1/me/sessions")) {
        assertThat(owner.request().get(list).jsonPath().getList("id", String.class))
            .contains(ids.get(list + "/"));
      }
    }
  }
}
