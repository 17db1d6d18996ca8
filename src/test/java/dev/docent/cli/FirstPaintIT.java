package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.docent.api.Chromium;
import dev.docent.wiring.DataFolder;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How soon the packaged service's page is seen and can be used by a browser that has nothing of it
/// yet. Each time another browser context: an empty cache. The figures are printed, not asserted.
class FirstPaintIT {
  private static final int TIMES = 10;
  private static final Duration START_WITHIN = Duration.ofMinutes(4);

  // In the page's own time, which begins with the request for it.
  private static final String SEEN =
      """
      async () => {
        const paint = () => performance.getEntriesByName('first-contentful-paint')[0];
        while (!paint()) {
          await new Promise((done) => requestAnimationFrame(done));
        }
        return paint().startTime;
      }
      """;
  private static final String USABLE =
      """
      async (field) => {
        while (!document.activeElement || !document.activeElement.matches(field)) {
          await new Promise((done) => requestAnimationFrame(done));
        }
        return performance.now();
      }
      """;
  private static final String LOADED =
      """
      () => performance.getEntriesByType('resource')
        .map((entry) => [new URL(entry.name).pathname, Math.round(entry.startTime),
          Math.round(entry.responseEnd), entry.transferSize].join(' ')).join('\\n')
      """;

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private @Nullable Process service;
  private DataFolder data = DataFolder.at(Path.of("unset"));

  @BeforeEach
  void start() throws Exception {
    data = DataFolder.at(folder.resolve("data")).create();
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    service =
        ServiceProcess.startInForeground(
            data,
            Path.of("..").toAbsolutePath().normalize(),
            List.of(),
            Map.of("docent.port", Integer.toString(port), "docent.model.enabled", "false"));
    Instant end = Instant.now().plus(START_WITHIN);
    while (!isReady()) {
      assertThat(Instant.now()).as("the service is ready").isBefore(end);
      Thread.sleep(200);
    }
    new ServiceClient(URI.create(origin()), data.readOperatorToken()).openPage(); // as `up` does
  }

  private boolean isReady() throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create(origin() + "/q/health/ready")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (java.io.IOException _) {
      return false;
    }
  }

  private String origin() {
    return "http://127.0.0.1:" + port;
  }

  @AfterEach
  void stop() {
    if (service != null) {
      ServiceProcess.stop(service.toHandle());
    }
  }

  @Test
  void thePageIsSeenAndUsedByWhoeverComesForTheFirstTime() throws Exception {
    measure("signing in", List.of(), "input[name=username]");
    measure("signed in", List.of(session()), "textarea, input[type=text]");
  }

  /// The first administrator's, with a password of their own.
  private Cookie session() throws Exception {
    HttpResponse<String> signedIn =
        post(
            "/session",
            Map.of(
                "username", "admin", "password", Files.readString(data.firstPassword()).strip()));
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split("[=;]", 3)[1];
    HttpResponse<String> changed =
        post(
            "/me/password",
            Map.of(
                "current",
                Files.readString(data.firstPassword()).strip(),
                "replacement",
                "correct horse battery staple"),
            "Cookie",
            "docent_session=" + cookie,
            "X-CSRF-Token",
            ServiceClient.JSON.readTree(signedIn.body()).at("/me/csrf").asText());
    assertThat(changed.statusCode()).isEqualTo(204);
    return new Cookie("docent_session", cookie).setUrl(origin());
  }

  private HttpResponse<String> post(String path, Map<String, String> body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ServiceClient.JSON.writeValueAsString(body)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void measure(String who, List<Cookie> cookies, String field) {
    List<Double> seen = new ArrayList<>();
    List<Double> usable = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      try (BrowserContext nobody =
          Chromium.browser().newContext(new Browser.NewContextOptions().setLocale("en-GB"))) {
        nobody.addCookies(cookies);
        Page page = nobody.newPage();
        page.navigate(origin() + "/");
        usable.add(((Number) page.evaluate(USABLE, field)).doubleValue());
        seen.add(((Number) page.evaluate(SEEN)).doubleValue());
        if (i == 0) {
          System.out.println(page.evaluate(LOADED));
        }
      }
    }
    System.out.println("MEASURED first page, " + who + ": first paint " + figures(seen));
    System.out.println("MEASURED first page, " + who + ": field has the focus " + figures(usable));
  }

  private static String figures(List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().collect(Collectors.toList());
    return String.format(
        Locale.ROOT,
        "median %.0f ms, most %.0f ms (%d times)",
        sorted.get(sorted.size() / 2),
        sorted.getLast(),
        sorted.size());
  }
}
