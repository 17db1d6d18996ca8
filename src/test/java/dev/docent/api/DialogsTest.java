package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dialogs that neither [ScreensTest] nor a journey looks at: as they look, and by the rules of
/// accessibility. Each width is seen in one theme.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class DialogsTest {
  private final String group = "dialogs-" + UUID.randomUUID();
  private final String others = "others-" + UUID.randomUUID();
  private final String collection = "Dialogs " + group;

  @TempDir Path folder;

  private Service.User person;
  private String document;

  @BeforeEach
  void aDocumentThatSomebodyLabelled() {
    person =
        Service.user(
            "Anna Kovac",
            List.of("EMPLOYEE", "COMPLIANCE_OFFICER", "ADMINISTRATOR"),
            List.of(group));
    document =
        Service.ready(
            Service.collection(collection, List.of(group), List.of()),
            "ferry/rota.txt",
            "The ferry to Copinsay sails at seven.");
    Service.user(List.of("EMPLOYEE"), List.of(others));
    put(
        "collections/" + Service.collectionNamed(collection) + "/folders",
        Map.of("path", "ferry", "readers", List.of(group)));
    put("documents/" + document + "/readers", Map.of("readers", List.of(group, others)));
  }

  private static void put(String route, Map<String, Object> body) {
    Service.operator()
        .contentType(ContentType.JSON)
        .body(body)
        .put("/api/v1/" + route)
        .then()
        .statusCode(200);
  }

  @ParameterizedTest(name = "{0} pixels wide, {1}")
  @CsvSource({"1440, DARK", "390, LIGHT"})
  void areAsTheyShouldBe(int width, ColorScheme colours) throws Exception {
    try (Window window = Chromium.window(width, colours)) {
      window.signIn(person);
      ofADocument(window);
      ofTheLibrary(window);
      ofPeople(window);
      ofTheRecord(window);
      ofTheAccount(window);
    }
  }

  private static void look(Window window, String at) {
    window.look("dialog-" + at);
    window.page().keyboard().press("Escape");
    assertThat(window.dialog()).isHidden();
  }

  private void ofADocument(Window window) {
    window.open("/library/" + document);
    window.button("Change who may read it").click();
    window.dialog().getByLabel(group).waitFor();
    look(window, "readers");
    window.page().getByText("Who may read it, and why").click();
    assertThat(window.page().getByText("chosen for this document alone")).isVisible();
    assertThat(window.page().getByText(person.name()).first()).isVisible();
    window.look("document-readership");
    window.button("Follow the folder again").click();
    window.dialog().waitFor();
    look(window, "follow-the-folder");
    window.button("Follow the folder again").click();
    window
        .dialog()
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Follow the folder again"))
        .click();
    assertThat(window.page().getByText("chosen for the folder “ferry”")).isVisible();
    window.link("Who saw it").click();
    assertThat(window.page().locator("table.records")).containsText("opened a document");
  }

  private void ofTheLibrary(Window window) throws Exception {
    window.open("/library");
    Files.writeString(folder.resolve(".hidden"), "x");
    window.page().locator("input[type=file][multiple]").setInputFiles(folder.resolve(".hidden"));
    window.dialog().waitFor();
    look(window, "nothing-to-add");
    window.button("Who may read a folder").click();
    window.dialog().getByRole(AriaRole.CHECKBOX).first().waitFor();
    look(window, "folder");
  }

  private void ofPeople(Window window) {
    window.open("/people");
    window.button("Add a person").click();
    window.dialog().getByLabel(group).waitFor();
    look(window, "person-new");
    window
        .page()
        .getByRole(AriaRole.ROW)
        .filter(new Locator.FilterOptions().setHasText(person.name()))
        .getByLabel("Change Anna Kovac")
        .click();
    window.dialog().getByText("What this person may read").click();
    assertThat(window.dialog().getByText(collection)).isVisible();
    assertThat(window.dialog().getByText("in the folder “ferry”: 1 document")).isVisible();
    look(window, "person-readable");
    window.open("/people?tab=groups");
    window.button("Delete the group “%s”?".formatted(group)).click();
    window.dialog().waitFor();
    look(window, "group-delete");
    window.open("/people?tab=collections");
    window.button("Change " + collection).click();
    window.dialog().getByLabel(group).first().waitFor();
    look(window, "collection-change");
    window.button("Delete the collection “%s”?".formatted(collection)).click();
    window.dialog().waitFor();
    look(window, "collection-delete");
  }

  private void ofTheRecord(Window window) {
    String hold =
        person
            .request()
            .contentType(ContentType.JSON)
            .body(Map.of("account", person.name(), "reason", group))
            .post("/api/v1/audit/holds")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    window.open("/audit/retention");
    window.button("Place a legal hold").click();
    window.dialog().waitFor();
    look(window, "hold");
    window
        .page()
        .getByRole(AriaRole.LISTITEM)
        .filter(new Locator.FilterOptions().setHasText(group))
        .getByRole(AriaRole.BUTTON)
        .click();
    window.dialog().waitFor();
    look(window, "hold-release");
    person.request().delete("/api/v1/audit/holds/" + hold).then().statusCode(200);
  }

  private static void ofTheAccount(Window window) {
    window.open("/account");
    window.field("What it is for").fill("nightly import");
    window.button("Make a token").click();
    window.page().getByText("Copy the token now").waitFor();
    window.look("account-token");
    window.page().route("**/api/v1/session", route -> route.abort());
    window
        .page()
        .locator("#main")
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out").setExact(true))
        .click();
    window.dialog().waitFor();
    look(window, "still-signed-in");
    window.expect(Pattern.compile("ERR_FAILED"));
  }
}
