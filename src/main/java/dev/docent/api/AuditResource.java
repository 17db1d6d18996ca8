package dev.docent.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.library.LibraryException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The record of what happened, for compliance officers. Reading it is recorded too.
@Path("/api/v1/audit")
@RunOnVirtualThread
@Tag(name = "Audit")
final class AuditResource {
  // A million records in one period are counted by nobody who looks for one of them.
  private static final int COUNTED_UP_TO = 100_000;
  private static final Pattern CURSOR = Pattern.compile("\\d{1,17}\\.[0-9a-f-]{36}");

  private final AuditReader log;
  private final PeopleOnRecord people;
  private final SubjectsOnRecord subjects;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;
  private final AuditExports exports;
  private final CurrentVertxRequest http;

  @Inject
  AuditResource(
      AuditReader log,
      PeopleOnRecord people,
      SubjectsOnRecord subjects,
      RequestRecorder recorder,
      SignedIn signedIn,
      AuditExports exports,
      CurrentVertxRequest http) {
    this.log = log;
    this.people = people;
    this.subjects = subjects;
    this.recorder = recorder;
    this.signedIn = signedIn;
    this.exports = exports;
    this.http = http;
  }

  record EventView(
      UUID id,
      @Schema(examples = "question.asked") String act,
      @Schema(examples = "success") String outcome,
      Instant time,
      Instant recordedAt,
      @Schema(description = "Pseudonym of who acted") String actor,
      @Schema(description = "Who that is; null once erased, and for actors that are no person")
          @Nullable PersonView person,
      @Schema(description = "What it is about, by the names that its reader may know now")
          List<SubjectsOnRecord.SubjectView> subjects,
      @Schema(description = "Place in the sealed tree; null until sealed") @Nullable Long sequence,
      @Schema(
              description = "The record itself: canonical JSON, as it is hashed",
              type = SchemaType.OBJECT)
          @JsonRawValue
          String record) {}

  @Schema(name = "PersonOnRecord")
  record PersonView(
      String account,
      @Schema(description = "User name") String name,
      @Schema(description = "What the account is called now; null: there is none any more")
          @Nullable String displayName) {}

  record TotalsView(
      @Schema(
              description =
                  "Of all pages, by act, the most frequent first; empty where there are more",
              examples = "{\"question.answered\": 12}")
          Map<String, Long> acts,
      @Schema(description = "Than are counted") boolean more) {}

  record EventPage(
      List<EventView> items,
      @Schema(description = "Only when asked for") @Nullable TotalsView totals,
      @Schema(description = "Pass as before for the next page; null on the last")
          @Nullable String next) {}

