package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An employee brings a document and asks it.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class EmployeeJourneyTest {
  static final Path POLICY = Path.of("../samples/policies/information-security-policy.pdf");
  static final String QUESTION =
      "How quickly must critical patches be installed on servers reachable from the internet?";

  @Test
  void uploadsAsksAndSeesTheExactWordsOnThePage() throws IOException {
    Service.User anna = Contributor.to("Papers").person();
    try (Window window = Chromium.window()) {
      window.signIn(anna);
      upload(window, POLICY);

      window.link("Ask").click();
      ask(window, QUESTION);
      Locator quotation = window.region("In the document’s own words");
      assertThat(quotation).containsText("48 hours");
      answered(window, 1);
      window.picture("journey-answer");

      String quoted = quotation.locator("blockquote").first().innerText();
      quotation.getByRole(AriaRole.LINK).first().click();
      assertThat(window.page().locator(".mark.current").first()).isVisible();
      assertThat(window.page().locator(".drawn-page canvas").first()).isVisible();
      window.picture("journey-reader");
      assertThat(MarkedWords.characters(MarkedWords.on(window.page(), POLICY)))
          .isEqualTo(MarkedWords.characters(quoted));

      window.page().keyboard().press("Escape");
      assertThat(window.page().locator(".mark")).hasCount(0);
      ask(window, "And how is that on other servers?");
      answered(window, 2);
      assertThat(window.page().getByRole(AriaRole.ARTICLE)).hasCount(2);
      window.button("Yes").first().click();
      window.button("No").last().click();
      window.button("Something is missing").click();
      assertThat(pressed(window, "Something is missing")).isVisible();
      // The same address shows the same conversation again, with what was said of its answers.
      window.page().reload();
      assertThat(window.page().getByText("Receipt")).hasCount(2);
      assertThat(pressed(window, "Yes")).hasCount(1);
      assertThat(pressed(window, "No")).hasCount(1);
      assertThat(pressed(window, "Something is missing")).hasCount(1);
      assertThat(Service.acts(anna, "question.rated")).hasSize(3);

      changesTheLastQuestion(window);
      assertThat(Service.acts(anna, "question.asked")).hasSize(3);

      window.page().getByText("Receipt").first().click();
      window.button("Check the proof").first().click();
      assertThat(window.page().getByText("The proof holds.")).isVisible();
      Download proof =
          window.page().waitForDownload(() -> window.button("Download the proof").first().click());
      assertThat(Files.readString(proof.path())).contains("question.asked", "question.answered");
    }
  }

  private static void changesTheLastQuestion(Window window) {
    window.button("Edit").last().click();
    window.field("Your question").fill("And on all other servers?");
    assertThat(window.page().getByText("Receipt")).hasCount(2);
    window.page().keyboard().press("Enter");
    assertThat(pressed(window, "No")).hasCount(0);
    answered(window, 2);
    window.page().reload();
    assertThat(window.page().getByText("Receipt")).hasCount(2);
    assertThat(window.page().getByRole(AriaRole.HEADING).getByText("And on all other servers?"))
        .isVisible();
    assertThat(window.page().getByText("And how is that on other servers?")).hasCount(0);
  }

  @Test
  void isDoneByTheKeyboardAlone() {
    Service.User dora = Contributor.to("Papers").person();
    try (Window window = Chromium.window()) {
      Keyboard keys = window.page().keyboard();
      // From the start: whoever begins to listen as the key is pressed may be too late.
      window.page().onFileChooser(chooser -> chooser.setFiles(POLICY));
      window.open("/");
      assertThat(window.field("User name")).isFocused();
      keys.type(dora.name());
      keys.press("Tab");
      keys.type(Service.PASSWORD);
      keys.press("Enter");
      assertThat(window.field("Your question")).isFocused();

      window.tabTo("Library");
      keys.press("Enter");
      // What other tests let everyone read may be there as well.
      assertThat(window.button("Add documents")).isVisible();
      window.tabTo("Add documents");
      keys.press("Enter");
      assertThat(window.dialog()).isVisible();
      window.tabTo("Add");
      keys.press("Enter");
      assertThat(window.region("Uploads").getByText("Ready")).isVisible();

      window.tabTo("Ask");
      keys.press("Enter");
      assertThat(window.field("Your question")).isFocused();
      keys.type(QUESTION);
      keys.press("Enter");
      assertThat(window.region("In the document’s own words")).containsText("48 hours");
      answered(window, 1);
      window.tabTo("Open Information Security Policy at these words");
      keys.press("Enter");
      assertThat(window.page().locator(".mark.current").first()).isVisible();
      keys.press("Escape");
      assertThat(window.page().locator(".mark")).hasCount(0);
      // Esc leads back to where the reader was opened.
      assertThat(window.link("Open Information Security Policy at these words").first())
          .isFocused();
    }
  }

  @Test
  @Tag("model")
  void stopsAnAnswerThatIsBeingWritten() {
    assumeTrue(Service.hasModel(), "no chat model in the cache: ./docent models fetch");
    String readers = "readers-" + UUID.randomUUID();
    Service.User ben = Service.user(List.of("EMPLOYEE"), List.of(readers));
    Service.ready(
        Service.collection(readers),
        "ferry.txt",
        "The ferry to Ostholm leaves at nine, at noon and at six. ".repeat(12));
    try (Window window = Chromium.window()) {
      window.signIn(ben);
      ask(window, "When does the ferry to Ostholm leave?");
      assertThat(window.region("In the document’s own words")).containsText("Ostholm");
      // A duplicated tab has the session storage of the first, and takes up the same answer.
      Page other =
          window.context().waitForPage(() -> window.page().evaluate("() => { open('/'); }"));
      assertThat(other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop")))
          .isVisible();
      window.button("Stop").click();
      assertThat(window.page().getByText("Stopped.").last()).isVisible();
      assertThat(other.getByText("Stopped.").last()).isVisible();
      assertThat(other.getByRole(AriaRole.ALERT)).hasCount(0);
      other.close();
      Service.await(
          "the end is on record", () -> Service.acts(ben, "question.cancelled").size() == 1);
      assertThat(
              Service.operator()
                  .get("/api/v1/audit/events/" + Service.acts(ben, "question.cancelled").getFirst())
                  .jsonPath()
                  .getString("record.data.cause"))
          .isEqualTo("requested");
      // The next question is answered as if nothing had been.
      window.button("Ask again").click();
      assertThat(window.region("In the document’s own words")).containsText("Ostholm");
      answered(window, 1);
    }
  }

  @Test
  @Tag("model")
  void anAnswerGoesOnOverAReload() {
    assumeTrue(Service.hasModel(), "no chat model in the cache: ./docent models fetch");
    String readers = "readers-" + UUID.randomUUID();
    Service.User cleo = Service.user(List.of("EMPLOYEE"), List.of(readers));
    Service.ready(
        Service.collection(readers),
        "ferry.txt",
        "The ferry to Ostholm leaves at nine, at noon and at six. ".repeat(12));
    try (Window window = Chromium.window()) {
      window.signIn(cleo);
      ask(window, "When does the ferry to Ostholm leave?");
      assertThat(window.region("In the document’s own words")).containsText("Ostholm");
      window.page().reload();
      assertThat(window.region("In the document’s own words")).containsText("Ostholm");
      answered(window, 1);
      assertThat(window.page().getByRole(AriaRole.ARTICLE)).hasCount(1);
      window.page().reload();
      answered(window, 1);
      assertThat(window.page().getByRole(AriaRole.ARTICLE)).hasCount(1);
      assertThat(Service.acts(cleo, "question.asked")).hasSize(1);
    }
  }

  private static Locator pressed(Window window, String button) {
    return window
        .page()
        .getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName(button).setExact(true).setPressed(true));
  }

  static void upload(Window window, Path file) {
    window.link("Library").click();
    window.page().locator("input[type=file][multiple]").setInputFiles(file);
    window.button("Add").click();
    assertThat(window.region("Uploads").getByText("Ready")).isVisible();
  }

  /// Waits for answers to be complete, as long as the model takes on a machine that does much else.
  static void answered(Window window, int answers) {
    assertThat(window.page().getByText("Receipt"))
        .hasCount(answers, new LocatorAssertions.HasCountOptions().setTimeout(600_000));
  }

  static void ask(Window window, String question) {
    window.field("Your question").fill(question);
    window.page().keyboard().press("Enter");
    assertThat(
            window
                .page()
                .getByRole(
                    AriaRole.HEADING, new Page.GetByRoleOptions().setName(question).setExact(true))
                .last())
        .isVisible();
  }
}
