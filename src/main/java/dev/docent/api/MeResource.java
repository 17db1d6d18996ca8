package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.library.Account;
import dev.docent.library.Accounts;
import dev.docent.library.ApiToken;
import dev.docent.library.ApiTokens;
import dev.docent.library.Change;
import dev.docent.library.Credential;
import dev.docent.library.Secret;
import dev.docent.library.Sessions;
import dev.docent.library.WebSession;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The caller's own account, tokens and sessions.
@Path("/api/v1/me")
@RunOnVirtualThread
@Tag(name = "Own account")
final class MeResource {
  private final Accounts accounts;
  private final Sessions sessions;
  private final ApiTokens tokens;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;
  private final LiveStreams streams;

  @Inject
  MeResource(
      Accounts accounts,
      Sessions sessions,
      ApiTokens tokens,
      RequestRecorder recorder,
      SignedIn signedIn,
      LiveStreams streams) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
    this.recorder = recorder;
    this.signedIn = signedIn;
    this.streams = streams;
  }

  record MeView(
      String id,
      String username,
      String displayName,
      @Schema(examples = "[\"EMPLOYEE\"]") List<String> roles,
      @Schema(examples = "[\"everyone\", \"hr\"]") List<String> groups,
      boolean mustChangePassword,
      @Schema(description = "To be sent as X-CSRF-Token with every change; null without a session")
          @Nullable String csrf) {}

  static MeView view(Account account, Optional<String> csrf) {
    return new MeView(
        account.id().toString(),
        account.username(),
        account.displayName(),
        roles(account.roles()),
        groups(account.groups()),
        account.mustChangePassword(),
        csrf.orElse(null));
  }

  static List<String> roles(Collection<Role> roles) {
    return roles.stream().map(Role::name).sorted().toList();
  }

  static List<String> groups(Collection<GroupId> groups) {
    return groups.stream().map(GroupId::value).sorted().toList();
  }

  @GET
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE, beforePasswordChange = true)
  @Operation(summary = "Who am I?")
  public MeView me() {
    Caller caller = signedIn.caller();
    return signedIn
        .credential()
        .map(known -> view(known.account(), known.session().map(Secret::csrfToken)))
        .orElseGet(
            () ->
                new MeView(
                    caller.id(),
                    caller.id(),
                    caller.name(),
                    roles(caller.roles()),
                    List.of(),
                    false,
                    null));
  }

  record PasswordChange(
      @NotNull @Size(min = 1, max = Accounts.MAX_PASSWORD) String current,
      @NotNull @Size(min = Accounts.MIN_PASSWORD, max = Accounts.MAX_PASSWORD) String replacement) {
    @Override
    public String toString() {
      return "PasswordChange[hidden]";
    }
  }

  @POST
  @Path("/password")
  @Route(
      may = Route.Who.SIGNED_IN,
      trace = Route.Trace.CHANGE,
      records = "account.password_changed",
      beforePasswordChange = true)
  @Operation(summary = "Change the own password", description = "Ends every other session.")
  @APIResponse(responseCode = "204", description = "Changed")
  public Response changePassword(@Valid @NotNull PasswordChange request) {
    Credential credential = signedIn.accountCredential();
    boolean changed =
        accounts.changePassword(
            credential.account().id(),
            request.current(),
            request.replacement(),
            credential.session().map(_ -> credential.id()));
    if (!changed) {
      recorder.passwordRefused(signedIn.caller());
      throw ApiException.of(ErrorCode.WRONG_PASSWORD, "The current password is wrong.");
    }
    return Response.noContent().build();
  }

  record TokenView(
      UUID id,
      String name,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {}

  private static TokenView view(ApiToken token) {
    return new TokenView(
        token.id(),
        token.name(),
        token.createdAt(),
        token.expiresAt().orElse(null),
        token.lastUsedAt().orElse(null));
  }

  @GET
  @Path("/tokens")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "The own API tokens")
  public List<TokenView> tokens() {
    List<TokenView> own = tokens.of(signedIn.accountId()).stream().map(MeResource::view).toList();
    recorder.listed(signedIn.caller(), Listing.TOKENS, own.size());
    return own;
  }

  record NewToken(
      @NotNull @Size(min = 1, max = 100) @Schema(examples = "nightly import") String name,
      @Nullable Instant expiresAt) {}

  record CreatedToken(
      UUID id,
      String name,
      @Nullable Instant expiresAt,
      @Schema(description = "Shown only now", examples = "docent_mFh3…") String token) {
    @Override
    public String toString() {
      return "CreatedToken[hidden]";
    }
  }

  @POST
  @Path("/tokens")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "account.token_created")
  @Operation(summary = "Make an API token")
  @APIResponseSchema(value = CreatedToken.class, responseCode = "201")
  public Response createToken(@Valid @NotNull NewToken request) {
    ApiTokens.NewToken made =
        tokens.create(
            signedIn.accountId(), request.name(), Optional.ofNullable(request.expiresAt()));
    return Response.status(Response.Status.CREATED)
        .header("Cache-Control", "no-store")
        .entity(
            new CreatedToken(
                made.token().id(),
                made.token().name(),
                made.token().expiresAt().orElse(null),
                made.secret().text()))
        .build();
  }

  @DELETE
  @Path("/tokens/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "account.token_revoked")
  @Operation(summary = "Revoke an API token")
  public void revokeToken(@PathParam("id") UUID id) {
    UUID account = signedIn.accountId();
    recorder.recordingDenial(
        signedIn.caller(),
        signedIn.operation(),
        () -> {
          tokens.revoke(account, id);
          return id;
        });
    streams.endBy(id);
  }

  record SessionView(
      UUID id,
      String userAgent,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt,
      boolean current) {}

  @GET
  @Path("/sessions")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "Where the account is signed in")
  public List<SessionView> sessions() {
    Credential credential = signedIn.accountCredential();
    List<SessionView> own =
        sessions.of(credential.account().id()).stream()
            .map(session -> view(session, credential.id()))
            .toList();
    recorder.listed(signedIn.caller(), Listing.SESSIONS, own.size());
    return own;
  }

  private static SessionView view(WebSession session, UUID current) {
    return new SessionView(
        session.id(),
        session.userAgent(),
        session.createdAt(),
        session.lastSeenAt(),
        session.expiresAt(),
        session.id().equals(current));
  }

  @DELETE
  @Path("/sessions/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "auth.signed_out")
  @Operation(summary = "Sign out elsewhere")
  public void closeSession(@PathParam("id") UUID id) {
    UUID account = signedIn.accountId();
    recorder.recordingDenial(
        signedIn.caller(),
        signedIn.operation(),
        () -> {
          sessions.close(account, id, Change.SignedOut.Cause.REVOKED);
          return id;
        });
    streams.endBy(id);
  }
}
