package dev.docent.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An error as RFC 9457 has it.
///
/// @param type identifies the kind of problem: `urn:docent:problem:` and the code
/// @param field the request's field that is wrong
/// @param reason what exactly is wrong, where people meet more than one thing under the code
/// @param values the names and numbers that the detail mentions, by their names
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "An error (RFC 9457)")
record Problem(
    @Schema(examples = "urn:docent:problem:not_found") String type,
    @Schema(examples = "There is no such thing") String title,
    @Schema(examples = "404") int status,
    @Schema(examples = "There is no such document") String detail,
    @Schema(description = "Stable name of the error", examples = "not_found") String code,
    @Schema(description = "The field that is wrong", examples = "readers") @Nullable String field,
    @Schema(description = "Stable name of what exactly is wrong", examples = "unknown_group")
        @Nullable String reason,
    @Schema(description = "What the detail mentions, by name", examples = "{\"name\":\"lawyers\"}")
        @Nullable Map<String, Object> values) {
  static final String MEDIA_TYPE = "application/problem+json";

  // How long an answer is worth waiting for when the database or the audit's store is away.
  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final Set<String> RETRIED =
      Arrays.stream(ErrorCode.values())
          .filter(code -> code.kind() == ErrorCode.Kind.RESOURCE)
          .map(ErrorCode::code)
          .collect(Collectors.toUnmodifiableSet());

  Problem {
    values = values == null ? null : Map.copyOf(values);
  }

  /// What exactly is wrong, beyond what the library and the log's retention say of themselves. The
  /// names are part of the API and are never reused for another meaning.
  enum Reason {
    BAD_VALUE,
    MISSING,
    NOT_A_CONTRIBUTOR,
    PERIOD_REVERSED,
    SERVICE_STOPPED,
    UNKNOWN_PERSON
  }

  static Problem of(ErrorCode code, String detail) {
    return new Problem(
        "urn:docent:problem:" + code.code(),
        code.title(),
        code.status(),
        detail,
        code.code(),
        null,
        null,
        null);
  }

  Problem at(String field) {
    return new Problem(type, title, status, detail, code, field, reason, values);
  }

  Problem because(Enum<?> reason, Map<String, Object> values) {
    return with(reason.name().toLowerCase(Locale.ROOT), values);
  }

  Problem with(Map<String, Object> values) {
    return with(reason, values);
  }

  private Problem with(@Nullable String reason, Map<String, Object> values) {
    return new Problem(
        type, title, status, detail, code, field, reason, values.isEmpty() ? null : values);
  }

  static Response response(ErrorCode code, String detail) {
    return response(of(code, detail));
  }

  /// With the time after which another try is worth it, where the machine is at fault.
  static Response response(Problem problem) {
    return response(
        problem, RETRIED.contains(problem.code()) ? Optional.of(RETRY_AFTER) : Optional.empty());
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
}
