package dev.docent.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An error as RFC 9457 has it.
///
/// @param type identifies the kind of problem: `urn:docent:problem:` and the code
/// @param field the request's field that is wrong
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error (RFC 9457)")
record Problem(
    @Schema(examples = "urn:docent:problem:not_found") String type,
    @Schema(examples = "There is no such thing") String title,
    @Schema(examples = "404") int status,
    @Schema(examples = "There is no such document") String detail,
    @Schema(description = "Stable name of the error", examples = "not_found") String code,
    @Schema(description = "The field that is wrong", examples = "readers") @Nullable String field) {
  static final String MEDIA_TYPE = "application/problem+json";

  // How long an answer is worth waiting for when the database or the audit's store is away.
  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  static Problem of(ErrorCode code, String detail, Optional<String> field) {
    return new Problem(
        "urn:docent:problem:" + code.code(),
        code.title(),
        code.status(),
        detail,
        code.code(),
        field.orElse(null));
  }

  static Response response(ErrorCode code, String detail) {
    return response(of(code, detail, Optional.empty()), retryAfter(code));
  }

  static Response response(Problem problem, Optional<Duration> retryAfter) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(MEDIA_TYPE)
            .header("Cache-Control", "no-store")
            .entity(problem);
    retryAfter.ifPresent(
        after -> response.header("Retry-After", Math.max(1, after.plusMillis(999).toSeconds())));
    if (problem.status() == ErrorCode.NOT_SIGNED_IN.status()) {
      response.header("WWW-Authenticate", "Bearer realm=\"docent\"");
    }
    return response.build();
  }

  private static Optional<Duration> retryAfter(ErrorCode code) {
    return code.kind() == ErrorCode.Kind.RESOURCE ? Optional.of(RETRY_AFTER) : Optional.empty();
  }
}
