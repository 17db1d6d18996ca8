package dev.docent.api;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Debian's Chromium, one for all tests of a run. Where it or the page is missing the tests are
/// skipped and say what to install. Confined: Playwright belongs to one thread.
public final class Chromium {
  private static final Path STANDARD = Path.of("/usr/bin/chromium");
  private static @Nullable Browser browser;

  private Chromium() {}

  /// A new window of a person who is not signed in.
  ///
  /// @param width of the window, CSS pixels
  static Window window(int width, ColorScheme colours) {
    return new Window(browser(), width, colours);
  }

  static Window window() {
    return window(1440, ColorScheme.LIGHT);
  }

  /// The browser itself, for whoever needs no person's window.
  public static Browser browser() {
    Browser running = browser;
    if (running == null) {
      running = launch();
      browser = running;
    }
    return running;
  }

  private static Browser launch() {
    Path executable = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).orElse(STANDARD);
    assumeTrue(
        Files.isExecutable(executable),
        "no Chromium at %s: install it (Debian: apt install chromium) or set CHROMIUM"
            .formatted(executable));
    assumeTrue(
        Chromium.class.getClassLoader().getResource("META-INF/resources/index.html") != null,
        "the page is not built: build without -Dui.skip");
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "playwright-close"));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(executable)
                // A build in a container runs as root, where Chromium's own sandbox does not.
                .setArgs(
                    List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run")));
  }
}
