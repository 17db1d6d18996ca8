package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whether the marks that the reader shows lie over exactly the words that were quoted: by PDFBox's
/// positions of the characters on a page, by what text recognition sees on a scan, by the marked
/// text elsewhere.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class MarksTest {
  private static final Path SAMPLES = Path.of("../samples");
  private static final double ENOUGH = 0.98;

  // A mark that was looked at, and whether it holds its words.
  private record Looked(String question, String path, boolean exact, String quoted, String marked) {
    @Override
    public String toString() {
      return "%s in %s: [%s] marked [%s]".formatted(question, path, quoted, marked);
    }
  }

  @Test
  void everyMarkOfTheSamplesHoldsExactlyTheQuotedWords() throws IOException {
    measure(SAMPLES);
  }

  /// Over the documents and `questions.jsonl` of a folder, named by `-Dmarks.folder=FOLDER`.
  @Test
  void everyMarkOfAnotherFolderHoldsExactlyTheQuotedWords() throws IOException {
    String folder = System.getProperty("marks.folder", "");
    assumeTrue(!folder.isEmpty(), "no folder named: -Dmarks.folder=FOLDER");
    measure(Path.of(folder));
  }

  private static String bring(Path folder, String group) throws IOException {
    String collection = Service.collection(group);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .map(folder::relativize)
              // Documents lie in folders; what describes them lies beside those.
              .filter(file -> file.getNameCount() > 1 && !file.toString().startsWith("."))
              .sorted()
              .toList();
    }
    List<String> ids = new ArrayList<>();
    for (Path file : files) {
      ids.add(
          Service.operator()
              .contentType("application/octet-stream")
              .queryParam("collection", collection)
              .queryParam("path", file.toString())
              .body(Files.readAllBytes(folder.resolve(file)))
              .post("/api/v1/documents")
              .then()
              .statusCode(202)
              .extract()
              .path("id"));
    }
    for (String id : ids) {
      // Found by its words is enough to be quoted.
      Service.await(
          "document " + id + " is searchable",
          () ->
              List.of("WORDS", "READY", "REJECTED")
                  .contains(Service.operator().get("/api/v1/documents/" + id).path("state")));
    }
    return collection;
  }

  private static void measure(Path folder) throws IOException {
    String group = "marks-" + UUID.randomUUID();
    Service.User person = Service.user(List.of("EMPLOYEE"), List.of(group));
    String collection = bring(folder, group);
    List<Looked> looked = new ArrayList<>();
    try (Window window = Chromium.window()) {
      window.signIn(person);
      for (String line : Files.readAllLines(folder.resolve("questions.jsonl"))) {
        JsonNode asked = new ObjectMapper().readTree(line);
        look(window, person, collection, folder, asked.get("question").asText(), looked);
      }
    }
    long exact = looked.stream().filter(Looked::exact).count();
    long onPages = looked.stream().filter(one -> one.path().endsWith(".pdf")).count();
    System.out.printf(
        "marks=%d on-pages=%d exact=%d rate=%.4f%n",
        looked.size(), onPages, exact, (double) exact / looked.size());
    looked.stream().filter(one -> !one.exact()).forEach(System.out::println);
    assertThat(looked).hasSizeGreaterThan(30);
    assertThat((double) exact / looked.size()).isGreaterThanOrEqualTo(ENOUGH);
  }

  private static void look(
      Window window,
      Service.User person,
      String collection,
      Path folder,
      String question,
      List<Looked> looked)
      throws IOException {
    JsonPath answer =
        person
            .request()
            .contentType(ContentType.JSON)
            .body(
                Map.of("question", question, "compose", false, "collections", List.of(collection)))
            .post("/api/v1/ask")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    List<Map<String, Object>> quotations = answer.getList("quotations");
    if (quotations.isEmpty()) {
      return;
    }
    window.open("/c/" + answer.getString("conversation"));
    for (int at = 0; at < quotations.size(); at++) {
      String quoted = String.valueOf(quotations.get(at).get("text"));
      String path = String.valueOf(quotations.get(at).get("path"));
      boolean onPage = path.endsWith(".pdf");
      Locator figure = window.page().locator(".quotation figure").nth(at);
      figure.getByRole(AriaRole.LINK).click();
      Locator mark = window.page().locator(".mark.current, mark.current");
      mark.first().waitFor();
      if (onPage) {
        // Words that go on over a page's end are marked once both pages are drawn.
        assertThat(mark).hasCount(answer.getList("quotations[%d].boxes".formatted(at)).size());
      }
      String marked =
          onPage
              ? MarkedWords.on(window.page(), folder.resolve(path))
              : String.join("", mark.allTextContents());
      boolean exact = MarkedWords.characters(marked).equals(MarkedWords.characters(quoted));
      looked.add(new Looked(question, path, exact, quoted, marked));
      window.button("Close the source").click();
      assertThat(mark).hasCount(0);
    }
  }
}
