package dev.docent.ingest.tika;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.docent.ingest.ParseOutcome;
import dev.docent.ingest.ParseOutcome.Parsed;
import dev.docent.ingest.ParseOutcome.Rejected;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.RejectReason;
import dev.docent.ingest.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedTikaParserTest {
  private static final Duration SHORT = Duration.ofSeconds(4);

  @TempDir Path folder;

  private final ForkedTikaParser parser =
      new ForkedTikaParser(
          ParserLimits.DEFAULT.with(
              limits -> {
                limits.heapMegabytes = 128;
                limits.stall = SHORT;
                limits.total = SHORT.multipliedBy(4);
              }));

  @AfterEach
  void close() {
    parser.close();
  }

  @Test
  void stopsAParseThatHangsAndReadsTheNextDocument() throws IOException {
    assertThat(misbehave("hang")).isEqualTo(RejectReason.TIMED_OUT);
    assertReadsPlainText();
  }

  @Test
  void survivesADocumentThatKillsTheChild() throws IOException {
    assertThat(misbehave("halt")).isEqualTo(RejectReason.CRASHED);
    assertReadsPlainText();
  }

  @Test
  void survivesADocumentThatEatsTheChildsHeap() throws IOException {
    assertThat(misbehave("memory")).isEqualTo(RejectReason.OUT_OF_MEMORY);
    assertReadsPlainText();
  }

  @Test
  void rejectsEndlessRecursionWithoutLosingTheChild() throws IOException {
    assertThat(misbehave("recursion")).isEqualTo(RejectReason.TOO_DEEP);
    assertReadsPlainText();
  }

  @Test
  void isNotConfusedByWhatALibraryPrints() throws IOException {
    assertThat(parseDeed("print")).isInstanceOf(Parsed.class);
    assertReadsPlainText();
  }

  @Test
  void leavesNothingInTheTemporaryFolder() throws IOException {
    assertThat(parseDeed("litter")).isInstanceOf(Parsed.class);
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      Path own = temporaryFolder(child);
      try (var files = Files.list(own)) {
        assertThat(files).isEmpty();
      }
      parser.close();
      assertThat(own).doesNotExist();
    }
  }

  @Test
  void keepsTheChildBetweenDocumentsAndStopsItWhenIdle() throws Exception {
    try (var brief =
        new ForkedTikaParser(
            ParserLimits.DEFAULT.with(
                limits -> {
                  limits.stall = SHORT;
                  limits.total = SHORT;
                  limits.idle = Duration.ofMillis(1_500);
                }))) {
      Path file = Files.writeString(folder.resolve("a.txt"), "one");
      brief.parse(new SourceDocument("a.txt", file));
      List<Long> first = workers();
      brief.parse(new SourceDocument("a.txt", file));
      assertThat(workers()).isEqualTo(first).hasSize(1);
      for (int i = 0; i < 100 && !workers().isEmpty(); i++) {
        Thread.sleep(100);
      }
      assertThat(workers()).isEmpty();
    }
  }

  @Test
  void readsSeveralDocumentsAtATime() throws Exception {
    try (var wide = new ForkedTikaParser(ParserLimits.DEFAULT.with(limits -> limits.workers = 2));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ParseOutcome>> outcomes =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      callers.submit(
                          () -> {
                            Path file =
                                Files.writeString(folder.resolve(i + ".txt"), "number " + i);
                            return wide.parse(new SourceDocument(i + ".txt", file));
                          }))
              .toList();
      for (int i = 0; i < outcomes.size(); i++) {
        assertThat(outcomes.get(i).get())
            .isInstanceOfSatisfying(
                Parsed.class, parsed -> assertThat(parsed.document().text()).contains("number "));
      }
      assertThat(workers()).hasSizeBetween(1, 2);
    }
  }

  @Test
  void tellsWhichPageIsBeingRead() {
    List<String> told = new ArrayList<>();
    Path samples = Path.of("../samples");
    for (String name : List.of("manuals/aquila-500-manual.pdf", "minutes/town-hall-2025-q1.pptx")) {
      parser.parse(
          new SourceDocument(name, samples.resolve(name)),
          (kind, page, pages) -> told.add("%s %d of %d".formatted(kind, page, pages)));
    }
    assertThat(told).contains("SLIDE 1 of 0", "SLIDE 2 of 0");
    assertThat(told).anyMatch(page -> page.matches("PAGE 2 of ([2-9]|[1-9][0-9]+)"));
  }

  @Test
  void statesWhatIsWrongWithAFileThatIsNotThere() {
    assertThat(parser.parse(new SourceDocument("gone.pdf", folder.resolve("gone.pdf"))))
        .isEqualTo(new Rejected(RejectReason.UNREADABLE, ""));
  }

  @Test
  void rejectsAnEmptyFile() throws IOException {
    assertThat(parse("empty.pdf", "")).isEqualTo(new Rejected(RejectReason.EMPTY, ""));
  }

  @Test
  void acceptsNamesThatNoFileSystemWouldTake() throws IOException {
    Path file = Files.writeString(folder.resolve("plain"), "some text");
    for (String name : List.of("../../etc/passwd", "a\0b.txt", "x".repeat(70_000) + ".txt", "…")) {
      assertThat(parser.parse(new SourceDocument(name, file))).isInstanceOf(Parsed.class);
    }
  }

  @Test
  void theChildHasNoNetworkWhereTheSystemLetsItHaveNone() throws IOException {
    assumeTrue(NoNetwork.isPossible(), "this system lets nobody make a network namespace");
    assertReadsPlainText();
    List<Long> workers = workers();
    assertThat(workers).isNotEmpty();
    for (long worker : workers) {
      Path network = Path.of("/proc/" + worker, "net");
      assertThat(Files.readAllLines(network.resolve("dev")))
          .filteredOn(line -> line.contains(":"))
          .allMatch(line -> line.strip().startsWith("lo:"));
      // What is left is down: nothing leads anywhere.
      assertThat(Files.readAllLines(network.resolve("route"))).hasSizeLessThan(2);
    }
  }

  @Test
  void theChildEndsWhenItsParentDies() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "one");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                WorkerClassPath.current(),
                ParseAndWait.class.getName(),
                file.toString())
            .start();
    long child;
    try (var out = parent.inputReader()) {
      child = Long.parseLong(out.readLine());
    }
    assertThat(ProcessHandle.of(child)).isPresent();
    parent.destroyForcibly().waitFor();
    for (int i = 0; i < 100 && ProcessHandle.of(child).isPresent(); i++) {
      Thread.sleep(100);
    }
    assertThat(ProcessHandle.of(child)).isEmpty();
  }

  private RejectReason misbehave(String deed) throws IOException {
    return ((Rejected) parseDeed(deed)).reason();
  }

  private ParseOutcome parseDeed(String deed) throws IOException {
    return parse("deed.MYD", "\0\0\0" + deed);
  }

  private void assertReadsPlainText() throws IOException {
    ParsedDocument document = ((Parsed) parse("good.txt", "All is well.")).document();
    assertThat(document.text()).isEqualTo("All is well.\n");
  }

  private ParseOutcome parse(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("bytes"), content);
    return parser.parse(new SourceDocument(name, file));
  }

  private static List<Long> workers() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("TikaWorker"))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static Path temporaryFolder(ProcessHandle child) {
    return child.info().arguments().stream()
        .flatMap(Stream::of)
        .filter(argument -> argument.startsWith("-Djava.io.tmpdir="))
        .map(argument -> Path.of(argument.substring("-Djava.io.tmpdir=".length())))
        .findFirst()
        .orElseThrow();
  }

  /// Main class of a parent that is killed with its child running.
  static final class ParseAndWait {
    public static void main(String[] arguments) throws InterruptedException {
      @SuppressWarnings("resource")
      var parser = new ForkedTikaParser(ParserLimits.DEFAULT);
      parser.parse(new SourceDocument("a.txt", Path.of(arguments[0])));
      System.out.println(workers().getFirst());
      Thread.sleep(600_000);
    }
  }
}
