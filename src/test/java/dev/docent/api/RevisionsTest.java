package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whoever may read a document sees what it has been.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class RevisionsTest {
  private final String group = "historians-" + UUID.randomUUID();

  private Service.User reader() {
    return Service.user(List.of("EMPLOYEE"), List.of(group));
  }

  private String revised() {
    String papers = Service.collection(group);
    Service.ready(papers, "tides.txt", "High water at nine.");
    return Service.ready(papers, "tides.txt", "High water at half past nine.");
  }

  private static String route(String document) {
    return "/api/v1/documents/" + document + "/revisions";
  }

  @Test
  void theyAreToldNewestFirstAndThatIsOnRecord() {
    Service.User reader = reader();
    String document = revised();
    int before = Service.acts(reader, "library.listed").size();

    JsonPath revisions =
        reader.request().get(route(document)).then().statusCode(200).extract().jsonPath();

    assertThat(revisions.getList("number")).isEqualTo(List.of(2, 1));
    assertThat(revisions.getList("bytes")).isEqualTo(List.of(29, 19));
    assertThat(revisions.getString("[0].sha256"))
        .isEqualTo(
            reader.request().get("/api/v1/documents/" + document).jsonPath().getString("revision"))
        .isNotEqualTo(revisions.getString("[1].sha256"));
    assertThat(revisions.getString("[0].acceptedAt"))
        .isGreaterThan(revisions.getString("[1].acceptedAt"));
    assertThat(Service.acts(reader, "library.listed")).hasSizeGreaterThanOrEqualTo(before + 2);
  }

  @Test
  void whoMayNotReadTheDocumentIsToldNothing() {
    reader();
    Service.User stranger = Service.user(List.of("EMPLOYEE"), List.of());
    stranger.request().get(route(revised())).then().statusCode(404);
    assertThat(Service.acts(stranger, "access.denied")).hasSize(1);
  }

  @Test
  void theDocumentsPageShowsThem() {
    Service.User reader = reader();
    String document = revised();
    try (Window window = Chromium.window()) {
      window.signIn(reader);
      window.open("/library/" + document);
      window.page().getByText("Revisions").click();
      assertThat(window.page().getByText("Revision 2")).isVisible();
      assertThat(window.page().getByText("29 byte")).hasCount(2);
      assertThat(window.page().getByText("19 byte")).isVisible();
      window.look("document-revisions");
    }
  }
}
