package dev.docent.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;

/// Refuses a body that says it is too large before any of it is read. The framework would do so as
/// well, but without a word.
@Singleton
final class BodyLimit {
  private final long maxBytes;
  private final ObjectMapper json;

  @Inject
  BodyLimit(UploadLimit limit, ObjectMapper json) {
    this.maxBytes = limit.maxBytes();
    this.json = json;
  }

  void routes(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE + 2).handler(this::check);
  }

  private void check(RoutingContext context) {
    if (length(context) <= maxBytes) {
      context.next();
      return;
    }
    try {
      context
          .response()
          .setStatusCode(ErrorCode.TOO_LARGE.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
          .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
          .end(json.writeValueAsString(Problems.tooLarge(maxBytes)))
          // The body is still on its way: nobody reads it.
          .onComplete(_ -> context.request().connection().close());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the request says; what says nothing, or nonsense, is counted as it is read.
  private static long length(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }
}
