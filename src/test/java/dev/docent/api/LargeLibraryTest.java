package dev.docent.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.docent.access.CollectionId;
import dev.docent.library.Arrival;
import dev.docent.library.DocumentState;
import dev.docent.library.Documents;
import dev.docent.library.Readings;
import dev.docent.wiring.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The library with many documents: all of them are reached, and it is measured how soon.
/// `-Dlibrary.documents=10000` for the whole bar; fewer by default.
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class LargeLibraryTest {
  private static final int DOCUMENTS = Integer.getInteger("library.documents", 500);
  private static final int TIMES = 10;
  private static final int WINDOWS = 4;

  // Runs until a condition holds in a frame that was painted; returns the milliseconds.
  private static final String UNTIL =
      """
      async ({ act, what }) => {
        const rows = () => [...document.querySelectorAll('.documents-all .document-row')]
          .filter((row) => {
            const box = row.getBoundingClientRect();
            const head = document.querySelector('.documents-head').getBoundingClientRect();
            const list = document.querySelector('.documents').getBoundingClientRect();
            return box.bottom > head.bottom && box.top < list.bottom;
          });
        const filled = () => rows().length > 3 && rows().every((row) => row.querySelector('a'));
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const conditions = {
          open: filled,
          filter: () => filled() && rows().every((row) => row.textContent.includes('ledger 7')),
          clear: () => filled() && rows().some((row) => !row.textContent.includes('ledger 7')),
          // Other tests' documents may come first or last.
          turned: () => filled() && rows()[0].textContent !== top,
          filled,
        };
        const acts = {
          open: () => document.querySelector('nav a[href="/library"]').click(),
          filter: () => type('ledger 7'),
          clear: () => type(''),
          sort: () => document.querySelector('.cell.title .sort').click(),
          jump: () => {
            const body = document.querySelector('.documents');
            body.scrollTop = body.scrollHeight * Math.random();
          },
        };
        const type = (text) => {
          const field = document.querySelector('.filters input');
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text);
          field.dispatchEvent(new Event('input', { bubbles: true }));
        };
        const top = rows()[0]?.textContent;
        const began = performance.now();
        acts[act]();
        await frame();
        while (!conditions[what]()) {
          if (performance.now() - began > 60000) throw new Error(`${act}: never ${what}`);
          await frame();
        }
        await frame();
        return performance.now() - began;
      }
      """;

  private static final String SCROLL =
      """
      async () => {
        const body = document.querySelector('.documents');
        body.scrollTop = 0;
        const gaps = [];
        let before = await new Promise((done) => requestAnimationFrame(done));
        for (let step = 0; step < 300; step++) {
          body.scrollTop += 300;
          const now = await new Promise((done) => requestAnimationFrame(done));
          gaps.push(now - before);
          before = now;
        }
        return gaps;
      }
      """;

  @Inject Documents documents;
  @Inject Readings readings;

  private void fill(String collection) throws Exception {
    try (ExecutorService at = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int number : IntStream.range(0, DOCUMENTS).toArray()) {
        all.add(at.submit(() -> add(CollectionId.of(collection), number)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private void add(CollectionId collection, int number) {
    String name = "ledger %d%04d.pdf".formatted(number % 10, number / 10);
    String revision = HexFormat.of().toHexDigits(number).repeat(8);
    var document =
        documents
            .accept(
                "operator",
                new Arrival(
                    collection,
                    "year-%d/%s".formatted(number % 40, name),
                    Arrival.UPLOAD,
                    revision,
                    1000L + number,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
            .document();
    readings.indexed(
        document.id(),
        revision,
        new Readings.Contents("application/pdf", name, Optional.empty(), 3, 12, 0),
        DocumentState.READY);
  }

  @Test
  void opensFiltersSortsAndScrolls() throws Exception {
    String readers = "readers-" + UUID.randomUUID();
    Service.User reader = Service.user(List.of("EMPLOYEE"), List.of(readers));
    long began = System.nanoTime();
    fill(Service.collection(readers));
    System.out.printf(
        "MEASURED %d documents in the library after %d ms%n",
        DOCUMENTS, (System.nanoTime() - began) / 1_000_000);
    List<Double> first = new ArrayList<>();
    for (int i = 0; i < WINDOWS; i++) {
      try (Window window = Chromium.window()) {
        window.signIn(reader);
        assertThat(window.field("Your question")).isVisible();
        first.add(until(window.page(), "open", "open"));
      }
    }
    report("open, first time since the service began", first.subList(0, 1));
    report("open, first time in a new window", first.subList(1, WINDOWS));
    try (Window window = Chromium.window()) {
      window.signIn(reader);
      Page page = window.page();
      assertThat(window.field("Your question")).isVisible();
      List<Double> open = new ArrayList<>();
      List<Double> filter = new ArrayList<>();
      List<Double> clear = new ArrayList<>();
      List<Double> sort = new ArrayList<>();
      List<Double> jump = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        window.link("Ask").click();
        assertThat(window.field("Your question")).isVisible();
        open.add(until(page, "open", "open"));
        filter.add(until(page, "filter", "filter"));
        clear.add(until(page, "clear", "clear"));
        sort.add(until(page, "sort", "turned"));
        sort.add(until(page, "sort", "turned"));
        jump.add(until(page, "jump", "filled"));
      }
      report("open", open);
      report("filter by text", filter);
      report("clear the filter", clear);
      report("sort", sort);
      report("jump to a random place", jump);
      @SuppressWarnings("unchecked")
      List<Number> gaps = (List<Number>) page.evaluate(SCROLL);
      List<Double> frames = gaps.stream().map(Number::doubleValue).toList();
      report("frame while scrolling", frames);
      System.out.printf(
          "MEASURED frames over 100 ms while scrolling: %d of %d%n",
          frames.stream().filter(gap -> gap > 100).count(), frames.size());
      // The last document is reached too, by whoever scrolls to the end.
      page.locator(".filters input").fill("ledger");
      // The list begins anew when the filter holds, a moment after the last key.
      page.waitForURL("**q=ledger**");
      assertThat(page.locator(".documents"))
          .hasAttribute("aria-rowcount", Integer.toString(DOCUMENTS + 1));
      page.evaluate(
          "() => { const body = document.querySelector('.documents');"
              + " body.scrollTop = body.scrollHeight; }");
      assertThat(page.getByText("ledger 9%04d.pdf".formatted((DOCUMENTS - 1) / 10)).first())
          .isVisible();
    }
  }

  private static double until(Page page, String act, String what) {
    return ((Number) page.evaluate(UNTIL, Map.of("act", act, "what", what))).doubleValue();
  }

  private static void report(String what, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "MEASURED %s: median %.0f ms, most %.0f ms (%d times)%n",
        what,
        sorted.get(sorted.size() / 2),
        sorted.getLast(),
        sorted.size());
    assertThat(sorted).isNotEmpty();
  }
}
