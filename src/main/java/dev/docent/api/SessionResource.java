package dev.docent.api;

import static jakarta.ws.rs.core.HttpHeaders.USER_AGENT;

import dev.docent.library.Accounts;
import dev.docent.library.Change;
import dev.docent.library.Credential;
import dev.docent.library.Sessions;
import dev.docent.library.SignIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Signing in and out with a browser.
@Path("/api/v1/session")
@RunOnVirtualThread
@Tag(name = "Own account")
final class SessionResource {
  private final Sessions sessions;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;
  private final LiveStreams streams;
  private final SessionCookie cookie;

  @Inject
  SessionResource(
      Sessions sessions,
      RequestRecorder recorder,
      SignedIn signedIn,
      LiveStreams streams,
      SessionCookie cookie) {
    this.sessions = sessions;
    this.recorder = recorder;
    this.signedIn = signedIn;
    this.streams = streams;
    this.cookie = cookie;
  }

  record SignInRequest(
      @NotNull @Size(min = 1, max = 200) @Schema(examples = "anna") String username,
      @NotNull @Size(min = 1, max = Accounts.MAX_PASSWORD) String password) {
    @Override
    public String toString() {
      return "SignInRequest[hidden]";
    }
  }

  record SignInView(MeResource.MeView me) {}

  @POST
  @Route(may = Route.Who.ANYONE, trace = Route.Trace.CHANGE, records = "auth.signed_in")
  @Operation(
      summary = "Sign in",
      description =
          "Sets the cookie docent_session. After five failures a name is locked, for longer each time.")
  @APIResponseSchema(value = SignInView.class, responseCode = "200")
  public Response signIn(
      @Valid @NotNull SignInRequest request,
      @HeaderParam(USER_AGENT) @DefaultValue("") String userAgent,
      @Context HttpServerRequest http) {
    return switch (sessions.signIn(request.username(), request.password(), userAgent)) {
      case SignIn.Opened opened -> opened(opened, http.isSSL());
      case SignIn.Failed() -> {
        recorder.signInFailed(request.username());
        yield Problem.response(ErrorCode.SIGN_IN_FAILED, "Check the user name and the password.");
      }
      case SignIn.Locked(Instant until, boolean tried) -> {
        Duration wait = Duration.between(Instant.now(), until);
        if (tried) {
          recorder.signInFailed(request.username());
        } else {
          recorder.signInLocked(request.username(), wait);
        }
        throw ApiException.retryLater(
            ErrorCode.TOO_MANY_ATTEMPTS, "Wait before you try again.", wait);
      }
    };
  }

  private Response opened(SignIn.Opened opened, boolean tls) {
    MeResource.MeView me =
        MeResource.view(opened.account(), Optional.of(opened.secret().csrfToken()));
    return Response.ok(new SignInView(me))
        .cookie(cookie.opening(opened.secret().text(), tls))
        .header("Cache-Control", "no-store")
        .build();
  }

  @DELETE
  @Route(
      may = Route.Who.SIGNED_IN,
      trace = Route.Trace.CHANGE,
      records = "auth.signed_out",
      beforePasswordChange = true)
  @Operation(summary = "Sign out")
  @APIResponse(responseCode = "204", description = "Signed out")
  public Response signOut(@Context HttpServerRequest http) {
    @Nullable Credential credential =
        signedIn.credential().filter(known -> known.session().isPresent()).orElse(null);
    if (credential == null) {
      throw ApiException.of(ErrorCode.CONFLICT, "The request was not made with a session");
    }
    sessions.close(credential.account().id(), credential.id(), Change.SignedOut.Cause.REQUESTED);
    streams.endBy(credential.id());
    return Response.noContent().cookie(cookie.closing(http.isSSL())).build();
  }
}
