package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A person goes back to what was asked before, at a desk and on a phone.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ConversationsJourneyTest {
  private static final String WELL = "How deep is the well of Tarn?";
  private static final String TOWER = "How high is the tower of Tarn?";

  /// @return the conversation
  private static String ask(Service.User person, String question) {
    return Service.ask(person.request(), question).getString("conversation");
  }

  @Test
  void findsRenamesAndDeletesAConversation() {
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of());
    String well = ask(anna, WELL);
    anna.request()
        .contentType(ContentType.JSON)
        .body(Map.of("question", "Who cleaned it last?", "compose", false, "conversation", well))
        .post("/api/v1/ask")
        .then()
        .statusCode(200);
    ask(anna, TOWER);
    try (Window window = Chromium.window()) {
      window.signIn(anna);
      Locator list = window.region("Conversations");
      assertThat(list.getByRole(AriaRole.LINK)).hasCount(2);

      // By the words of a question that is not in the title.
      window.field("Search conversations").fill("cleaned");
      assertThat(list.getByRole(AriaRole.LINK)).hasCount(1);
      assertThat(list.getByRole(AriaRole.STATUS)).hasText("1 conversation");
      window.link(WELL).click();
      assertThat(window.heading("Who cleaned it last?")).isVisible();
      assertThat(window.page()).hasTitle(WELL + " · Docent");
      assertThat(window.page().locator("#main")).isFocused();
      window.field("Search conversations").fill("no such words");
      assertThat(list.getByText("No conversation matches.")).isVisible();
      window.look("conversations-none");
      window.field("Search conversations").fill("");
      assertThat(list.getByRole(AriaRole.LINK)).hasCount(2);

      window.button("Rename or delete “%s”".formatted(WELL)).click();
      window.field("New name").fill("The well");
      window.button("Save").click();
      assertThat(window.dialog()).isHidden();
      assertThat(window.link("The well")).isVisible();
      assertThat(window.page()).hasTitle("The well · Docent");

      window.button("Rename or delete “The well”").click();
      window.dialog().getByText("Delete").click();
      assertThat(window.dialog()).containsText("The audit record of them stays.");
      window.look("conversation-delete");
      window.dialog().getByText("Cancel").click();
      assertThat(window.link("The well")).isVisible();
      window.button("Rename or delete “The well”").click();
      window.dialog().getByText("Delete").click();
      assertThat(window.dialog()).containsText("Delete “The well”?");
      window.dialog().getByText("Delete").last().click();
      assertThat(window.dialog()).isHidden();
      assertThat(list.getByRole(AriaRole.LINK)).hasCount(1);
      // The one that was open is gone, and with it its address.
      assertThat(window.heading("Who cleaned it last?")).isHidden();
      assertThat(window.page()).hasURL(Pattern.compile("/$"));
      anna.request().get("/api/v1/conversations/" + well).then().statusCode(404);
      assertThat(Service.acts(anna, "conversation.touched")).isNotEmpty();
    }
  }

  @Test
  void theWindowIsNamedAfterItsScreenAndTheFocusGoesWithIt() {
    Service.User cleo = Service.user(List.of("EMPLOYEE"), List.of());
    try (Window window = Chromium.window()) {
      window.open("/");
      assertThat(window.page()).hasTitle("Sign in · Docent");
      window.signIn(cleo);
      assertThat(window.page()).hasTitle("Ask · Docent");
      assertThat(window.field("Your question")).isFocused();
      window.link("Library").click();
      assertThat(window.heading("Library")).isFocused();
      assertThat(window.page()).hasTitle("Library · Docent");
      window.link("Ask").click();
      assertThat(window.field("Your question")).isFocused();
      EmployeeJourneyTest.ask(window, WELL);
      EmployeeJourneyTest.answered(window, 1);
      assertThat(window.page()).hasTitle(WELL + " · Docent");
      assertThat(window.field("Your question")).isFocused();
      window.button("New question").click();
      assertThat(window.field("Your question")).isFocused();
      assertThat(window.page()).hasTitle("Ask · Docent");
    }
  }

  @Test
  void isReachedOnAPhoneByTheKeyboardToo() {
    // The bar is at its fullest.
    Service.User ben =
        Service.user(List.of("EMPLOYEE", "COMPLIANCE_OFFICER", "ADMINISTRATOR"), List.of());
    ask(ben, WELL);
    ask(ben, TOWER);
    try (Window window = Chromium.window(390, ColorScheme.LIGHT)) {
      window.signIn(ben);
      assertThat(window.region("Conversations")).isHidden();
      window.tabTo("Conversations");
      Keyboard keys = window.page().keyboard();
      keys.press("Enter");
      assertThat(window.dialog().getByRole(AriaRole.LINK)).hasCount(2);
      window.look("conversations");
      keys.press("Escape");
      assertThat(window.dialog()).isHidden();
      assertThat(window.button("Conversations")).isFocused();

      keys.press("Enter");
      window.tabTo("Rename or delete “%s”".formatted(TOWER));
      keys.press("Enter");
      assertThat(window.field("New name")).isVisible();
      window.look("conversation-rename");
      keys.press("Escape");
      assertThat(window.field("New name")).isHidden();
      window.tabTo(WELL);
      keys.press("Enter");
      assertThat(window.dialog()).isHidden();
      assertThat(window.heading(WELL)).isVisible();
      assertThat(window.page().locator("#main")).isFocused();
    }
  }
}
