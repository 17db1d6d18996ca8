package dev.docent.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who guesses passwords waits longer and longer; who is signed in elsewhere can be signed out.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class SessionsTest {
  private static Response signIn(String name, String password) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("username", name, "password", password))
        .post("/api/v1/session");
  }

  /// As if the lock's time had passed.
  private static void waitOut(String name) throws SQLException {
    try (Connection database = Service.superuser();
        var update =
            database.prepareStatement(
                "UPDATE library.sign_in_failure SET locked_until = now()"
                    + " WHERE name_hash = sha256(convert_to(?, 'UTF8'))")) {
      update.setString(1, name);
      assertThat(update.executeUpdate()).isOne();
    }
  }

  @Test
  void eachLockIsTwiceAsLongUpToAQuarterOfAnHourAndARightPasswordEndsThem() throws SQLException {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    for (int i = 0; i < 4; i++) {
      signIn(user.name(), "wrong password").then().statusCode(401);
    }
    List<Integer> waits = new ArrayList<>();
    for (int lock = 0; lock < 7; lock++) {
      Response refused = signIn(user.name(), "wrong password");
      refused.then().statusCode(429).body("code", equalTo("too_many_attempts"));
      waits.add(Integer.parseInt(refused.header("Retry-After")));
      signIn(user.name(), Service.PASSWORD).then().statusCode(429);
      waitOut(user.name());
    }
    List<Integer> whole = List.of(30, 60, 120, 240, 480, 900, 900);
    for (int lock = 0; lock < whole.size(); lock++) {
      assertThat(waits.get(lock))
          .as("lock %d", lock)
          .isBetween(whole.get(lock) / 2 + 1, whole.get(lock));
    }
    signIn(user.name(), Service.PASSWORD).then().statusCode(200);
    signIn(user.name(), "wrong password").then().statusCode(401);
  }

  /// What a request says of a proxy is not believed: docent.public-url states it.
  @Test
  void theCookieIsSecureOnlyWhereTlsIsSeenOrStated() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Cookie cookie =
        given()
            .contentType(ContentType.JSON)
            .header("X-Forwarded-Proto", "https")
            .body(Map.of("username", user.name(), "password", Service.PASSWORD))
            .post("/api/v1/session")
            .getDetailedCookie(RequestGate.COOKIE);
    assertThat(cookie.isSecured()).isFalse();
    assertThat(cookie.isHttpOnly()).isTrue();
  }

  @Test
  void aSessionThatIsClosedElsewhereIsOverAtOnce() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.Browser laptop = Service.Browser.signIn(user.name(), Service.PASSWORD);
    Service.Browser phone = Service.Browser.signIn(user.name(), Service.PASSWORD);
    List<Map<String, Object>> sessions =
        laptop.request().get("/api/v1/me/sessions").then().statusCode(200).extract().path("");
    assertThat(sessions)
        .filteredOn(session -> Boolean.TRUE.equals(session.get("current")))
        .hasSize(1);
    String ofThePhone =
        phone
            .request()
            .get("/api/v1/me/sessions")
            .jsonPath()
            .getString("find { it.current == true }.id");

    Service.User stranger = Service.user(List.of("ADMINISTRATOR"), List.of());
    stranger.request().delete("/api/v1/me/sessions/" + ofThePhone).then().statusCode(404);
    phone.request().get("/api/v1/me").then().statusCode(200);

    laptop.request().delete("/api/v1/me/sessions/" + ofThePhone).then().statusCode(204);
    phone.request().get("/api/v1/me").then().statusCode(401);
    phone.request().get("/api/v1/documents").then().statusCode(401);
    laptop
        .request()
        .get("/api/v1/me/sessions")
        .then()
        .statusCode(200)
        .body("id", org.hamcrest.Matchers.not(hasItem(ofThePhone)));
    String record = Service.acts(user, "auth.signed_out").getFirst();
    Service.user(List.of("COMPLIANCE_OFFICER"), List.of())
        .request()
        .get("/api/v1/audit/events/" + record)
        .then()
        .statusCode(200)
        .body("record.data.cause", equalTo("revoked"));
  }

  @Test
  void anAdministratorSeesALockAndEndsIt() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.User administrator = Service.user(List.of("ADMINISTRATOR"), List.of());
    String account = "/api/v1/users/" + user.id();
    for (int i = 0; i < 5; i++) {
      signIn(user.name(), "wrong password");
    }
    signIn(user.name(), Service.PASSWORD).then().statusCode(429);
    administrator.request().get(account).then().body("lockedUntil", notNullValue());
    administrator
        .request()
        .get("/api/v1/users")
        .then()
        .body("find { it.id == '%s' }.lockedUntil".formatted(user.id()), notNullValue())
        .body("find { it.id == '%s' }.lockedUntil".formatted(administrator.id()), nullValue());

    user.request().delete(account + "/lock").then().statusCode(403);
    administrator.request().delete(account + "/lock").then().statusCode(204);
    administrator.request().get(account).then().body("lockedUntil", nullValue());
    signIn(user.name(), Service.PASSWORD).then().statusCode(200);
    assertThat(data(Service.acts(administrator, "account.changed").getFirst(), "changed"))
        .isEqualTo(List.of("signInLock"));

    // There is nothing to unlock any more, and nothing to be recorded.
    administrator.request().delete(account + "/lock").then().statusCode(204);
    assertThat(Service.acts(administrator, "account.changed")).hasSize(1);
    administrator
        .request()
        .delete("/api/v1/users/" + UUID.randomUUID() + "/lock")
        .then()
        .statusCode(404);
  }

  @Test
  void anAdministratorEndsTheSessionsOfAnotherWhoMaySignInAgain() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.User administrator = Service.user(List.of("ADMINISTRATOR"), List.of());
    Service.Browser laptop = Service.Browser.signIn(user.name(), Service.PASSWORD);
    Service.Browser phone = Service.Browser.signIn(user.name(), Service.PASSWORD);
    String sessions = "/api/v1/users/" + user.id() + "/sessions";

    user.request().delete(sessions).then().statusCode(403);
    administrator.request().delete(sessions).then().statusCode(204);
    laptop.request().get("/api/v1/me").then().statusCode(401);
    phone.request().get("/api/v1/me").then().statusCode(401);
    user.request().get("/api/v1/me").then().statusCode(200);
    signIn(user.name(), Service.PASSWORD).then().statusCode(200);
    // Also the one in which the first password was replaced.
    List<String> ended = Service.acts(administrator, "auth.signed_out");
    assertThat(ended).hasSize(3);
    assertThat(data(ended.getFirst(), "cause")).isEqualTo("revoked");
  }

  private static Object data(String record, String field) {
    return Service.operator()
        .get("/api/v1/audit/events/" + record)
        .then()
        .statusCode(200)
        .extract()
        .path("record.data." + field);
  }

  @Test
  void aNewPasswordEndsEverySessionButTheOneItWasSetIn() {
    Service.User user = Service.user(List.of("EMPLOYEE"), List.of());
    Service.Browser here = Service.Browser.signIn(user.name(), Service.PASSWORD);
    Service.Browser elsewhere = Service.Browser.signIn(user.name(), Service.PASSWORD);
    String replacement = "another password " + UUID.randomUUID();
    here.request()
        .contentType(ContentType.JSON)
        .body(Map.of("current", Service.PASSWORD, "replacement", replacement))
        .post("/api/v1/me/password")
        .then()
        .statusCode(204);
    elsewhere.request().get("/api/v1/me").then().statusCode(401);
    here.request().get("/api/v1/me/sessions").then().statusCode(200).body("", hasSize(1));
    signIn(user.name(), Service.PASSWORD).then().statusCode(401);
    signIn(user.name(), replacement).then().statusCode(200);
  }
}
