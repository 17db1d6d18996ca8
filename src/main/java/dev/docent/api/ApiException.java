package dev.docent.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A request that ends with a problem.
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Optional<Duration> retryAfter;

  private ApiException(Problem problem, Optional<Duration> retryAfter) {
    super(problem.detail());
    this.problem = requireNonNull(problem, "problem");
    this.retryAfter = retryAfter;
  }

  static ApiException of(ErrorCode code, String detail) {
    return of(Problem.of(code, detail));
  }

  static ApiException of(Problem problem) {
    return new ApiException(problem, Optional.empty());
  }

  static ApiException invalid(String field, String detail) {
    return of(Problem.of(ErrorCode.INVALID_REQUEST, detail).at(field));
  }

  static ApiException invalid(String field, Problem.Reason reason, String detail) {
    return of(Problem.of(ErrorCode.INVALID_REQUEST, detail).at(field).because(reason, Map.of()));
  }

  static ApiException retryLater(ErrorCode code, String detail, Duration after) {
    return new ApiException(Problem.of(code, detail), Optional.of(after));
  }

  Problem problem() {
    return problem;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
