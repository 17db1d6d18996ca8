package dev.docent.api;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.library.Account;
import dev.docent.library.AccountPatch;
import dev.docent.library.Accounts;
import dev.docent.library.DocumentLabels;
import dev.docent.library.LibraryCollection;
import dev.docent.library.LibraryCollections;
import dev.docent.library.LibraryFolder;
import dev.docent.library.Sessions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The accounts, for administrators.
@Path("/api/v1/users")
@RunOnVirtualThread
@Tag(name = "Administration")
final class UsersResource {
  private final Accounts accounts;
  private final LibraryCollections collections;
  private final DocumentLabels labels;
  private final Sessions sessions;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;
  private final LiveStreams streams;
  private final RunningAnswers answers;

  @Inject
  UsersResource(
      Accounts accounts,
      LibraryCollections collections,
      DocumentLabels labels,
      Sessions sessions,
      RequestRecorder recorder,
      SignedIn signedIn,
      LiveStreams streams,
      RunningAnswers answers) {
    this.accounts = accounts;
    this.collections = collections;
    this.labels = labels;
    this.sessions = sessions;
    this.recorder = recorder;
    this.signedIn = signedIn;
    this.streams = streams;
    this.answers = answers;
  }

  record UserView(
      UUID id,
      String username,
      String displayName,
      List<String> roles,
      List<String> groups,
      boolean disabled,
      boolean mustChangePassword,
      @Schema(description = "Until when no password is tried, after too many wrong ones")
          @Nullable Instant lockedUntil,
      Instant createdAt) {}

  private UserView view(Account account) {
    return view(account, sessions.locked(List.of(account)));
  }

  private static UserView view(Account account, Map<UUID, Instant> locked) {
    return new UserView(
        account.id(),
        account.username(),
        account.displayName(),
        MeResource.roles(account.roles()),
        MeResource.groups(account.groups()),
        account.disabled(),
        account.mustChangePassword(),
        locked.get(account.id()),
        account.createdAt());
  }

  @GET
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "All accounts")
  public List<UserView> list() {
    List<Account> all = accounts.accounts();
    Map<UUID, Instant> locked = sessions.locked(all);
    List<UserView> users = all.stream().map(account -> view(account, locked)).toList();
    recorder.listed(signedIn.caller(), Listing.ACCOUNTS, users.size());
    return users;
  }

  @GET
  @Path("/{id}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "One account")
  public UserView get(@PathParam("id") UUID id) {
    UserView user = view(accounts.account(id));
    recorder.listed(signedIn.caller(), Listing.ACCOUNTS, 1);
    return user;
  }

  record ReadableFolder(
      @Schema(examples = "hr/salaries") String path,
      @Schema(description = "How many below it the account may read") long documents) {}

  record ReadableCollection(
      UUID id,
      @Schema(examples = "Intranet") String name,
      @Schema(description = "How many of its documents the account may read") long documents,
      @Schema(description = "Those that a person said something of")
          List<ReadableFolder> folders) {}

  record ReadableView(
      @Schema(description = "How many documents in all") long documents,
      List<ReadableCollection> collections) {}

  @GET
  @Path("/{id}/readable")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(
      summary = "What an account may read",
      description = "By its groups of now; an account that may not sign in reads nothing.")
  public ReadableView readable(@PathParam("id") UUID id) {
    AccessFilter access = accounts.account(id).access();
    Map<CollectionId, List<LibraryFolder>> folders = labels.labelledFolders(access);
    List<ReadableCollection> readable =
        collections.list(access, false).stream()
            .filter(one -> one.documents() > 0)
            .map(one -> readable(one, folders.getOrDefault(one.id(), List.of())))
            .toList();
    recorder.listed(signedIn.caller(), Listing.COLLECTIONS, readable.size());
    return new ReadableView(
        readable.stream().mapToLong(ReadableCollection::documents).sum(), readable);
  }

  private static ReadableCollection readable(
      LibraryCollection collection, List<LibraryFolder> folders) {
    return new ReadableCollection(
        collection.id().value(),
        collection.name(),
        collection.documents(),
        folders.stream()
            .map(folder -> new ReadableFolder(folder.path(), folder.documents()))
            .toList());
  }

  record NewUser(
      @NotNull @Size(min = 1, max = 64) @Schema(examples = "anna") String username,
      @Nullable @Size(max = 200) @Schema(examples = "Anna Kovac") String displayName,
      @NotNull @Size(min = Accounts.MIN_PASSWORD, max = Accounts.MAX_PASSWORD) String password,
      @Schema(description = "Default: EMPLOYEE", examples = "[\"EMPLOYEE\"]")
          @Nullable List<String> roles,
      @Schema(examples = "[\"hr\"]") @Nullable List<String> groups) {
    @Override
    public String toString() {
      return "NewUser[hidden]";
    }
  }

  @POST
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "account.created")
  @Operation(
      summary = "Make an account",
      description = "Its owner must choose a password of their own at the first sign-in.")
  @APIResponseSchema(value = UserView.class, responseCode = "201")
  public Response create(@Valid @NotNull NewUser request) {
    Account account =
        accounts.create(
            signedIn.caller().id(),
            request.username(),
            request.displayName() == null ? request.username() : request.displayName(),
            request.password(),
            Fields.roles("roles", request.roles() == null ? List.of("EMPLOYEE") : request.roles()),
            Fields.groups("groups", request.groups() == null ? List.of() : request.groups()));
    return Response.created(URI.create("/api/v1/users/" + account.id()))
        .entity(view(account))
        .build();
  }

  record UserPatch(
      @Nullable @Size(max = 200) String displayName,
      @Nullable List<String> roles,
      @Nullable List<String> groups,
      @Nullable Boolean disabled,
      @Schema(description = "Resets the password; its owner must choose another")
          @Nullable
          @Size(min = Accounts.MIN_PASSWORD, max = Accounts.MAX_PASSWORD)
          String password) {
    @Override
    public String toString() {
      return "UserPatch[hidden]";
    }
  }

  @PATCH
  @Path("/{id}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "account.changed")
  @Operation(
      summary = "Change an account",
      description =
          "What is absent stays. A disabled account's sessions, tokens and running answers end at once.")
  public UserView change(@PathParam("id") UUID id, @Valid @NotNull UserPatch request) {
    Account account =
        accounts.change(
            signedIn.caller().id(),
            id,
            new AccountPatch(
                Optional.ofNullable(request.displayName()),
                Optional.ofNullable(request.roles()).map(names -> Fields.roles("roles", names)),
                Optional.ofNullable(request.groups()).map(names -> Fields.groups("groups", names)),
                Optional.ofNullable(request.disabled()),
                Optional.ofNullable(request.password())));
    if (account.disabled() || request.password() != null || request.groups() != null) {
      streams.endAllOf(id);
      answers.forget(id.toString());
    }
    return view(account);
  }

  @DELETE
  @Path("/{id}/lock")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "account.changed")
  @Operation(
      summary = "Unlock an account",
      description = "After too many wrong passwords: the right one is tried at once again.")
  public void unlock(@PathParam("id") UUID id) {
    sessions.unlock(signedIn.caller().id(), accounts.account(id));
  }

  @DELETE
  @Path("/{id}/sessions")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "auth.signed_out")
  @Operation(
      summary = "End every session of an account",
      description = "Its running answers end with them. Its tokens stay.")
  public void endSessions(@PathParam("id") UUID id) {
    sessions.closeAll(signedIn.caller().id(), accounts.account(id).id()).forEach(streams::endBy);
  }
}
