package dev.docent.api;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.compliance.audit.Identities;
import dev.docent.compliance.retention.LegalHold;
import dev.docent.compliance.retention.Pruning;
import dev.docent.compliance.retention.Retention;
import dev.docent.library.LibraryException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// How long the log is kept: legal holds, and the pruning of old records by two people.
@Path("/api/v1/audit")
@RunOnVirtualThread
@Tag(name = "Audit")
final class RetentionResource {
  private final Retention retention;
  private final Identities identities;
  private final PeopleOnRecord people;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;

  @Inject
  RetentionResource(
      Retention retention,
      Identities identities,
      PeopleOnRecord people,
      RequestRecorder recorder,
      SignedIn signedIn) {
    this.retention = retention;
    this.identities = identities;
    this.people = people;
    this.recorder = recorder;
    this.signedIn = signedIn;
  }

  @Schema(name = "Actor")
  record ActorView(
      @Schema(description = "Pseudonym") String reference,
      @Schema(description = "Null once erased, and for actors that are no person")
          @Nullable String name) {}

  @Schema(name = "LegalHold")
  record HoldView(
      UUID id,
      @Schema(description = "Whose records; null: everyone's") @Nullable ActorView account,
      @Nullable UUID document,
      @Nullable Instant from,
      @Nullable Instant to,
      String reason,
      ActorView placedBy,
      Instant placedAt,
      @Nullable ActorView releasedBy,
      @Nullable Instant releasedAt) {}

  @GET
  @Path("/holds")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "Legal holds, newest first, released ones included")
  public List<HoldView> holds() {
    List<HoldView> holds = retention.holds().stream().map(this::view).toList();
    recorder.listed(signedIn.caller(), Listing.HOLDS, holds.size());
    return holds;
  }

  @Schema(name = "NewLegalHold")
  record NewHold(
      @Schema(description = "User name, account id or pseudonym. Default: everyone")
          @Nullable
          @Size(max = 64)
          String account,
      @Nullable UUID document,
      @Schema(description = "Earliest time, inclusive") @Nullable Instant from,
      @Schema(description = "Latest time, exclusive") @Nullable Instant to,
      @NotBlank @Size(max = 1000) @Schema(examples = "Case 2026/17, letter of 3 March")
          String reason) {}

  @POST
  @Path("/holds")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.CHANGE, records = "hold.placed")
  @Operation(
      summary = "Place a legal hold",
      description = "What it describes is not pruned until it is released.")
  public Response place(@Valid @NotNull NewHold request) {
    if (request.from() != null && request.to() != null && !request.from().isBefore(request.to())) {
      throw ApiException.invalid(
          "to", Problem.Reason.PERIOD_REVERSED, "A period ends after it begins");
    }
    LegalHold hold =
        retention.place(
            recorder.reference(signedIn.caller()),
            new LegalHold.Wish(
                Optional.ofNullable(request.account()).filter(id -> !id.isBlank()).map(this::actor),
                Optional.ofNullable(request.document()),
                Optional.ofNullable(request.from()),
                Optional.ofNullable(request.to()),
                request.reason()));
    return Response.status(Response.Status.CREATED).entity(view(hold)).build();
  }

  private ActorRef actor(String text) {
    return people
        .named(text)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "account",
                    Problem.Reason.UNKNOWN_PERSON,
                    "The log knows nobody of this name or id"));
  }

  @DELETE
  @Path("/holds/{id}")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.CHANGE, records = "hold.released")
  @Operation(summary = "Release a legal hold")
  public HoldView release(@PathParam("id") UUID id) {
    return retention
        .release(recorder.reference(signedIn.caller()), id)
        .map(this::view)
        .orElseThrow(() -> new LibraryException.NotFound("There is no such hold"));
  }

  @Schema(name = "Pruning")
  record PruningView(
      UUID id,
      @Schema(examples = "2020-03") String month,
      Pruning.State state,
      ActorView proposedBy,
      Instant proposedAt,
      @Schema(description = "Whether the caller proposed it: then another person decides")
          boolean own,
      @Nullable ActorView decidedBy,
      @Nullable Instant decidedAt,
      @Schema(description = "Records whose bodies were dropped") @Nullable Long records) {}

  @GET
  @Path("/prunings")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "Months proposed for pruning, newest first")
  public List<PruningView> prunings() {
    List<PruningView> prunings = retention.prunings().stream().map(this::view).toList();
    recorder.listed(signedIn.caller(), Listing.PRUNINGS, prunings.size());
    return prunings;
  }

  @Schema(name = "NewPruning")
  record NewPruning(@NotBlank @Schema(examples = "2020-03") String month) {}

  @POST
  @Path("/prunings")
  @Route(
      may = Route.Who.COMPLIANCE_OFFICER,
      trace = Route.Trace.CHANGE,
      records = "retention.proposed")
  @Operation(
      summary = "Propose that a month's records lose their bodies",
      description =
          "Refused while the month is too young, held, or not covered by a witnessed checkpoint."
              + " Another person must approve.")
  public Response propose(@Valid @NotNull NewPruning request) {
    Pruning pruning =
        retention.propose(recorder.reference(signedIn.caller()), month(request.month()));
    return Response.status(Response.Status.CREATED).entity(view(pruning)).build();
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException _) {
      throw ApiException.invalid("month", "A month is as in 2020-03");
    }
  }

  @POST
  @Path("/prunings/{id}/approval")
  @Route(
      may = Route.Who.COMPLIANCE_OFFICER,
      trace = Route.Trace.CHANGE,
      records = {"retention.decided", "retention.pruned"})
  @Operation(
      summary = "Approve a pruning that another person proposed, and carry it out",
      description = "The bodies are gone when this returns; every proof of them stays.")
  public PruningView approve(@PathParam("id") UUID id) {
    return retention
        .approve(recorder.reference(signedIn.caller()), id)
        .map(this::view)
        .orElseThrow(RetentionResource::unknown);
  }

  @POST
  @Path("/prunings/{id}/rejection")
  @Route(
      may = Route.Who.COMPLIANCE_OFFICER,
      trace = Route.Trace.CHANGE,
      records = "retention.decided")
  @Operation(summary = "Reject a pruning, also one's own")
  public PruningView reject(@PathParam("id") UUID id) {
    return retention
        .reject(recorder.reference(signedIn.caller()), id)
        .map(this::view)
        .orElseThrow(RetentionResource::unknown);
  }

  private static LibraryException unknown() {
    return new LibraryException.NotFound("There is no such proposal");
  }

  private HoldView view(LegalHold hold) {
    return new HoldView(
        hold.id(),
        hold.account().map(this::view).orElse(null),
        hold.document().orElse(null),
        hold.from().orElse(null),
        hold.to().orElse(null),
        hold.reason(),
        view(hold.placedBy()),
        hold.placedAt(),
        hold.releasedBy().map(this::view).orElse(null),
        hold.releasedAt().orElse(null));
  }

  private PruningView view(Pruning pruning) {
    return new PruningView(
        pruning.proposal(),
        pruning.month().toString(),
        pruning.state(),
        view(pruning.proposedBy()),
        pruning.proposedAt(),
        pruning.proposedBy().equals(recorder.reference(signedIn.caller())),
        pruning.decidedBy().map(this::view).orElse(null),
        pruning.decidedAt().orElse(null),
        pruning.records().isPresent() ? pruning.records().getAsLong() : null);
  }

  private ActorView view(ActorRef actor) {
    return new ActorView(
        actor.value(), identities.personBehind(actor).map(Identities.Person::name).orElse(null));
  }
}
