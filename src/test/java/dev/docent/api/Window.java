package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// One person's browser window. It is watched: whatever leaves the service's origin, breaks the
/// page's policy, fails in the page or opens a dialog is a fault, and closing it with faults fails.
final class Window implements AutoCloseable {
  /// Where the pictures of a run lie.
  static final Path PICTURES = Path.of("target", "pictures");

  // What is written beyond the right edge, and not in a part that scrolls sideways only.
  private static final String BEYOND_THE_EDGE =
      """
      () => [...document.body.querySelectorAll('*')]
        .filter((part) => [...part.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== ''))
        .filter((part) => part.checkVisibility()
          && part.getBoundingClientRect().right > window.innerWidth + 1)
        .filter((part) => {
          for (let around = part; around; around = around.parentElement) {
            const sideways = ['auto', 'scroll'].includes(getComputedStyle(around).overflowX)
              && around.scrollHeight <= around.clientHeight + 1;
            if (sideways) return false;
          }
          return true;
        })
        .map((part) => part.outerHTML.slice(0, 200))
      """;

  // For a model's answer on a busy machine; nothing is asserted about speed.
  private static final double PATIENCE_MILLIS = 180_000;
  private static final List<String> AXE_TAGS =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

  private final BrowserContext context;
  private final Page page;
  private final String origin;
  private final String name;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  Window(Browser browser, int width, ColorScheme colours) {
    origin = "http://localhost:" + RestAssured.port;
    name = "%d-%s".formatted(width, colours.name().toLowerCase(Locale.ROOT));
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(origin)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")
                .setColorScheme(colours)
                .setViewportSize(width, width < 600 ? 844 : 900));
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    context.onRequest(request -> watch(request.url()));
    context.onConsoleMessage(this::watch);
    context.onWebError(error -> faults.add("error in the page: " + error.error()));
    context.onDialog(
        dialog -> {
          if (dialog.type().equals("beforeunload")) {
            dialog.accept(); // the browser's own question whether to leave what is under way
            return;
          }
          faults.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page = context.newPage();
  }

  private void watch(String url) {
    if (!url.startsWith(origin + "/") && !url.matches("(data|blob|about):.*")) {
      faults.add("leaves for " + url);
    }
  }

  private void watch(ConsoleMessage message) {
    // The question "who is signed in?" is answered 401 to a stranger; that is no fault.
    if (message.type().equals("error") && !message.text().contains("401")) {
      faults.add("console: " + message.text() + " at " + message.location());
    }
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /// A fault that the test brings about on purpose is none.
  void expect(Pattern fault) {
    assertThat(faults.removeIf(one -> fault.matcher(one).find())).as("%s", fault).isTrue();
  }

  void open(String path) {
    page.navigate(path);
  }

  void signIn(Service.User person) {
    signIn(person.name(), Service.PASSWORD);
  }

  /// Signs in on the page as somebody left it, without loading it anew.
  void signInHere(Service.User person) {
    signInHere(person.name(), Service.PASSWORD);
  }

  void signIn(String username, String password) {
    open("/");
    signInHere(username, password);
  }

  private void signInHere(String username, String password) {
    field("User name").fill(username);
    field("Password").fill(password);
    button("Sign in").click();
    assertThat(field("User name")).isHidden();
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  Locator button(String label) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  Locator link(String label) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  Locator heading(String text) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
  }

  Locator region(String label) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(label));
  }

  /// Presses Tab until what is called so has the focus.
  void tabTo(String name) {
    for (int pressed = 0; pressed < 80; pressed++) {
      page.keyboard().press("Tab");
      Object focused =
          page.evaluate(
              "() => document.activeElement.ariaLabel ?? document.activeElement.innerText.trim()");
      if (name.equals(focused)) {
        return;
      }
    }
    throw new AssertionError("The keyboard does not reach " + name);
  }

  /// Keeps a picture of what is seen, as `target/pictures/NAME-WIDTH-COLOURS.png`.
  void picture(String of) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(of + "-" + name + ".png")));
  }

  /// A picture, and the rules of WCAG 2.2 AA checked; what breaks them is a fault.
  ///
  /// @param except ids of rules that do not hold on this screen
  void look(String at, String... except) {
    picture(at);
    // pdf.js measures fonts on a canvas without size outside the page's landmarks.
    AxeBuilder axe =
        new AxeBuilder(page)
            .withTags(AXE_TAGS)
            .exclude(".hiddenCanvasElement")
            .setLegacyMode(
                true); // nothing here is in frames, and without a second page it is faster
    if (except.length > 0) {
      axe.disableRules(List.of(except));
    }
    axe.analyze()
        .getViolations()
        .forEach(
            violation ->
                violation
                    .getNodes()
                    .forEach(
                        node ->
                            faults.add(
                                "axe, %s, %s: %s in %s"
                                    .formatted(at, name, violation.getId(), node.getHtml()))));
    int tooWide =
        (int) page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    if (tooWide > 0) {
      faults.add("%s, %s: %d pixels wider than the window".formatted(at, name, tooWide));
    }
    int tooHigh =
        (int)
            page.evaluate(
                "() => document.querySelector('.reader')"
                    + " ? document.documentElement.scrollHeight - window.innerHeight : 0");
    if (tooHigh > 0) {
      faults.add("%s, %s: the whole page scrolls, by %d pixels".formatted(at, name, tooHigh));
    }
    ((List<?>) page.evaluate(BEYOND_THE_EDGE))
        .forEach(part -> faults.add("%s, %s: beyond the edge: %s".formatted(at, name, part)));
  }

  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  @Override
  public void close() {
    context.close();
    assertThat(faults).isEmpty();
  }
}