  @GET
  @Path("/events")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.SHOWN, records = "audit.read")
  @Operation(summary = "Search the log, newest first")
  public EventPage events(
      @Parameter(description = "User name, name, account id, pseudonym, operator or system")
          @QueryParam("actor")
          @Nullable String actor,
      @Parameter(description = "question.asked, or question. for all of a kind; of several, any")
          @QueryParam("act")
          List<String> acts,
      @QueryParam("document") @Nullable String document,
      @QueryParam("outcome") @Nullable String outcome,
      @Parameter(description = "Id of an intent: the timeline of one question")
          @QueryParam("intent")
          @Nullable String intent,
      @Parameter(description = "Earliest time, inclusive") @QueryParam("from")
          @Nullable String from,
      @Parameter(description = "Latest time, exclusive") @QueryParam("to") @Nullable String to,
      @Parameter(description = "The next of the page before") @QueryParam("before")
          @Nullable String before,
      @Parameter(description = "Whether all pages are counted, by act") @QueryParam("totals")
          boolean totals,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(AuditReader.MAX_PAGE) int limit) {
    Filter filter = filter(actor, acts, document, outcome, intent, from, to);
    Optional<String> cursor = Optional.ofNullable(before).filter(text -> !text.isEmpty());
    if (cursor.filter(text -> !CURSOR.matcher(text).matches()).isPresent()) {
      throw ApiException.invalid("before", "This is not the next of a page");
    }
    if (filter.nobody()) {
      recorder.auditRead(signedIn.caller(), filter.fields(), Optional.empty(), Optional.empty(), 0);
      return new EventPage(List.of(), totals ? new TotalsView(Map.of(), false) : null, null);
    }
    AuditReader.Page page = log.search(filter.query(), cursor, limit);
    List<EventView> items = views(page.records());
    recorder.auditRead(
        signedIn.caller(),
        filter.fields(),
        filter.query().person(),
        Optional.empty(),
        items.size());
    return new EventPage(items, totals ? totals(filter.query()) : null, page.next().orElse(null));
  }

  private TotalsView totals(AuditQuery query) {
    AuditReader.Totals totals = log.totals(query, COUNTED_UP_TO);
    return new TotalsView(totals.acts(), totals.more());
  }

  @GET
  @Path("/events/{id}")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.SHOWN, records = "audit.read")
  @Operation(summary = "One record")
  public EventView event(@PathParam("id") UUID id) {
    AuditRecord record =
        log.find(id)
            .orElseThrow(
                () ->
                    new LibraryException.NotFound(
                        LibraryException.Reason.NO_SUCH_RECORD, "There is no such record"));
    EventView event = views(List.of(record)).getFirst();
    recorder.auditRead(signedIn.caller(), Set.of(), Optional.empty(), Optional.of(id), 1);
    return event;
  }

  private List<EventView> views(List<AuditRecord> records) {
    SubjectsOnRecord.Named named = subjects.of(signedIn.caller(), records);
    return records.stream()
        .map(
            record ->
                new EventView(
                    record.id(),
                    record.act(),
                    record.outcome(),
                    record.time(),
                    record.recordedAt(),
                    record.actor().value(),
                    named.person(record.actor()).orElse(null),
                    named.subjects(record),
                    record.sequence().isPresent() ? record.sequence().getAsLong() : null,
                    record.canonical()))
        .toList();
  }

  @GET
  @Path("/export")
  @Route(
      may = Route.Who.COMPLIANCE_OFFICER,
      trace = Route.Trace.INTENT_AND_OUTCOME,
      records = {"audit.export_started", "audit.export_finished"})
  @Operation(
      summary = "Export the log, oldest first",
      description =
          "The export is on record before its first byte, and its digest after the last. It has"
              + " what was signed and nothing newer: the tree of X-Audit-Tree-Size records, which"
              + " lacks the newest X-Audit-Waiting of the log where signing takes too long (else 0)."
              + " A bundle is a ZIP file of evidence with proofs; the others are views.")
  @APIResponse(
      responseCode = "200",
      description = "In the form asked for",
      content = {
        @Content(mediaType = "application/jsonl"),
        @Content(mediaType = "text/csv"),
        @Content(mediaType = "application/zip")
      })
  public Response export(
      @Parameter(description = "bundle, jsonl or csv") @QueryParam("format") @DefaultValue("jsonl")
          String format,
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("act") List<String> acts,
      @QueryParam("document") @Nullable String document,
      @QueryParam("outcome") @Nullable String outcome,
      @QueryParam("intent") @Nullable String intent,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @Parameter(description = "The log as it was signed at this size, to get that again")
          @QueryParam("size")
          @Nullable String size) {
    Filter filter = filter(actor, acts, document, outcome, intent, from, to);
    if (filter.nobody()) {
      throw new LibraryException.NotFound("The log knows nobody of this id");
    }
    AuditEvent.ExportForm form =
        switch (format) {
          case "bundle" -> AuditEvent.ExportForm.BUNDLE;
          case "csv" -> AuditEvent.ExportForm.CSV;
          case "jsonl" -> AuditEvent.ExportForm.JSON_LINES;
          default -> throw ApiException.invalid("format", "The value is one of bundle, jsonl, csv");
        };
    return exports.response(
        signedIn.caller(),
        form,
        filter.query(),
        filter.fields(),
        Fields.optional("size", size, Long::valueOf, "A size is a number")
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        http.getCurrent());
  }

  @Schema(name = "AuditExport")
  record ExportView(
      UUID id,
      @Schema(enumeration = {"bundle", "json_lines", "csv"}) String format,
      @Schema(description = "Written so far") long records,
      @Schema(description = "In all") long total,
      @Schema(description = "Newest records that are not signed yet, and so not in it")
          long waiting,
      Instant startedAt) {}

  @GET
  @Path("/exports")
  @Route(may = Route.Who.COMPLIANCE_OFFICER, trace = Route.Trace.NONE)
  @Operation(summary = "The own exports that run, with their progress")
  public List<ExportView> running() {
    return exports.of(signedIn.caller()).stream()
        .map(
            export ->
                new ExportView(
                    export.id(),
                    export.form().name().toLowerCase(Locale.ROOT),
                    export.records(),
                    export.total(),
                    export.waiting(),
                    export.startedAt()))
        .toList();
  }

  @DELETE
  @Path("/exports/{id}")
  @Route(
      may = Route.Who.COMPLIANCE_OFFICER,
      trace = Route.Trace.INTENT_AND_OUTCOME,
      records = "audit.export_finished")
  @Operation(
      summary = "Cancel an own export that runs",
      description = "The id is that of its intent, header X-Audit-Export of the export's response.")
  public void cancel(@PathParam("id") UUID id) {
    exports.cancel(signedIn.caller(), id);
  }

  /// @param fields names of what restricts the search
  /// @param nobody the search is for a person the log does not know
  private record Filter(AuditQuery query, Set<String> fields, boolean nobody) {}

  private Filter filter(
      @Nullable String actor,
      List<String> acts,
      @Nullable String document,
      @Nullable String outcome,
      @Nullable String intent,
      @Nullable String from,
      @Nullable String to) {
    Set<String> fields = new TreeSet<>();
    Optional<String> person = given("actor", actor, fields);
    Optional<ActorRef> reference = person.flatMap(people::named);
    AuditQuery query =
        new AuditQuery(
            reference,
            acts.stream()
                .flatMap(act -> given("act", act, fields).stream())
                .map(AuditResource::act)
                .collect(Collectors.toSet()),
            Fields.optional("document", document, UUID::fromString, "An id is a UUID"),
            given("outcome", outcome, fields)
                .map(name -> Fields.constant("outcome", AuditEvent.Outcome.class, name)),
            Fields.optional("intent", intent, UUID::fromString, "An id is a UUID"),
            Fields.instant("from", from),
            Fields.instant("to", to));
    query.document().ifPresent(_ -> fields.add("document"));
    query.intent().ifPresent(_ -> fields.add("intent"));
    query.from().ifPresent(_ -> fields.add("from"));
    query.to().ifPresent(_ -> fields.add("to"));
    return new Filter(query, fields, person.isPresent() && reference.isEmpty());
  }

  private static Optional<String> given(String field, @Nullable String value, Set<String> fields) {
    Optional<String> given = Optional.ofNullable(value).filter(text -> !text.isBlank());
    given.ifPresent(_ -> fields.add(field));
    return given;
  }

  private static String act(String name) {
    if (!name.matches("[a-z_]+\\.[a-z_]*")) {
      throw ApiException.invalid("act", "An act is as in question.asked, or question. for all");
    }
    return name;
  }
}
