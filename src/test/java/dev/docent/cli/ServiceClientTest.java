package dev.docent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServiceClientTest {
  private static final String PAGE =
      """
      <html><head><link rel="stylesheet" href="/assets/page.css"><link rel="icon" href="/icon.svg">
      <script type="module" src="/assets/page.js"></script></head></html>
      """;

  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private HttpServer server;
  private ServiceClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = (path.equals("/") ? PAGE : "{}").getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new ServiceClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "a token");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void opensThePageAsABrowserDoes() {
    client.openPage();

    assertThat(asked).containsExactly("/", "/api/v1/me", "/assets/page.css", "/assets/page.js");
  }

  @Test
  void saysThatThePageCannotBeHad() {
    server.stop(0);

    assertThatThrownBy(client::openPage)
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("The page at http://127.0.0.1:");
  }
}
