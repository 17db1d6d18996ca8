package dev.docent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.wiring.DataFolder;
import dev.docent.wiring.DataFolderException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The service's REST interface as the local operator sees it. A refusal of the service becomes a
/// [CommandException] with the problem's own words.
final class ServiceClient {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration READY_WITHIN = Duration.ofSeconds(2);
  private static final Duration PAGE_WITHIN = Duration.ofMinutes(1);
  private static final int UNKNOWN_CALLER = 401;
  private static final Pattern PART_OF_PAGE = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .build();
  private final URI address;
  private final String token;

  ServiceClient(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  static ServiceClient of(DataFolder data) {
    var running =
        RunningService.on(data)
            .orElseThrow(() -> new CommandException(RunningService.absence(data)));
    try {
      return new ServiceClient(running.address(), data.readOperatorToken());
    } catch (DataFolderException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  URI address() {
    return address;
  }

  /// Whether the service says that it is ready.
  boolean ready() {
    try {
      var request =
          HttpRequest.newBuilder(address.resolve("/q/health/ready")).timeout(READY_WITHIN).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// Asks for the page and what it begins with, as a browser does. A service loads much of itself
  /// at its first requests, for which the first person at the page need not wait.
  void openPage() {
    try {
      var html = page("/").header("Accept", "text/html").build();
      var page = http.send(html, HttpResponse.BodyHandlers.ofString()).body();
      var parts =
          PART_OF_PAGE
              .matcher(page)
              .results()
              .map(part -> page(part.group(1)).header("Accept-Encoding", "gzip").build())
              .map(part -> http.sendAsync(part, HttpResponse.BodyHandlers.discarding()))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(parts).join();
      get("/api/v1/me");
    } catch (IOException | CompletionException e) {
      throw new CommandException("The page at %s cannot be had: %s".formatted(address, e), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpRequest.Builder page(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(PAGE_WITHIN);
  }

  JsonNode get(String path, Map<String, String> query) {
    return json(request(path + query(query)).GET().build());
  }

  JsonNode get(String path) {
    return get(path, Map.of());
  }

  JsonNode post(String path, Object body) {
    return json(withBody(request(path), "POST", body).build());
  }

  JsonNode patch(String path, Object body) {
    return json(withBody(request(path), "PATCH", body).build());
  }

  void delete(String path) {
    try (var _ = send(request(path).DELETE().build())) {
      return;
    } catch (IOException e) {
      throw new CommandException("The service's answer broke off: " + e.getMessage(), e);
    }
  }

  /// The body of a long answer, in whatever form the service gives it; the caller closes it.
  InputStream open(String path, Map<String, String> query) {
    return download(path, query).body();
  }

  /// The same, with what its headers say.
  HttpResponse<InputStream> download(String path, Map<String, String> query) {
    return respond(request(path + query(query)).setHeader("Accept", "*/*").GET().build());
  }

  /// Sends a question and hands over each event of the answer as it comes: its name and its data.
  void events(String path, Object body, BiConsumer<String, JsonNode> listener) {
    var request =
        withBody(request(path), "POST", body).setHeader("Accept", "text/event-stream").build();
    try (var reader =
        new BufferedReader(new InputStreamReader(send(request), StandardCharsets.UTF_8))) {
      new EventStream(
              (name, data) -> {
                try {
                  listener.accept(name, JSON.readTree(data));
                } catch (IOException e) {
                  throw new CommandException("The service sent no JSON: " + e.getMessage(), e);
                }
              })
          .read(reader);
    } catch (IOException e) {
      throw new CommandException("The answer broke off: " + e.getMessage(), e);
    }
  }

  static String query(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json");
  }

  private static HttpRequest.Builder withBody(
      HttpRequest.Builder request, String method, Object body) {
    try {
      return request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private JsonNode json(HttpRequest request) {
    try (var body = send(request)) {
      var node = JSON.readTree(body);
      return node == null ? JSON.missingNode() : node;
    } catch (IOException e) {
      throw new CommandException("The service sent no JSON: " + e.getMessage(), e);
    }
  }

  /// The body of the answer; the caller closes it.
  private InputStream send(HttpRequest request) {
    return respond(request).body();
  }

  private HttpResponse<InputStream> respond(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() >= 400) {
        try (var body = response.body()) {
          throw refusal(response.statusCode(), body.readAllBytes());
        }
      }
      return response;
    } catch (IOException e) {
      throw new CommandException(
          "The service at %s does not answer (%s). See ./docent status."
              .formatted(
                  address, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// The problem (RFC 9457) in words.
  private static CommandException refusal(int status, byte[] body) {
    if (status == UNKNOWN_CALLER) {
      return new CommandException(
          "The service does not know the operator's token: its file was changed after the start. ./docent down and ./docent up make a new one.");
    }
    try {
      var problem = JSON.readTree(body);
      var field = problem.path("field").asText("");
      var title = problem.path("title").asText("");
      var detail = problem.path("detail").asText("");
      if (!title.isEmpty() || !detail.isEmpty()) {
        return new CommandException(
            (field.isEmpty() ? "" : field + ": ")
                + (detail.isEmpty()
                    ? title
                    : detail + " (" + problem.path("code").asText(title) + ")"));
      }
    } catch (IOException _) {
      // not a problem document: the status must do
    }
    return new CommandException("The service refused with HTTP status " + status + ".");
  }

  private static CommandException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CommandException("Interrupted", e);
  }
}
