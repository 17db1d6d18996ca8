package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An answer of long sentences as it is read: on a laptop's first screen, and at its source on a
/// phone.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ReadingAnswersTest {
  // What composed words need to be seen to begin: that they are checked, and a line.
  private static final double BEGINNING = 72;
  private static final double LEGIBLE_LINE = 12;

  private static final String IS_PAINTED_WITHIN_ITS_LINE =
      """
      (mark) => {
        const { top, bottom } = getComputedStyle(mark, '::before');
        return getComputedStyle(mark).boxShadow === 'none'
            && parseFloat(top) >= 1 && parseFloat(bottom) === 0;
      }
      """;

  private static final String FILLING =
      " The section goes on about estimates and judgements of the management which affect the"
          + " amounts that are reported here. They are based on experience and on other assumptions"
          + " that were believed to be reasonable under the circumstances.";

  private record Asked(Service.User person, JsonPath answer) {
    static Asked of(Contributor asking, String question) {
      return new Asked(
          asking.person(),
          asking
              .request()
              .contentType(ContentType.JSON)
              .body(
                  Map.of(
                      "question",
                      question,
                      "compose",
                      false,
                      "collections",
                      List.of(asking.collection())))
              .post("/api/v1/ask")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath());
    }

    void open(Window window) {
      window.signIn(person);
      window.open("/c/" + answer.getString("conversation"));
    }
  }

  @Test
  void threeLongQuotationsLeaveTheFirstScreenToWhatIsComposedOfThem() {
    Contributor analyst = Contributor.to("Filings");
    for (String segment : List.of("domestic", "international", "online")) {
      String text =
          "<title>Annual report to the commission</title><p>The revenue of the %s segment decreased in"
                  .formatted(segment)
              + " the second quarter of fiscal 2024, driven primarily by computing, home theater and"
              + " mobile phones, which was partially offset by growth in gaming."
              + FILLING
              + "</p>";
      Service.bring(
          analyst.collection(),
          "filings/ACME_2024Q2_10Q_%s.html".formatted(segment),
          text.getBytes(UTF_8),
          "READY");
    }
    Asked asked = Asked.of(analyst, "What drove the decrease of revenue in the second quarter?");
    List<String> quoted = asked.answer().getList("quotations.text");
    assertThat(quoted).hasSize(3).allMatch(text -> text.length() > 300);
    try (Window window = Chromium.window()) {
      asked.open(window);
      Locator card = window.region("In the document’s own words");
      assertThat(card).containsText("driven primarily by computing");
      window.look("answer-long-quotations", "target-size");
      BoundingBox quotations = card.boundingBox();
      BoundingBox dock = window.page().locator(".dock").boundingBox();
      assertThat(quotations.y + quotations.height + BEGINNING).isLessThan(dock.y);

      // Its shadow does not shine through beside the field either.
      assertThat(dock.x).isLessThan(quotations.x - 24);
      assertThat(dock.x + dock.width).isGreaterThan(quotations.x + quotations.width + 24);

      Locator figure = card.getByRole(AriaRole.FIGURE).first();
      assertThat(figure.getByText("ACME_2024Q2_10Q_")).isVisible();
      assertThat(figure).not().containsText("believed to be reasonable");
      window.tabTo("Show all");
      window.page().keyboard().press("Enter");
      assertThat(figure.locator("blockquote")).hasText(quoted.getFirst());
      assertThat(window.button("Show less")).isFocused();
    }
  }

  @Test
  void onAPhoneTheSourceOpensLargeEnoughToBeRead() throws IOException {
    Contributor employee = Contributor.to("Policies");
    byte[] policy = Files.readAllBytes(EmployeeJourneyTest.POLICY);
    Service.bring(employee.collection(), "policy.pdf", policy, "READY");
    Asked asked = Asked.of(employee, "How many characters must a password have?");
    try (Window window = Chromium.window(390, ColorScheme.LIGHT)) {
      asked.open(window);
      window.region("In the document’s own words").getByRole(AriaRole.LINK).first().click();
      Locator mark = window.page().locator(".mark.current").first();
      assertThat(mark).isInViewport();
      window.look("reader-phone", "target-size");
      BoundingBox line = mark.boundingBox();
      assertThat(line.height).isGreaterThan(LEGIBLE_LINE);
      assertThat(line.x).isBetween(0.0, 390.0 / 2);
      // Lines may stand so close that their marks would be one otherwise.
      assertThat(mark.evaluate(IS_PAINTED_WITHIN_ITS_LINE)).isEqualTo(true);
      window.button("Smaller").click();
      assertThat(mark).isInViewport();
      assertThat(mark.boundingBox().height).isLessThan(line.height);
    }
  }
}
