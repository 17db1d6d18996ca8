package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import dev.docent.compliance.verify.BundleVerifier;
import dev.docent.compliance.verify.Trust;
import dev.docent.compliance.verify.Verdict;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A compliance officer looks for what someone asked.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ComplianceJourneyTest {
  @Inject AuditWriter writer;

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

  @Test
  void takesTheEvidenceAwayAndItIsVerified(@TempDir Path folder) throws IOException {
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    Path bundle = folder.resolve("audit.zip");
    try (Window window = Chromium.window()) {
      window.signIn(officer);
      window.open("/audit");
      window.page().waitForDownload(() -> window.button("Export evidence").click()).saveAs(bundle);
    }
    Verdict verdict =
        BundleVerifier.verify(
            bundle, new Trust(Optional.empty(), List.of(), Optional.empty(), Optional.empty()));
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.records()).isPositive();
  }

  @Test
  void anExportIsShownWhereverOneComesFromAndCancelledItSaysSoOnRecord() throws Exception {
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    HeldExport export = HeldExport.begin(HeldExport.records(writer), officer.token());
    try (Window window = Chromium.window()) {
      window.signIn(officer);
      window.open("/audit");
      Locator progress = window.page().getByRole(AriaRole.PROGRESSBAR);
      assertThat(progress).isVisible();
      window.look("exporting");
      window.link("Retention").click();
      window.link("Records").click();
      assertThat(progress).isVisible();
      window.page().reload();
      assertThat(progress).isVisible();
      window
          .page()
          .waitForResponse(
              response -> response.request().method().equals("DELETE"),
              () -> window.button("Cancel").click());
      assertThatThrownBy(() -> export.body().readAllBytes()).isInstanceOf(IOException.class);
      assertThat(window.button("Export CSV")).isVisible();
    }
    JsonPath end = export.end();
    assertThat(end.getString("outcome")).isEqualTo("cancelled");
    assertThat(end.getString("person.name")).isEqualTo(officer.name());
    assertThat(end.getInt("record.data.records")).isBetween(1, HeldExport.RECORDS);
    assertThat(end.getString("record.data.content")).isNull();
  }

  @Test
  void findsADocumentByItsPathAndChecksTheWholeLog() {
    String group = "desk-" + UUID.randomUUID();
    Service.User officer = Service.user(List.of("COMPLIANCE_OFFICER"), List.of(group));
    Service.User anna = Service.user("Anna Kovac", List.of("EMPLOYEE"), List.of(group));
    String name = "moorings-" + UUID.randomUUID();
    String document =
        Service.ready(Service.collection(group), name + ".txt", "Moorings are let for a year.");
    anna.request().get("/api/v1/documents/" + document + "/content").then().statusCode(200);
    try (Window window = Chromium.window()) {
      window.signIn(officer);
      window.open("/audit");
      window.field("Act").selectOption("document.opened");
      window.field("Document").fill(name);
      assertThat(window.page().locator("option[value*='" + name + "']")).hasCount(1);
      window.page().keyboard().press("Enter");
      Locator rows = window.page().locator("table.records tbody tr");
      assertThat(rows).hasCount(1);
      assertThat(rows).containsText("Anna Kovac");
      assertThat(rows).containsText("Moorings");
      assertThat(window.page()).hasURL(Pattern.compile("document=" + document));
      window.button("Check the log now").click();
      assertThat(window.page().getByText("nothing wrong")).isVisible();
      window.look("desk");

      rows.getByRole(AriaRole.LINK).first().click();
      Locator record = window.page().getByRole(AriaRole.MAIN);
      assertThat(record).containsText("Anna Kovac (" + anna.name() + ") opened a document.");
      assertThat(record).containsText(name + ".txt");
      window.look("record");
    }
  }

  @Test
  void aMonthGoesByTwoPeopleAndNotWhileItIsYoungOrHeld() throws SQLException {
    Service.User anna = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    Service.User bert = Service.user(List.of("COMPLIANCE_OFFICER"), List.of());
    monthOfLongAgo();
    try (Window window = Chromium.window()) {
      window.signIn(anna);
      window.link("Audit").click();
      window.link("Retention").click();
      propose(window, YearMonth.now(ZoneOffset.UTC).toString());
      assertThat(window.page().getByRole(AriaRole.ALERT)).containsText("are kept for");

      window.button("Place a legal hold").click();
      window.field("Reason").fill("Case 2026/17");
      window.field("From").fill("2019-01-01");
      window.field("Until").fill("2019-12-31");
      window.look("hold");
      window.button("Place the hold").click();
      assertThat(window.page().getByText("Everyone’s records, from")).isVisible();
      propose(window, "2019-03");
      assertThat(window.page().getByRole(AriaRole.ALERT)).containsText("under a legal hold");
      window.button("Release").click();
      window.dialog().getByText("Release", new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(window.page().getByText("Released by " + anna.name())).isVisible();

      propose(window, "2019-03");
      Locator proposal = window.page().getByRole(AriaRole.LISTITEM).filter(with("March 2019"));
      assertThat(proposal).containsText("Another person must decide.");
      assertThat(window.button("Approve")).hasCount(0);
      window.expect(Pattern.compile("409 .*/api/v1/audit/prunings"));
    }
    try (Window window = Chromium.window()) {
      window.signIn(bert);
      window.open("/audit/retention");
      Locator proposal = window.page().getByRole(AriaRole.LISTITEM).filter(with("March 2019"));
      assertThat(proposal).containsText(anna.name());
      window.look("retention");
      window.button("Approve").click();
      window.field("Type “March 2019” to confirm").fill("March 2019");
      window.look("approve");
      window.dialog().getByText("Approve", new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(proposal).containsText("dropped");
      assertThat(proposal).containsText(bert.name());
    }
    assertThat(Service.acts(bert, "retention.pruned")).hasSize(1);
  }

  private static void propose(Window window, String month) {
    window.field("Month").fill(month);
    window.button("Propose to drop it").click();
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /// A month without records, and a witness who signed the log as it is: neither comes about in the
  /// time of a test.
  private static void monthOfLongAgo() throws SQLException {
    String note =
        Service.operator()
            .accept(ContentType.TEXT)
            .get("/api/v1/audit/log/checkpoint")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    SignedNote head = SignedNote.parse(note);
    SignedNote.Signed signed =
        NoteSigner.generate("witness.example", VerifierKey.Kind.WITNESS)
            .sign(head.text(), Instant.now());
    try (Connection connection = Service.superuser();
        Statement statement = connection.createStatement();
        PreparedStatement cosign =
            connection.prepareStatement(
                "INSERT INTO audit.cosignature (epoch, tree_size, witness, line)"
                    + " SELECT epoch, tree_size, ?, ? FROM audit.checkpoint WHERE tree_size = ?")) {
      statement.execute(
          "CREATE TABLE audit.event_2019_03 PARTITION OF audit.event"
              + " FOR VALUES FROM ('2019-03-01 00:00Z') TO ('2019-04-01 00:00Z')");
      statement.execute("ALTER TABLE audit.event_2019_03 OWNER TO audit_owner");
      cosign.setString(1, signed.name());
      cosign.setString(2, signed.line());
      cosign.setLong(3, Checkpoint.parse(head.text()).size());
      assertThat(cosign.executeUpdate()).isEqualTo(1);
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
