package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

/// Whoever waits for a long document sees where in it the service is.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ReadingProgressTest {
  private static final int PAGES = 150;
  private static final List<String> WORDS =
      List.of(
          "tide",
          "rose",
          "under",
          "northern",
          "wind",
          "and",
          "pilot",
          "boarded",
          "steamer",
          "near",
          "outer",
          "buoy",
          "while",
          "fog",
          "lifted",
          "slowly",
          "over",
          "harbour",
          "wall",
          "quay");

  private static String sentence(Random words) {
    return words
        .ints(9, 0, WORDS.size())
        .mapToObj(WORDS::get)
        .collect(Collectors.joining(" ", "The ", "."));
  }

  private static byte[] logbook() throws IOException {
    try (PDDocument document = new PDDocument();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      Random words = new Random(7);
      PDType1Font font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
      for (int number = 0; number < PAGES; number++) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(font, 12);
          content.newLineAtOffset(72, 700);
          // Lines that return on every page would be taken for running heads.
          for (int line = 0; line < 6; line++) {
            content.showText(sentence(words));
            content.newLineAtOffset(0, -20);
          }
          content.endText();
        }
      }
      document.save(out);
      return out.toByteArray();
    }
  }

  @Test
  void pagesAreToldWhileTheyAreReadAndPassagesAfterThem() throws IOException {
    String id =
        Service.operator()
            .contentType("application/pdf")
            .queryParam("collection", Service.collection())
            .queryParam("path", "logbook.pdf")
            .body(logbook())
            .post("/api/v1/documents")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Set<String> told = new LinkedHashSet<>();
    Service.await(
        "the logbook is read",
        () -> {
          JsonPath seen = Service.operator().get("/api/v1/documents/" + id).jsonPath();
          if (seen.get("progress") != null) {
            told.add(seen.getString("progress.unit") + " of " + seen.getInt("progress.of"));
            assertThat(seen.getInt("progress.at")).isBetween(0, seen.getInt("progress.of"));
          }
          assertThat(seen.getString("state")).isNotIn("REJECTED", "FAILED");
          return seen.getString("state").equals("READY");
        });
    assertThat(told).contains("PAGE of " + PAGES);
    assertThat(told.stream().reduce((_, last) -> last))
        .hasValueSatisfying(last -> assertThat(last).startsWith("PASSAGE of "));
    assertThat(Service.operator().get("/api/v1/documents/" + id).jsonPath().<Object>get("progress"))
        .isNull();
  }
}
