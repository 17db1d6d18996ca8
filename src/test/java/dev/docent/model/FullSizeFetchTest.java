package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model of the catalogue at its real length, from a hub on this machine that has other bytes.
final class FullSizeFetchTest {
  private static final CatalogModel MODEL =
      ModelCatalog.bundled().find("qwen2.5-coder-0.5b-instruct").orElseThrow();
  private static final long BROKEN_OFF_AFTER = 300_000_000;

  @TempDir Path cache;
  private final byte[] block = new byte[1 << 20];
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private volatile long most = Long.MAX_VALUE;
  private HttpServer hub;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(block);
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext("/%s/resolve/main/%s".formatted(MODEL.hub(), MODEL.file()), this::answer);
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  @Test
  void aTransferThatBrokeOffGoesOnAndOtherBytesAreRefusedAtItsEnd() throws Exception {
    most = BROKEN_OFF_AFTER;
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("what was fetched is kept");
    long held = Files.size(cache.resolve(MODEL.file() + ".part"));
    assertThat(held).isBetween(1L, BROKEN_OFF_AFTER);

    most = Long.MAX_VALUE;
    assertThatThrownBy(this::fetch)
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("refused, its SHA-256 is ");

    assertThat(ranges)
        .as("it goes on, and as the digest is wrong it begins anew once")
        .containsExactly("bytes=0-", "bytes=" + held + "-", "bytes=0-");
    try (var files = Files.list(cache)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .as("neither the file nor a part of it")
          .containsExactly(MODEL.file() + ".lock");
    }
  }

  private ModelFile fetch() throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    return new ModelStore(
            cache, new ModelSources(Optional.of(address), Duration.ofMinutes(1), List.of()))
        .ensure(MODEL, (_, _, _) -> {});
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(range);
      long from = Long.parseLong(range.replaceAll("\\D", ""));
      exchange.sendResponseHeaders(206, MODEL.bytes() - from);
      OutputStream out = exchange.getResponseBody();
      long left = Math.min(MODEL.bytes() - from, most);
      while (left > 0) {
        int count = (int) Math.min(block.length, left);
        out.write(block, 0, count);
        left -= count;
      }
    }
  }
}
