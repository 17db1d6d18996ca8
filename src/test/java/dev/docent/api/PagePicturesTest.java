package dev.docent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages of image files as a browser gets them.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class PagePicturesTest {
  private static final Path SCAN = Path.of("../samples/contracts/addendum-norvane-signed.pdf");

  private final String group = "pictures-" + UUID.randomUUID();
  private Service.User reader;
  private String collection;

  // Not sooner: the service runs only now.
  @BeforeEach
  void prepare() {
    reader = Service.user(List.of("EMPLOYEE"), List.of(group));
    collection = Service.collection(group);
  }

  @Test
  void areMadeFromTheBytesInATypeThatCannotRun() throws IOException {
    BufferedImage paper = Scans.firstPage(SCAN);
    String document = bring("scan.tiff", Scans.encoded(paper, "tiff"));
    assumeTrue(
        "READY".equals(Service.operator().get("/api/v1/documents/" + document).path("state")),
        "no Tesseract to read a scan with: install it (Debian: apt install tesseract-ocr)");

    byte[] picture =
        page(reader.request(), document, "0")
            .statusCode(200)
            .header("Content-Type", equalTo("image/jpeg"))
            .header("X-Content-Type-Options", equalTo("nosniff"))
            .header("Content-Security-Policy", containsString("sandbox; default-src 'none'"))
            .header("Cache-Control", containsString("no-store"))
            .extract()
            .asByteArray();
    assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth())
        .isEqualTo(paper.getWidth());
    assertThat(Service.acts(reader, "document.opened")).hasSize(1);

    for (String absent : List.of("1", "-1", "none")) {
      page(reader.request(), document, absent).statusCode(404);
    }
    Service.User other = Service.user(List.of("EMPLOYEE"), List.of("hr"));
    String hidden = page(other.request(), document, "0").statusCode(404).extract().asString();
    String nothing =
        page(other.request(), UUID.randomUUID().toString(), "0")
            .statusCode(404)
            .extract()
            .asString();
    assertThat(hidden).isEqualTo(nothing);
  }

  @Test
  void areThoseOfImagesOnly() {
    String svg =
        bring(
            "drawing.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><text>Ferry</text></svg>"
                .getBytes(UTF_8));
    String text = Service.ready(collection, "ferry.txt", "The ferry leaves at seven.");

    page(reader.request(), svg, "0").statusCode(404);
    page(reader.request(), text, "0").statusCode(404);
  }

  private static ValidatableResponse page(
      RequestSpecification caller, String document, String page) {
    return caller.get("/api/v1/documents/" + document + "/pages/" + page).then();
  }

  private String bring(String path, byte[] bytes) {
    return Service.bring(collection, path, bytes, "READY", "REJECTED");
  }
}
