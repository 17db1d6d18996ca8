package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A large document on its way over a page that is loaded anew and a line that breaks.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class UploadJourneyTest {
  private static final int BYTES = 30 << 20;
  private static final int BYTES_A_SECOND = 6 << 20;

  @TempDir Path folder;

  private Contributor writer;

  @BeforeEach
  void aContributor() {
    writer = Contributor.to("Plans");
  }

  private Path plan(String name, long seed) throws IOException {
    return LargeFile.plan(folder.resolve(name), BYTES, seed);
  }

  /// A line of its own for one page; both ends of it are real.
  private record Line(CDPSession devTools) {
    static Line slow(Window window) {
      Line line = new Line(window.context().newCDPSession(window.page()));
      line.devTools().send("Network.enable");
      line.is(false);
      return line;
    }

    void is(boolean broken) {
      JsonObject conditions = new JsonObject();
      conditions.addProperty("offline", broken);
      conditions.addProperty("latency", 0);
      conditions.addProperty("downloadThroughput", -1);
      conditions.addProperty("uploadThroughput", BYTES_A_SECOND);
      devTools.send("Network.emulateNetworkConditions", conditions);
    }
  }

  private static void add(Window window, Path file) {
    window.page().locator("input[type=file][multiple]").setInputFiles(file);
    window.button("Add").click();
  }

  private static Pattern sent(String percent) {
    return Pattern.compile("Sent: " + percent + " %");
  }

  @Test
  void goesOnAfterAReloadWithTheSameFile() throws IOException {
    Path file = plan("dam.pdf", 1);
    Files.createDirectory(folder.resolve("other"));
    Path other = plan("other/dam.pdf", 2);
    Files.write(other, new byte[1], java.nio.file.StandardOpenOption.APPEND);
    List<String> offsets = new CopyOnWriteArrayList<>();
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      Line.slow(window);
      add(window, file);
      assertThat(window.region("Being added")).containsText(sent("[3-6]\\d"));
      window.page().reload();

      Locator interrupted = window.region("Interrupted");
      assertThat(interrupted).containsText("dam.pdf");
      window.look("library-interrupted");
      window.page().setViewportSize(390, 844);
      window.look("library-interrupted-telephone");
      window.page().setViewportSize(1440, 900);
      assertThat(storedInTheBrowser(window)).doesNotContain("dam");
      window
          .page()
          .onRequest(
              request -> {
                if (request.method().equals("PATCH")) {
                  offsets.add(request.headers().get("upload-offset"));
                }
              });
      Locator picker = interrupted.locator("input[type=file]");
      picker.setInputFiles(other);
      assertThat(interrupted.getByRole(AriaRole.ALERT)).containsText("That is another file");
      picker.setInputFiles(file);
      assertThat(window.region("Being added").getByText("Ready")).isVisible();
      assertThat(interrupted).isHidden();
    }
    assertThat(Long.parseLong(offsets.getFirst())).isGreaterThanOrEqualTo(8 << 20);
    writer.hasOnce(Files.readAllBytes(file));
    System.out.printf(
        "MEASURED upload of %d bytes broken off by a reload: went on at byte %s%n",
        Files.size(file), offsets.getFirst());
  }

  private static String storedInTheBrowser(Window window) {
    return (String)
        window
            .page()
            .evaluate("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
  }

  @Test
  void waitsForALineThatBreaksAndGoesOnByItself() throws IOException {
    Path file = plan("weir.pdf", 3);
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      Line line = Line.slow(window);
      add(window, file);
      assertThat(window.region("Being added")).containsText(sent("[3-6]\\d"));
      line.is(true);
      assertThat(window.region("Being added")).containsText("No connection");
      window.picture("library-no-connection");
      line.is(false);
      assertThat(window.region("Being added").getByText("Ready")).isVisible();
      window.expect(Pattern.compile("ERR_INTERNET_DISCONNECTED"));
    }
    writer.hasOnce(Files.readAllBytes(file));
  }

  @Test
  void isGivenUpWhereThePersonSaysSo() throws IOException {
    Path file = plan("lock.pdf", 4);
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      Line.slow(window);
      add(window, file);
      assertThat(window.region("Being added")).containsText(sent("[3-6]\\d"));
      window.button("Do not add lock.pdf").click();
      assertThat(window.region("Being added")).isHidden();
    }
    Service.await(
        "nothing is kept",
        () -> writer.request().get("/api/v1/uploads").jsonPath().getList("").isEmpty());
    assertThat(Service.acts(writer.person(), "document.added")).isEmpty();
  }
}
