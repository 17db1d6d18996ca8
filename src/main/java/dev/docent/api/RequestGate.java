package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.Role;
import dev.docent.compliance.audit.AuditEvent.DenialReason;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.library.ApiTokens;
import dev.docent.library.Credential;
import dev.docent.library.Sessions;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Lets a request through to its route, or answers it: who is it, is the request their own, may
/// they? A denial is recorded before it is answered.
final class RequestGate {
  static final String COOKIE = "docent_session";
  static final String CSRF_HEADER = "X-CSRF-Token";

  // A machine at ten times its load was seen to need more than two seconds.
  private static final Duration CREDENTIALS_WITHIN = Duration.ofSeconds(10);
  // A lookup that takes longer than this may be one that waits for a database that is away: the
  // connection pool tries for some seconds before it says so.
  private static final Duration ASKING_AFTER = Duration.ofMillis(100);

  private static final String BEARER = "Bearer ";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Sessions sessions;
  private final ApiTokens tokens;
  private final OperatorToken operator;
  private final RequestRecorder recorder;
  private final AuditWriter audit;
  private final SignedIn signedIn;

  @Inject
  RequestGate(
      Sessions sessions,
      ApiTokens tokens,
      OperatorToken operator,
      RequestRecorder recorder,
      AuditWriter audit,
      SignedIn signedIn) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.operator = operator;
    this.recorder = recorder;
    this.audit = audit;
    this.signedIn = signedIn;
  }

  private record Presented(Caller caller, Optional<Credential> credential) {}

  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  @Nullable Response gate(ContainerRequestContext request, ResourceInfo target) {
    Method method = target.getResourceMethod();
    Route route = method.getAnnotation(Route.class);
    if (route == null || route.trace() != Route.Trace.NONE) {
      audit.ensureTakesRecords();
    }
    if (route != null && route.may() == Route.Who.ANYONE) {
      return null;
    }
    String operation = operation(request, target);
    Optional<String> authorization =
        Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    Optional<String> cookie =
        Optional.ofNullable(request.getCookies().get(COOKIE)).map(Cookie::getValue);
    Optional<Presented> presented = inTime(() -> presented(authorization, cookie));
    if (presented.isEmpty()) {
      recorder.denied(Optional.empty(), operation, DenialReason.NOT_SIGNED_IN, Optional.empty());
      return Problem.response(ErrorCode.NOT_SIGNED_IN, "The request has no valid credentials.");
    }
    Caller caller = presented.get().caller();
    Optional<Credential> credential = presented.get().credential();
    if (isForged(request, credential)) {
      recorder.denied(
          Optional.of(caller), operation, DenialReason.FORGED_REQUEST, Optional.empty());
      return Problem.response(
          ErrorCode.FORGED_REQUEST, "Send the token of /api/v1/me as %s.".formatted(CSRF_HEADER));
    }
    if (route == null || !mayUse(route, caller, credential)) {
      return deny(caller, operation, route);
    }
    if (!route.beforePasswordChange()
        && credential.filter(known -> known.account().mustChangePassword()).isPresent()) {
      recorder.denied(Optional.of(caller), operation, DenialReason.NOT_GRANTED, Optional.empty());
      return Problem.response(
          ErrorCode.PASSWORD_CHANGE_REQUIRED, "Change it with POST /api/v1/me/password.");
    }
    signedIn.as(caller, credential, operation);
    return null;
  }

  private Response deny(Caller caller, String operation, @Nullable Route route) {
    boolean local = route != null && route.may() == Route.Who.OPERATOR;
    recorder.denied(
        Optional.of(caller),
        operation,
        local ? DenialReason.LOCAL_ONLY : DenialReason.ROLE_MISSING,
        Optional.empty());
    return local
        ? Problem.response(ErrorCode.LOCAL_ONLY, "Use ./docent on the machine itself.")
        : Problem.response(ErrorCode.NOT_ALLOWED, "Your account lacks the role for this.");
  }

  /// A database that is away or hangs holds up nobody for long. On a thread that the machine's
  /// scheduler knows: virtual ones wait their turn behind whatever documents are being cut and
  /// indexed on the few carriers.
  private <T> T inTime(Supplier<T> lookup) {
    FutureTask<T> task = new FutureTask<>(lookup::get);
    Thread.ofPlatform().name("credentials").daemon().start(task);
    long deadline = System.nanoTime() + CREDENTIALS_WITHIN.toNanos();
    try {
      while (true) {
        try {
          return task.get(ASKING_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (!audit.health().available() || System.nanoTime() - deadline > 0) {
            task.cancel(true);
            throw ApiException.retryLater(
                ErrorCode.STORAGE_UNAVAILABLE,
                "The database does not answer.",
                Problem.RETRY_AFTER);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.retryLater(
          ErrorCode.STORAGE_UNAVAILABLE, "The service is stopping.", Problem.RETRY_AFTER);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private Optional<Presented> presented(Optional<String> authorization, Optional<String> cookie) {
    return authorization.isPresent()
        ? authorization
            .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .flatMap(text -> byToken(text.substring(BEARER.length()).strip()))
        : cookie.flatMap(sessions::byCookie).map(RequestGate::presented);
  }

  private Optional<Presented> byToken(String token) {
    return operator
        .matches(token)
        .map(caller -> new Presented(caller, Optional.empty()))
        .or(() -> tokens.find(token).map(RequestGate::presented));
  }

  private static Presented presented(Credential credential) {
    return new Presented(credential.account().caller(), Optional.of(credential));
  }

  private static boolean isForged(
      ContainerRequestContext request, Optional<Credential> credential) {
    if (SAFE.contains(request.getMethod())) {
      return false;
    }
    String token = request.getHeaderString(CSRF_HEADER);
    return credential
        .flatMap(Credential::session)
        .filter(secret -> token == null || !secret.matchesCsrf(token))
        .isPresent();
  }

  private static boolean mayUse(Route route, Caller caller, Optional<Credential> credential) {
    return switch (route.may()) {
      case ANYONE, SIGNED_IN -> true;
      case ADMINISTRATOR -> caller.has(Role.ADMINISTRATOR);
      case COMPLIANCE_OFFICER -> caller.has(Role.COMPLIANCE_OFFICER);
      case OPERATOR -> credential.isEmpty();
    };
  }

  /// Method and route template: what the URL holds in its place is not for the log.
  static String operation(ContainerRequestContext request, ResourceInfo target) {
    return request.getMethod() + " " + RouteTemplate.of(target);
  }
}
