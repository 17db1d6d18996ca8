package dev.docent.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who gets through to what.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AccessTest {

  private static Response call(RequestSpecification caller, RoutesTest.Known route) {
    String[] operation = route.operation().split(" ");
    String path = operation[1].replaceAll("\\{[a-z]+(:[^}]+)?}", UUID.randomUUID().toString());
    return caller.contentType(ContentType.JSON).body("{}").request(operation[0], path);
  }

  @Test
  void withoutCredentialsEveryRouteButSigningInIs401() {
    for (RoutesTest.Known route : RoutesTest.all()) {
      if (route.rule().orElseThrow().may() != Route.Who.ANYONE) {
        assertThat(call(given(), route).statusCode()).as(route.operation()).isEqualTo(401);
        assertThat(call(Service.as("docent_wrong"), route).statusCode())
            .as(route.operation())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void eachRoleGetsThroughToItsRoutesAndToNoOthers() {
    Service.User employee = Service.user(List.of("EMPLOYEE"), List.of());
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    Service.User administrator = Service.user(List.of("ADMINISTRATOR"), List.of());
    for (RoutesTest.Known route : RoutesTest.all()) {
      Route.Who who = route.rule().orElseThrow().may();
      if (who == Route.Who.ANYONE || route.operation().contains("/events")) {
        continue;
      }
      allows(employee, route, who == Route.Who.SIGNED_IN);
      allows(officer, route, who == Route.Who.SIGNED_IN || who == Route.Who.COMPLIANCE_OFFICER);
      allows(administrator, route, who == Route.Who.SIGNED_IN || who == Route.Who.ADMINISTRATOR);
    }
  }

  private static void allows(Service.User user, RoutesTest.Known route, boolean allowed) {
    int status = call(user.request(), route).statusCode();
    if (allowed) {
      assertThat(status).as(route.operation()).isNotIn(401, 403).isLessThan(500);
    } else {
      assertThat(status).as(route.operation()).isEqualTo(403);
    }
  }

  @Test
  void anothersDocumentIsAsIfItWereNotThere() {
    Service.User clinic = Service.user(List.of("EMPLOYEE"), List.of("clinic"));
    Service.User other = Service.user(List.of("EMPLOYEE"), List.of("hr"));
    String collection = Service.collection("clinic");
    String document =
        Service.ready(collection, "bed.txt", "Ward seven of the Alder clinic has nineteen beds.");

    for (String part : List.of("", "/content", "/text")) {
      clinic.request().get("/api/v1/documents/" + document + part).then().statusCode(200);
      String hidden =
          other
              .request()
              .get("/api/v1/documents/" + document + part)
              .then()
              .statusCode(404)
              .extract()
              .asString();
      String absent =
          other
              .request()
              .get("/api/v1/documents/" + UUID.randomUUID() + part)
              .then()
              .statusCode(404)
              .extract()
              .asString();
      assertThat(hidden).isEqualTo(absent);
    }
    assertThat(Service.found(clinic.request(), "beds in ward seven", collection))
        .contains(document);
    assertThat(Service.found(other.request(), "beds in ward seven", collection)).isEmpty();
    other
        .request()
        .get("/api/v1/collections")
        .then()
        .body("find { it.id == '%s' }".formatted(collection), equalTo(null));

    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("readers", List.of("hr")))
        .put("/api/v1/documents/" + document + "/readers")
        .then()
        .statusCode(200);
    assertThat(Service.found(clinic.request(), "beds in ward seven", collection)).isEmpty();
    assertThat(Service.found(other.request(), "beds in ward seven", collection)).contains(document);
  }

  @Test
  void aDisabledAccountIsOutAtOnce() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.Browser browser = Service.Browser.signIn(user.name(), Service.PASSWORD);
    user.request().get("/api/v1/me").then().statusCode(200);

    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("disabled", true))
        .patch("/api/v1/users/" + user.id())
        .then()
        .statusCode(200)
        .body("groups", equalTo(List.of()));

    user.request().get("/api/v1/me").then().statusCode(401);
    browser.request().get("/api/v1/me").then().statusCode(401);
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("username", user.name(), "password", Service.PASSWORD))
        .post("/api/v1/session")
        .then()
        .statusCode(401);
  }

  @Test
  void aBrowsersChangeNeedsItsToken() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.Browser browser = Service.Browser.signIn(user.name(), Service.PASSWORD);
    given()
        .cookie(RequestGate.COOKIE, browser.cookie())
        .contentType(ContentType.JSON)
        .body(Map.of("name", "forged"))
        .post("/api/v1/me/tokens")
        .then()
        .statusCode(403)
        .body("code", equalTo("forged_request"));
    given()
        .cookie(RequestGate.COOKIE, browser.cookie())
        .contentType("application/x-www-form-urlencoded")
        .body("name=forged")
        .post("/api/v1/me/tokens")
        .then()
        .statusCode(403);
    browser.request().delete("/api/v1/session").then().statusCode(204);
    browser.request().get("/api/v1/me").then().statusCode(401);
  }

  @Test
  void theCookieIsOutOfReachOfScriptsAndOtherSites() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    String cookie =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("username", user.name(), "password", Service.PASSWORD))
            .post("/api/v1/session")
            .header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Domain");
  }

  @Test
  void aNameIsLockedAfterFiveFailuresWhetherItExistsOrNot() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    for (String name : List.of(user.name(), "nobody-" + UUID.randomUUID())) {
      for (int i = 1; i <= 4; i++) {
        attempt(name, "wrong password").then().statusCode(401);
      }
      Response fifth = attempt(name, "wrong password");
      fifth.then().statusCode(429);
      assertThat(Integer.parseInt(fifth.header("Retry-After"))).isBetween(1, 30);
      attempt(name, Service.PASSWORD).then().statusCode(429);
    }
  }

  private static Response attempt(String name, String password) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("username", name, "password", password))
        .post("/api/v1/session");
  }

  @Test
  void anUnknownNameTakesAsLongAsAWrongPassword() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    long known = 0;
    long unknown = 0;
    for (int i = 0; i < 4; i++) {
      known += attempt(user.name(), "wrong password").time();
      unknown += attempt("nobody-" + UUID.randomUUID(), "wrong password").time();
    }
    assertThat((double) known / unknown).isBetween(0.4, 2.5);
  }

  @Test
  void aNewAccountMustChooseItsOwnPasswordFirst() {
    String name = "new-" + UUID.randomUUID();
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("username", name, "password", Service.PASSWORD))
        .post("/api/v1/users")
        .then()
        .statusCode(201);
    Service.Browser browser = Service.Browser.signIn(name, Service.PASSWORD);
    browser.request().get("/api/v1/me").then().body("mustChangePassword", equalTo(true));
    browser
        .request()
        .get("/api/v1/collections")
        .then()
        .statusCode(403)
        .body("code", equalTo("password_change_required"));
  }

  @Test
  void denialsAreOnRecord() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    user.request().get("/api/v1/users").then().statusCode(403);
    Service.operator()
        .queryParam("actor", user.id())
        .queryParam("act", "access.denied")
        .get("/api/v1/audit/events")
        .then()
        .body("items[0].record.data.operation", equalTo("GET /api/v1/users"))
        .body("items[0].person.account", equalTo(user.id()));
  }
}
