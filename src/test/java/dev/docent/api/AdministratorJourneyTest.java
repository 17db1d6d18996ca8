package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// An administrator closes a folder to all but a new group.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class AdministratorJourneyTest {
  private static final String QUESTION = "What does the keeper of Skerrymore earn?";

  @Test
  void labelsAFolderAndTheOtherEmployeeNoLongerFindsIt() {
    String staff = "staff-" + UUID.randomUUID();
    String board = "board-" + UUID.randomUUID();
    Service.User keeper = Service.user(List.of("ADMINISTRATOR"), List.of(staff));
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of(staff));
    Service.User ben = Service.user(List.of("EMPLOYEE"), List.of(staff));
    String collection = Service.collection(staff);
    Service.ready(
        collection, "wages/pay.txt", "The keeper of Skerrymore earns forty-two crowns a quarter.");

    try (Window administrator = Chromium.window();
        Window employee = Chromium.window();
        Window member = Chromium.window()) {
      employee.signIn(ben);
      EmployeeJourneyTest.ask(employee, QUESTION);
      assertThat(employee.region("In the document’s own words")).containsText("forty-two crowns");

      administrator.signIn(keeper);
      administrator.link("People").click();
      administrator.link("Groups").click();
      administrator.field("Name").fill(board);
      administrator.button("Add a group").click();
      assertThat(administrator.page().getByText(board)).isVisible();
      administrator.link("People").last().click();
      administrator.button("Change " + anna.name()).click();
      administrator.field(board).check();
      administrator.button("Sign out everywhere").click();
      assertThat(administrator.page().getByText("Signed out everywhere.")).isVisible();
      administrator.look("person-acts");
      administrator.button("Save").click();
      assertThat(administrator.page().getByRole(AriaRole.DIALOG)).isHidden();

      administrator.link("Library").click();
      administrator.button("Who may read a folder").click();
      Locator sheet = administrator.page().getByRole(AriaRole.DIALOG);
      sheet.getByLabel("Collection").selectOption(collection);
      sheet.getByLabel("Folder").selectOption(new SelectOption().setValue("wages"));
      sheet.getByLabel(staff).uncheck();
      sheet.getByLabel(board).check();
      administrator.picture("journey-folder");
      administrator.button("Save").click();
      assertThat(sheet).isHidden();

      // The very next question of the other employee finds nothing.
      employee.button("New question").click();
      EmployeeJourneyTest.ask(employee, QUESTION);
      EmployeeJourneyTest.answered(employee, 1);
      assertThat(employee.page().getByText("forty-two crowns")).isHidden();
      employee.link("Library").click();
      employee.field("Title or path").fill("wages/pay.txt");
      assertThat(employee.page().getByText("No document matches")).isVisible();

      member.signIn(anna);
      EmployeeJourneyTest.ask(member, QUESTION);
      assertThat(member.region("In the document’s own words")).containsText("forty-two crowns");
    }

    // What arrives in the folder later is read by the group alone, too.
    String later = Service.upload(collection, "wages/later.txt", "Nobody else reads this.");
    anna.request().get("/api/v1/documents/" + later).then().statusCode(200);
    ben.request().get("/api/v1/documents/" + later).then().statusCode(404);
    anna.request()
        .contentType(ContentType.JSON)
        .body(Map.of("path", "wages", "readers", List.of(staff)))
        .put("/api/v1/collections/" + collection + "/folders")
        .then()
        .statusCode(403);
  }
}
