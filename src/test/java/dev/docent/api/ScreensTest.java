package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every screen, as it looks and by the rules of accessibility, at two widths and in both themes.
/// The pictures lie in `target/pictures`, to be looked at.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ScreensTest {
  private static final Path SAMPLES = Path.of("../samples");
  private static final String GROUP = "screens";
  private static final String SCANNED =
      "What do we pay Norvane for one hundred H-310 housings since the addendum of March 2025?";
  private static @Nullable Shown shown;

  /// What there is to be seen, made once.
  private record Shown(
      Service.User person, String policy, String rejected, String answer, String refusal) {}

  private static Shown shown() throws IOException {
    Shown made = shown;
    if (made == null) {
      made = make();
      shown = made;
    }
    return made;
  }

  private static Shown make() throws IOException {
    Service.User person =
        Service.user(
            "Anna Kovac",
            List.of("EMPLOYEE", "COMPLIANCE_OFFICER", "ADMINISTRATOR"),
            List.of(GROUP));
    String collection = Service.collection("Larkmoor intranet", List.of(GROUP), List.of());
    String policy = bring(collection, "policies/information-security-policy.pdf");
    bring(collection, "policies/incident-response-runbook.md");
    bring(collection, "policies/travel-rates-2025.pdf");
    bring(collection, "handbook/canteen.html");
    bring(collection, "prices/price-list-2025.xlsx");
    String rejected =
        Service.settled(Service.upload(collection, "notes/empty.txt", " "), "REJECTED");
    return new Shown(
        person,
        policy,
        rejected,
        ask(person, EmployeeJourneyTest.QUESTION, collection),
        ask(person, "Who won the football match last Friday?", collection));
  }

  private static String bring(String collection, String path) throws IOException {
    return bring(collection, path, "READY");
  }

  private static String bring(String collection, String path, String... ends) throws IOException {
    return Service.bring(collection, path, Files.readAllBytes(SAMPLES.resolve(path)), ends);
  }

  /// @return the conversation
  private static String ask(Service.User person, String question, String collection) {
    JsonPath answer =
        person
            .request()
            .contentType(ContentType.JSON)
            .body(Map.of("question", question, "collections", List.of(collection)))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    return answer.getString("conversation");
  }

  @ParameterizedTest(name = "{0} pixels wide, {1}")
  @CsvSource({"1440, LIGHT", "1440, DARK", "390, LIGHT", "390, DARK"})
  void areAsTheyShouldBe(int width, ColorScheme colours) throws IOException {
    Shown shown = shown();
    try (Window window = Chromium.window(width, colours)) {
      window.open("/");
      window.field("User name").waitFor();
      window.look("sign-in");
      window.signIn(shown.person());

      asking(window, shown);
      library(window, shown);
      people(window, shown.person());
      record(window);
      window.open("/account");
      window.heading("Where you are signed in").waitFor();
      window.page().getByText("Chrome, Linux").first().waitFor();
      window.look("account");
      window.open("/nowhere");
      window.page().getByText("There is nothing at this address.").waitFor();
      window.look("nowhere");
    }
  }

  private static void asking(Window window, Shown shown) {
    window.open("/");
    window.page().getByRole(AriaRole.GROUP).waitFor();
    window.look("ask");
    window.open("/?only=" + shown.policy());
    window.button("Search elsewhere than in Information Security Policy too").waitFor();
    window.look("ask-one-document");
    window.open("/c/" + shown.refusal());
    window.heading("Your documents do not say").waitFor();
    window.button("Copy a message to them").waitFor();
    window.look("refused");
    window.open("/c/" + shown.answer());
    Locator quotation = window.region("In the document’s own words");
    quotation.waitFor();
    window.picture("answer");
    window.button("No").click();
    window.button("Something is missing").click();
    window.page().getByText("Your rating is on record").waitFor();
    window.page().getByText("Receipt").click();
    window.look("receipt");
    quotation.getByRole(AriaRole.LINK).first().click();
    window.page().locator(".mark.current").first().waitFor();
    assertThat(window.page().locator(".textLayer").first()).not().isEmpty();
    // A source that is half under the field is scrolled out of there; it is no small target.
    window.look("reader", "target-size");
    assertThat(choicesCutOff(window, ".scope")).isEmpty();
    window.button("Show its text").click();
    window.page().locator("mark.current").first().waitFor();
    window.look("reader-text", "target-size");
  }

  /// Whatever part of a row of choices is drawn beyond its edge.
  private static List<?> choicesCutOff(Window window, String row) {
    return (List<?>)
        window
            .page()
            .locator(row)
            .evaluate(
                """
                (row) => [...row.querySelectorAll('select, button, input')]
                  .filter((one) => one.getBoundingClientRect().right
                    > row.getBoundingClientRect().right)
                  .map((one) => one.ariaLabel ?? one.textContent)
                """);
  }

  private static void library(Window window, Shown shown) {
    window.open("/library");
    window
        .link("canteen.html")
        .or(window.page().getByText("handbook/canteen.html"))
        .first()
        .waitFor();
    window.look("library");
    assertThat(choicesCutOff(window, ".filters")).isEmpty();
    window.open("/library?q=nothing+is+called+so");
    window.page().getByText("No document matches").waitFor();
    window.look("library-filtered");
    window.open("/library");
    window
        .page()
        .locator("input[type=file][multiple]")
        .setInputFiles(SAMPLES.resolve("policies/visitor-rules.txt"));
    window.dialog().waitFor();
    window.look("upload");
    window.button("Cancel").click();
    window.button("Who may read a folder").click();
    window.dialog().getByLabel("Collection").selectOption("Larkmoor intranet");
    window.dialog().getByLabel(GROUP).waitFor();
    window.look("folder");
    window.open("/library/" + shown.policy());
    assertThat(window.page().locator(".textLayer").first()).not().isEmpty();
    window.look("document");
    window.button("Delete").click();
    window.dialog().waitFor();
    window.look("document-delete");
    window.open("/library/" + shown.rejected());
    window.page().getByText("empty").first().waitFor();
    window.look("document-rejected");
  }

  private static void people(Window window, Service.User person) {
    window.open("/people");
    Locator change =
        window
            .page()
            .getByRole(AriaRole.ROW)
            .filter(new Locator.FilterOptions().setHasText(person.name()))
            .getByLabel("Change Anna Kovac");
    change.waitFor();
    window.look("people");
    change.click();
    window.dialog().getByLabel(GROUP).waitFor();
    window.look("person");
    window.open("/people?tab=groups");
    window.page().getByText(GROUP).first().waitFor();
    window.look("groups");
    window.open("/people?tab=collections");
    window.button("Add a collection").click();
    window.dialog().getByLabel(GROUP).first().waitFor();
    window.look("collection");
  }

  private static void record(Window window) {
    window.open("/audit?act=question.answered");
    Locator rows = window.page().locator("table.records tbody tr");
    rows.first().waitFor();
    window.look("audit");
    rows.first().getByRole(AriaRole.LINK).first().click();
    window.button("Check the proof").click();
    window.page().getByText("The proof holds.").waitFor();
    window.look("record");
    window.open("/audit/retention");
    window.button("Place a legal hold").waitFor();
    window.region("Old records").locator("li, p:nth-of-type(2)").first().waitFor();
    window.look("retention");
  }

  @Test
  void aScanShowsItsPictureWithTheWordsMarked() throws IOException {
    String group = "scans-" + UUID.randomUUID();
    Service.User person = Service.user(List.of("EMPLOYEE"), List.of(group));
    String collection = Service.collection(group);
    String scan = bring(collection, "contracts/addendum-norvane-signed.pdf", "READY", "REJECTED");
    assumeTrue(
        "READY".equals(Service.operator().get("/api/v1/documents/" + scan).path("state")),
        "no Tesseract to read a scan with: install it (Debian: apt install tesseract-ocr)");
    String conversation = ask(person, SCANNED, collection);
    for (int width : List.of(1440, 390)) {
      try (Window window = Chromium.window(width, ColorScheme.LIGHT)) {
        window.signIn(person);
        window.open("/c/" + conversation);
        Locator quotation = window.region("In the document’s own words");
        assertThat(quotation).containsText("1,238.00");
        quotation.getByRole(AriaRole.LINK).first().click();
        Locator mark = window.page().locator(".mark.current").first();
        assertThat(mark).isVisible();
        assertThat(window.page().locator(".drawn-page canvas").first()).isVisible();
        window.look("reader-scan", "target-size");
      }
    }
  }

  /// PNG as most scanners write it, and TIFF, which no browser draws.
  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void anImageFileShowsItsPictureWithTheWordsMarked(String format) throws IOException {
    String group = "images-" + UUID.randomUUID();
    Service.User person = Service.user(List.of("EMPLOYEE"), List.of(group));
    String collection = Service.collection(group);
    BufferedImage paper = Scans.firstPage(SAMPLES.resolve("contracts/addendum-norvane-signed.pdf"));
    String scan =
        Service.bring(
            collection,
            "contracts/addendum." + format,
            Scans.encoded(paper, format),
            "READY",
            "REJECTED");
    assumeTrue(
        "READY".equals(Service.operator().get("/api/v1/documents/" + scan).path("state")),
        "no Tesseract to read a scan with: install it (Debian: apt install tesseract-ocr)");
    String conversation = ask(person, SCANNED, collection);
    for (int width : List.of(1440, 390)) {
      try (Window window = Chromium.window(width, ColorScheme.LIGHT)) {
        window.signIn(person);
        window.open("/c/" + conversation);
        Locator quotation = window.region("In the document’s own words");
        assertThat(quotation).containsText("1,238.00");
        quotation.getByRole(AriaRole.LINK).first().click();
        assertThat(window.page().locator(".mark.current").first()).isVisible();
        Locator picture = window.page().locator(".drawn-page img");
        assertThat(picture).hasCount(1);
        assertThat(picture).hasJSProperty("naturalWidth", paper.getWidth());
        window.look("reader-image-" + format, "target-size");
        window.button("Larger").click();
        assertThat(window.page().locator(".mark.current").first()).isInViewport();
        window.button("Show its text").click();
        assertThat(window.page().locator("mark.current").first()).isVisible();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "list price Turbix T4 2025, prices/price-list-2025.xlsx, '2,148.00'",
    "What did a DN 80 Aquila cost according to last year's list (2024)?, prices/price-list-2024.csv,"
        + " 1390.00"
  })
  void rowsAreShownAsATableWithTheCellsMarked(String question, String path, String cell)
      throws IOException {
    String group = "tables-" + UUID.randomUUID();
    Service.User person = Service.user(List.of("EMPLOYEE"), List.of(group));
    String collection = Service.collection(group);
    bring(collection, path);
    String conversation = ask(person, question, collection);
    for (int width : List.of(1440, 390)) {
      try (Window window = Chromium.window(width, ColorScheme.LIGHT)) {
        window.signIn(person);
        window.open("/c/" + conversation);
        Locator quotation = window.region("In the document’s own words");
        assertThat(quotation).containsText(cell);
        quotation.getByRole(AriaRole.LINK).first().click();
        Locator table = window.page().locator(".text-table table").first();
        assertThat(table.getByRole(AriaRole.COLUMNHEADER).first()).isVisible();
        Locator marked =
            window.page().locator(".text-table td mark.current").getByText(cell).first();
        assertThat(marked).isVisible();
        window.look("reader-table" + path.substring(path.lastIndexOf('.')), "target-size");
      }
    }
  }

  @Test
  void theFirstPasswordIsReplacedBeforeAnythingElse() {
    String name = "new-" + UUID.randomUUID();
    Service.operator()
        .contentType(ContentType.JSON)
        .body(Map.of("username", name, "password", "printed once, at start", "roles", List.of()))
        .post("/api/v1/users")
        .then()
        .statusCode(201);
    try (Window window = Chromium.window()) {
      window.signIn(name, "printed once, at start");
      window.heading("Choose your own password").waitFor();
      window.look("first-password");
      window.field("Current password").fill("printed once, at start");
      window.field("New password").fill(Service.PASSWORD);
      window.button("Change password").click();
      assertThat(window.field("Your question")).isFocused();
    }
  }
}
