package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
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

/// Files and folders on their way: dropped and chosen, over a page that is loaded anew, a line that
/// breaks and a person who leaves.
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
      Line line = of(window);
      line.is(false);
      return line;
    }

    private static Line of(Window window) {
      Line line = new Line(window.context().newCDPSession(window.page()));
      line.devTools().send("Network.enable");
      return line;
    }

    /// On which every request takes so long, however little it carries.
    static Line far(Window window, int millis) {
      Line line = of(window);
      line.has(false, millis);
      return line;
    }

    void is(boolean broken) {
      has(broken, 0);
    }

    void has(boolean broken, int latencyMillis) {
      JsonObject conditions = new JsonObject();
      conditions.addProperty("offline", broken);
      conditions.addProperty("latency", latencyMillis);
      conditions.addProperty("downloadThroughput", -1);
      conditions.addProperty("uploadThroughput", BYTES_A_SECOND);
      devTools.send("Network.emulateNetworkConditions", conditions);
    }
  }

  private static void add(Window window, Path file) {
    files(window.page().locator(".page-head")).setInputFiles(file);
    window.button("Add").click();
  }

  private static Locator files(Locator inside) {
    return inside.locator("input[type=file][multiple]");
  }

  private static Locator folder(Locator inside) {
    return inside.locator("input[type=file]:not([multiple])");
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
      assertThat(window.region("Uploads")).containsText(sent("[3-6]\\d"));
      window.page().reload();

      Locator interrupted = window.region("Interrupted");
      assertThat(interrupted).containsText("dam.pdf");
      window.look("library-interrupted");
      window.page().setViewportSize(390, 844);
      window.look("library-interrupted-telephone");
      window.page().setViewportSize(1440, 900);
      assertThat(storedInTheBrowser(window)).contains("dam.pdf").doesNotContain("spillway");
      window
          .page()
          .onRequest(
              request -> {
                if (request.method().equals("PATCH")) {
                  offsets.add(request.headers().get("upload-offset"));
                }
              });
      Locator picker = files(interrupted);
      picker.setInputFiles(other);
      assertThat(interrupted.getByRole(AriaRole.ALERT)).containsText("That is another file");
      picker.setInputFiles(file);
      assertThat(window.region("Uploads").getByText("Ready")).isVisible();
      assertThat(interrupted).isHidden();
      window.button("Sign out").click();
      assertThat(window.field("User name")).isVisible();
      assertThat(storedInTheBrowser(window)).doesNotContain("dam");
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
      assertThat(window.region("Uploads")).containsText(sent("[3-6]\\d"));
      line.is(true);
      assertThat(window.region("Uploads")).containsText("No connection");
      window.picture("library-no-connection");
      line.is(false);
      assertThat(window.region("Uploads").getByText("Ready")).isVisible();
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
      assertThat(window.region("Uploads")).containsText(sent("[3-6]\\d"));
      window.button("Do not add lock.pdf").click();
      assertThat(window.region("Uploads")).isHidden();
    }
    Service.await(
        "nothing is kept",
        () -> writer.request().get("/api/v1/uploads").jsonPath().getList("").isEmpty());
    assertThat(Service.acts(writer.person(), "document.added")).isEmpty();
  }

  /// A folder with two documents, and what no one means to add.
  private Path archive() throws IOException {
    Path archive = Files.createDirectories(folder.resolve("archive"));
    Files.createDirectories(archive.resolve("deep"));
    Files.createDirectories(archive.resolve(".git"));
    Files.writeString(archive.resolve("sluice.md"), "The sluice of Ostholm is oiled in March.");
    Files.writeString(archive.resolve("deep/gauge.md"), "The gauge of Ostholm is read at noon.");
    Files.writeString(archive.resolve(".git/HEAD"), "ref: refs/heads/main");
    Files.writeString(archive.resolve(".DS_Store"), "x");
    return archive;
  }

  private List<String> paths() {
    return writer
        .request()
        .queryParam("collection", writer.collection())
        .get("/api/v1/documents")
        .jsonPath()
        .getList("items.path");
  }

  /// As the desktop drops it: the browser itself opens the folder.
  private static void drop(Window window, Path dropped) {
    JsonObject data = new JsonObject();
    data.add("items", new JsonArray());
    JsonArray files = new JsonArray();
    files.add(dropped.toString());
    data.add("files", files);
    data.addProperty("dragOperationsMask", 1);
    CDPSession devTools = window.context().newCDPSession(window.page());
    Locator says = window.page().getByText("Drop to add to the library");
    drag(devTools, "dragEnter", data);
    // As long as it is over the page the desktop says so, again and again.
    for (int i = 0; i < 100 && !says.isVisible(); i++) {
      drag(devTools, "dragOver", data);
      window.page().waitForTimeout(50);
    }
    assertThat(says).isVisible();
    // Now it is over what says that it can be dropped.
    drag(devTools, "dragOver", data);
    assertThat(says).isVisible();
    drag(devTools, "drop", data);
  }

  private static void drag(CDPSession devTools, String type, JsonObject data) {
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.addProperty("x", 700);
    event.addProperty("y", 400);
    event.add("data", data);
    devTools.send("Input.dispatchDragEvent", event);
  }

  private void addedWithoutWhatIsHidden(Window window) {
    assertThat(window.dialog()).containsText("2 hidden files or folders are left out");
    window.look("library-left-out");
    window.button("Add").click();
    double height = window.region("Uploads").boundingBox().height;
    assertThat(window.region("Uploads")).containsText("2 documents added");
    assertThat(window.region("Uploads").boundingBox().height).isEqualTo(height);
    assertThat(paths()).containsExactly("archive/deep/gauge.md", "archive/sluice.md");
  }

  @Test
  void takesAFolderThatIsDropped() throws IOException {
    Path archive = archive();
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      assertThat(window.button("Add a folder")).isVisible();
      drop(window, archive);
      addedWithoutWhatIsHidden(window);
      window.field("Collection").selectOption(writer.collection());
      assertThat(window.page().locator(".documents-all .document-row")).hasCount(2);
      window.look("library-added");
      assertThat(endsWithItsRows(window)).isTrue();
      window.page().setViewportSize(390, 844);
      window.look("library-added-telephone");
    }
  }

  /// Whether the list is as large as what is in it: no empty box below, no line that stops short.
  private static boolean endsWithItsRows(Window window) {
    return (boolean)
        window
            .page()
            .evaluate(
                """
                () => {
                  const list = document.querySelector('.documents').getBoundingClientRect();
                  const rows = [...document.querySelectorAll('.documents-all .document-row')]
                    .map((row) => row.getBoundingClientRect());
                  return rows.length > 0 && rows.every((row) => list.right - row.right < 2)
                    && list.bottom - Math.max(...rows.map((row) => row.bottom)) < 2;
                }
                """);
  }

  @Test
  void takesAFolderThatIsChosen() throws IOException {
    Path archive = archive();
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      folder(window.page().locator(".page-head")).setInputFiles(archive);
      addedWithoutWhatIsHidden(window);
      window.tabTo("Ask about it: archive/sluice.md");
      window.page().keyboard().press("Enter");
      assertThat(window.page().getByText("Only in sluice")).isVisible();
      assertThat(window.field("Your question")).isFocused();
    }
  }

  @Test
  void goesOnAfterAReloadWithAWholeFolderOfSmallFiles() throws IOException {
    Path notes = Files.createDirectory(folder.resolve("notes"));
    for (int number = 0; number < 40; number++) {
      Files.writeString(notes.resolve("note %02d.md".formatted(number)), "Level " + number + ".");
    }
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      Line line = Line.far(window, 700);
      folder(window.page().locator(".page-head")).setInputFiles(notes);
      window.button("Add").click();
      Service.await("some have come", () -> writer.documents() > 2);
      window.page().reload();
      line.is(false);

      Locator interrupted = window.region("Interrupted");
      assertThat(interrupted).containsText("files were not sent completely");
      assertThat(interrupted).containsText(Pattern.compile("notes/note \\d\\d\\.md"));
      window.look("library-interrupted-folder");
      assertThat(writer.documents()).isLessThan(40);
      folder(interrupted).setInputFiles(notes);
      assertThat(interrupted).isHidden();
      assertThat(window.region("Uploads")).containsText("documents added");
    }
    assertThat(writer.documents()).isEqualTo(40);
  }

  @Test
  void leavesNothingToTheNextPersonOnThePage() throws IOException {
    Path file = plan("quay.pdf", 5);
    Service.User next = Service.user(List.of("ADMINISTRATOR"), List.of());
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      Line.slow(window);
      add(window, file);
      assertThat(window.region("Uploads")).containsText(sent("[3-6]\\d"));
      window.button("Sign out").click();
      assertThat(window.dialog()).containsText("1 file is not sent completely");
      window.look("sign-out-stops-uploads");
      window
          .dialog()
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out"))
          .click();
      assertThat(window.field("User name")).isVisible();
      window.signInHere(next);
      window.link("Library").click();
      assertThat(window.button("Add documents")).isVisible();
      assertThat(window.page().getByText("quay.pdf")).isHidden();
      assertThat(storedInTheBrowser(window)).doesNotContain("quay");
    }
    assertThat(Service.acts(next, "document.added")).isEmpty();
  }

  @Test
  void goesOnAfterTheSessionEndedWhereTheSamePersonSignsInAgain() throws IOException {
    Path file = plan("pier.pdf", 6);
    try (Window window = Chromium.window()) {
      window.signIn(writer.person());
      window.link("Library").click();
      Line line = Line.slow(window);
      add(window, file);
      assertThat(window.region("Uploads")).containsText(sent("[3-6]\\d"));
      Service.operator()
          .delete("/api/v1/users/" + writer.person().id() + "/sessions")
          .then()
          .statusCode(204);
      assertThat(window.page().getByText("1 is not sent completely")).isVisible();
      window.look("sign-in-while-sending");
      line.has(false, 0);
      window.signInHere(writer.person());
      window.link("Library").click();
      assertThat(window.region("Uploads").getByText("Ready")).isVisible();
    }
    writer.hasOnce(Files.readAllBytes(file));
  }
}
