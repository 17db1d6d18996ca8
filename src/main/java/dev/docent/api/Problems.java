package dev.docent.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.docent.answer.RecordUnavailableException;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.retention.RetentionRefusedException;
import dev.docent.library.BlobStore;
import dev.docent.library.DatabaseAway;
import dev.docent.library.DiskRoom;
import dev.docent.library.LibraryException;
import dev.docent.library.Uploads;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// The one place where an exception becomes a problem.
final class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final Outage OUTAGE =
      new Outage(
          InstantSource.system(),
          causes -> LOG.errorf("The audit record cannot be written: %s", causes),
          count -> LOG.infof("The audit record can be written again: %s", count));
  private static final Map<Integer, ErrorCode> BY_STATUS =
      Stream.of(
              ErrorCode.INVALID_REQUEST,
              ErrorCode.NOT_SIGNED_IN,
              ErrorCode.NOT_ALLOWED,
              ErrorCode.NOT_FOUND,
              ErrorCode.METHOD_NOT_ALLOWED,
              ErrorCode.NOT_ACCEPTABLE,
              ErrorCode.CONFLICT,
              ErrorCode.TOO_LARGE,
              ErrorCode.UNSUPPORTED_MEDIA_TYPE)
          .collect(Collectors.toMap(ErrorCode::status, code -> code));

  private final DiskRoom disk;

  @Inject
  Problems(DiskRoom disk) {
    this.disk = disk;
  }

  @ServerExceptionMapper
  Response api(ApiException e) {
    return Problem.response(e.problem(), e.retryAfter());
  }

  @ServerExceptionMapper
  Response library(LibraryException e) {
    Problem problem =
        switch (e) {
          case LibraryException.NotFound _ -> Problem.of(ErrorCode.NOT_FOUND, text(e));
          case LibraryException.Conflict _ -> Problem.of(ErrorCode.CONFLICT, text(e));
          case LibraryException.Invalid invalid ->
              Problem.of(ErrorCode.INVALID_REQUEST, text(e)).at(invalid.field());
        };
    return Problem.response(
        e.reason().map(reason -> problem.because(reason, e.values())).orElse(problem));
  }

  @ServerExceptionMapper
  Response retention(RetentionRefusedException e) {
    return Problem.response(Problem.of(ErrorCode.CONFLICT, text(e)).because(e.reason(), Map.of()));
  }

  @ServerExceptionMapper
  Response tooLarge(BlobStore.TooLargeException e) {
    return Problem.response(tooLarge(e.maxBytes()));
  }

  static Problem tooLarge(long maxBytes) {
    return Problem.of(ErrorCode.TOO_LARGE, "A document has at most %d bytes".formatted(maxBytes))
        .with(Map.of("maxBytes", maxBytes));
  }

  @ServerExceptionMapper
  Response noRoom(Uploads.NoRoomException e) {
    return Problem.response(
        ErrorCode.STORAGE_FULL, text(e) + ". Whoever runs this service can make room.");
  }

  @ServerExceptionMapper
  Response offset(Uploads.OffsetException e) {
    return Problem.response(ErrorCode.CONFLICT, text(e));
  }

  @ServerExceptionMapper({RecordUnavailableException.class, AuditUnavailableException.class})
  Response auditUnavailable(RuntimeException e) {
    OUTAGE.refused(causes(e));
    return Problem.response(
        ErrorCode.AUDIT_UNAVAILABLE, whenBack("The audit record cannot be written"));
  }

  /// What was answered and is on record ends an outage.
  @ServerResponseFilter
  void recorded(ContainerResponseContext response, ResourceInfo target) {
    Method method = target.getResourceMethod();
    Route route = method == null ? null : method.getAnnotation(Route.class);
    if (route != null && route.trace() != Route.Trace.NONE && response.getStatus() < 400) {
      OUTAGE.over();
    }
  }

  @ServerExceptionMapper
  Response web(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return json(json);
    }
    ErrorCode code = BY_STATUS.get(e.getResponse().getStatus());
    if (code == null) {
      return e.getResponse().getStatus() < 500
          ? Problem.response(ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST.title())
          : internal(e);
    }
    return Problem.response(code, code.title());
  }

  /// A field that breaks a rule of its own; named as the client calls it, the last of its path.
  @ServerExceptionMapper
  Response rule(ConstraintViolationException e) {
    ConstraintViolation<?> violation = e.getConstraintViolations().iterator().next();
    String field = "";
    for (jakarta.validation.Path.Node node : violation.getPropertyPath()) {
      field = String.valueOf(node);
    }
    Problem problem = Problem.of(ErrorCode.INVALID_REQUEST, violation.getMessage()).at(field);
    return Problem.response(
        switch (violation.getConstraintDescriptor().getAnnotation()) {
          case Size size ->
              problem.because(
                  LibraryException.Reason.LENGTH, Map.of("min", size.min(), "max", size.max()));
          case NotBlank _, NotNull _ -> problem.because(Problem.Reason.MISSING, Map.of());
          default -> problem;
        });
  }

  // Named as well: the framework has a mapper of its own for it, which would be the closer one.
  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  Response json(JsonProcessingException e) {
    Optional<String> field =
        e instanceof JsonMappingException mapping ? field(mapping) : Optional.empty();
    String detail =
        switch (e) {
          case UnrecognizedPropertyException _ -> "There is no such field";
          case JsonMappingException _ -> "The field has a value that it cannot have";
          default -> "The body is not well-formed JSON";
        };
    Problem problem = Problem.of(ErrorCode.INVALID_REQUEST, detail);
    return Problem.response(
        field
            .map(name -> problem.at(name).because(Problem.Reason.BAD_VALUE, Map.of()))
            .orElse(problem));
  }

  private static Optional<String> field(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                reference ->
                    reference.getFieldName() == null
                        ? "[" + reference.getIndex() + "]"
                        : reference.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  @ServerExceptionMapper
  Response other(Throwable e) {
    return DatabaseAway.caused(e)
        ? Problem.response(
            ErrorCode.STORAGE_UNAVAILABLE, whenBack("The database cannot be reached"))
        : internal(e);
  }

  private String whenBack(String what) {
    return disk.isFull()
        ? what + ": the disk is full. Whoever runs this service can make room."
        : what + ". Try again later.";
  }

  /// The code for an error in the middle of a stream, whose status has been sent.
  static Problem inStream(Throwable e) {
    ErrorCode code =
        e instanceof RecordUnavailableException || e instanceof AuditUnavailableException
            ? ErrorCode.AUDIT_UNAVAILABLE
            : DatabaseAway.caused(e) ? ErrorCode.STORAGE_UNAVAILABLE : ErrorCode.INTERNAL;
    if (code == ErrorCode.INTERNAL) {
      LOG.error("A stream failed", e);
    }
    return Problem.of(code, code.title());
  }

  private static Response internal(Throwable e) {
    String incident = UUID.randomUUID().toString();
    LOG.errorf(e, "A request failed: incident=%s", incident);
    return Problem.response(
        Problem.of(ErrorCode.INTERNAL, "The log says more under incident %s.".formatted(incident))
            .with(Map.of("incident", incident)));
  }

  private static String causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .map(cause -> cause.getClass().getSimpleName())
        .collect(Collectors.joining(" < "));
  }

  private static String text(Throwable e) {
    return String.valueOf(e.getMessage());
  }
}
