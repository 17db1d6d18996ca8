package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A compliance officer looks for what someone asked.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ComplianceJourneyTest {

  @Test
  void findsTheQuestionReadsItsRecordAndExportsIt() throws IOException {
    String group = "harbour-" + UUID.randomUUID();
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of(group));
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    String collection = Service.collection(group);
    Service.ready(collection, "pilots.txt", "Ships over ninety metres take a pilot.");
    JsonPath answer =
        anna.request()
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "question",
                    "Which ships take a pilot?",
                    "collections",
                    List.of(collection),
                    "compose",
                    false))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    try (Window window = Chromium.window()) {
      window.signIn(officer);
      window.link("Audit").click();
      window.field("Person").fill(anna.name());
      window.page().keyboard().press("Enter");
      window.field("Act").selectOption("question.answered");
      Locator rows = window.page().locator("table.records tbody tr");
      assertThat(rows).hasCount(1);
      assertThat(rows).containsText(anna.name());
      window.picture("journey-audit");

      rows.getByRole(AriaRole.LINK).first().click();
      Locator record = window.page().getByRole(AriaRole.MAIN);
      assertThat(record).containsText("was answered");
      assertThat(record).containsText("1 passage of 1 document.");
      assertThat(record).containsText(answer.getString("audit.outcome"));
      window.button("Check the proof").click();
      assertThat(record).containsText("The proof holds.");
      window.picture("journey-record");
      window.page().goBack();
      assertThat(rows).hasCount(1);

      assertThat(exported(window, "Export CSV"))
          .contains("question.answered", answer.getString("audit.outcome"))
          .doesNotContain("pilot");
      window.field("Act").selectOption("question.asked");
      assertThat(rows).hasCount(1);
      assertThat(exported(window, "Export JSON Lines"))
          .contains("question.asked", answer.getString("audit.intent"));
    }
  }

  private static String exported(Window window, String button) throws IOException {
    Download download =
        window
            .page()
            .waitForDownload(
                new Page.WaitForDownloadOptions(), () -> window.button(button).click());
    return Files.readString(download.path());
  }
}
