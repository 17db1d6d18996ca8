package dev.docent.compliance.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A witness over HTTP: `POST /add-checkpoint` (C2SP tlog-witness), `POST /add-key`, and `GET
/// /checkpoint?ORIGIN` and `GET /keys` for whoever wants to compare, the log itself when it comes
/// from a backup. Needs no credentials: only what a trusted key signed is answered.
public final class WitnessServer implements AutoCloseable {
  private static final int MAX_REQUEST_BYTES = 1 << 16;

  private final HttpServer server;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  public WitnessServer(Witness witness, InetSocketAddress address) throws IOException {
    server = HttpServer.create(address, 0);
    server.setExecutor(workers);
    server.createContext("/add-checkpoint", exchange -> post(exchange, witness::addCheckpoint));
    server.createContext("/add-key", exchange -> post(exchange, witness::addKey));
    server.createContext("/checkpoint", exchange -> checkpoint(exchange, witness));
    server.createContext("/keys", exchange -> answer(exchange, text(witness.logKeys())));
  }

  public void start() {
    server.start();
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  private static void post(HttpExchange exchange, Function<String, Witness.Answer> answering)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES);
    answer(
        exchange,
        exchange.getRequestMethod().equals("POST") && body.length < MAX_REQUEST_BYTES
            ? answering.apply(new String(body, UTF_8))
            : new Witness.Answer(400, "text/plain", "not a request\n"));
  }

  private static void checkpoint(HttpExchange exchange, Witness witness) throws IOException {
    String origin = String.valueOf(exchange.getRequestURI().getQuery());
    answer(
        exchange,
        witness
            .head(origin)
            .map(head -> text(head.format()))
            .orElse(new Witness.Answer(404, "text/plain", "another log\n")));
  }

  private static Witness.Answer text(String body) {
    return new Witness.Answer(200, "text/plain; charset=utf-8", body);
  }

  private static void answer(HttpExchange exchange, Witness.Answer answer) throws IOException {
    try (exchange) {
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    workers.close();
  }
}
