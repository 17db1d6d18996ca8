package dev.docent.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/// A request that ends with a problem.
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Optional<String> field;
  private final transient Optional<Duration> retryAfter;

  private ApiException(
      ErrorCode code, String detail, Optional<String> field, Optional<Duration> retryAfter) {
    super(detail);
    this.code = requireNonNull(code, "code");
    this.field = field;
    this.retryAfter = retryAfter;
  }

  static ApiException of(ErrorCode code, String detail) {
    return new ApiException(code, detail, Optional.empty(), Optional.empty());
  }

  static ApiException invalid(String field, String detail) {
    return new ApiException(
        ErrorCode.INVALID_REQUEST, detail, Optional.of(field), Optional.empty());
  }

  static ApiException retryLater(ErrorCode code, String detail, Duration after) {
    return new ApiException(code, detail, Optional.empty(), Optional.of(after));
  }

  ErrorCode code() {
    return code;
  }

  Optional<String> field() {
    return field;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
