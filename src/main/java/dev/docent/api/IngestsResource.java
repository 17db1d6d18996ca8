package dev.docent.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.access.GroupId;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.library.Documents;
import dev.docent.library.IndexFeed;
import dev.docent.library.IngestItem;
import dev.docent.library.IngestRun;
import dev.docent.library.IngestRuns;
import dev.docent.library.LibraryException;
import dev.docent.library.ReadingProgress;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Reading folders of this machine, for its operator.
@Path("/api/v1/ingests")
@RunOnVirtualThread
@Tag(name = "Library")
final class IngestsResource {
  private static final Duration EVERY = Duration.ofMillis(400);

  private final IngestRuns runs;
  private final Documents documents;
  private final IndexFeed feed;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;
  private final ObjectMapper json;

  @Inject
  IngestsResource(
      IngestRuns runs,
      Documents documents,
      IndexFeed feed,
      RequestRecorder recorder,
      SignedIn signedIn,
      ObjectMapper json) {
    this.runs = runs;
    this.documents = documents;
    this.feed = feed;
    this.recorder = recorder;
    this.signedIn = signedIn;
    this.json = json;
  }

  record NewRun(
      @NotNull
          @Size(min = 1, max = 4096)
          @Schema(
              description = "A folder or file on the service's machine",
              examples = "/srv/intranet")
          String path,
      @Schema(description = "Default: what the folder's .docent.json says, or its name")
          @Nullable
          @Size(max = 200)
          String collection,
      @Schema(
              description =
                  "Groups that may read all of it. Default: as .docent.json says. What people set"
                      + " by hand stays")
          @Nullable List<String> readers) {}

  record RunView(
      UUID id,
      IngestRun.State state,
      @Schema(description = "Why it failed") @Nullable String detail,
      @Schema(description = "Files found") int total,
      @Schema(description = "Files with an outcome, whichever") int done,
      int unchanged,
      int rejected,
      int removed,
      @Schema(
              description =
                  "Files that keep the readers a person chose, against what this run says; null"
                      + " while it runs")
          @Nullable Long labelsKept,
      @Schema(description = "The file read last") @Nullable String current,
      @Schema(description = "How far that file is; null while it is not being read")
          @Nullable ReadingProgress progress,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Schema(description = "How each file ended; only when asked for")
          @Nullable List<ItemView> items) {}

  record ItemView(
      String path,
      @Schema(examples = "indexed") String outcome,
      @Schema(examples = "The file is empty.") @Nullable String reason,
      @Schema(examples = "EMPTY") @Nullable String code,
      @Nullable String type,
      @Nullable Integer pages,
      @Nullable Integer passages,
      double seconds) {}

  private RunView view(IngestRun run, @Nullable List<ItemView> items) {
    IngestRun.Counts counts = run.counts();
    return new RunView(
        run.id(),
        run.state(),
        run.detail().orElse(null),
        counts.total(),
        counts.done(),
        counts.unchanged(),
        counts.rejected(),
        counts.removed(),
        run.state() == IngestRun.State.RUNNING ? null : runs.labelsKept(run.id()),
        run.current().orElse(null),
        progress(run).orElse(null),
        run.startedAt(),
        run.finishedAt().orElse(null),
        items);
  }

  private Optional<ReadingProgress> progress(IngestRun run) {
    return run.current()
        .flatMap(path -> run.into().flatMap(collection -> documents.find(collection, path)))
        .flatMap(document -> feed.progress(document.id()));
  }

  private static ItemView view(IngestItem item) {
    return new ItemView(
        item.path(),
        outcome(item.outcome()),
        item.detail().orElse(null),
        item.reason().orElse(null),
        item.mediaType().orElse(null),
        orNull(item.pages()),
        orNull(item.passages()),
        item.took().toMillis() / 1000.0);
  }

  /// New or again, both are indexed to whoever brought the file.
  private static String outcome(IngestItem.Outcome outcome) {
    return switch (outcome) {
      case ADDED, REVISED -> "indexed";
      case UNCHANGED, REJECTED, REMOVED, FAILED, SKIPPED -> outcome.name().toLowerCase(Locale.ROOT);
    };
  }

  private static @Nullable Integer orNull(OptionalInt count) {
    return count.isPresent() ? count.getAsInt() : null;
  }

  @POST
  @Route(may = Route.Who.OPERATOR, trace = Route.Trace.CHANGE, records = "ingestion.started")
  @Operation(summary = "Read a folder or file of this machine")
  @APIResponseSchema(
      value = RunView.class,
      responseCode = "202",
      responseDescription = "It is read now")
  public Response start(@Valid @NotNull NewRun request) {
    java.nio.file.Path root = root(request.path());
    Optional<Set<GroupId>> readers =
        Optional.ofNullable(request.readers()).map(names -> Fields.groups("readers", names));
    IngestRun run =
        runs.start(
            signedIn.caller().id(),
            root,
            request.collection() == null ? "" : request.collection().strip(),
            readers);
    feed.submit(run);
    return Response.accepted(view(run, null))
        .location(URI.create("/api/v1/ingests/" + run.id()))
        .build();
  }

  private static java.nio.file.Path root(String text) {
    try {
      java.nio.file.Path path = java.nio.file.Path.of(text);
      if (!path.isAbsolute()) {
        throw ApiException.invalid("path", "The path is absolute: the service has its own folder");
      }
      if (!Files.isReadable(path)) {
        throw ApiException.invalid("path", "There is no such folder or file, or it is unreadable");
      }
      return path.normalize();
    } catch (InvalidPathException _) {
      throw ApiException.invalid("path", "This is not a path");
    }
  }

  @GET
  @Path("/{id}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "How far a run is")
  public RunView get(@PathParam("id") UUID id, @QueryParam("items") boolean items) {
    IngestRun run = existing(id);
    recorder.listed(signedIn.caller(), Listing.INGESTION_RUN, 1);
    return view(run, items ? items(id) : null);
  }

  private List<ItemView> items(UUID id) {
    List<ItemView> items = runs.items(id).stream().map(IngestsResource::view).toList();
    recorder.listed(signedIn.caller(), Listing.INGESTION_REPORT, items.size());
    return items;
  }

  @GET
  @Path("/{id}/report")
  @Produces("application/jsonl")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "How each file of a run ended, one JSON object a line")
  public String report(@PathParam("id") UUID id) {
    UUID run = existing(id).id();
    return items(run).stream().map(this::line).collect(Collectors.joining("", "", ""));
  }

  private String line(ItemView item) {
    try {
      return json.writeValueAsString(item) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "How far a run is, as it goes on", description = "Ends with the run.")
  public Multi<OutboundSseEvent> events(@PathParam("id") UUID id, @Context Sse sse) {
    UUID run = existing(id).id();
    recorder.listed(signedIn.caller(), Listing.INGESTION_RUN, 1);
    return Multi.createFrom()
        .<RunView>emitter(emitter -> Thread.startVirtualThread(() -> watch(run, emitter)))
        .map(
            view ->
                sse.newEventBuilder()
                    .name("progress")
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(view)
                    .build());
  }

  private void watch(UUID id, MultiEmitter<? super RunView> emitter) {
    try {
      RunView last = null;
      while (!emitter.isCancelled()) {
        RunView now = view(existing(id), null);
        if (!now.equals(last)) {
          emitter.emit(now);
          last = now;
        }
        if (now.state() != IngestRun.State.RUNNING) {
          emitter.complete();
          return;
        }
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      emitter.fail(e);
    }
  }

  @DELETE
  @Path("/{id}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "ingestion.finished")
  @Operation(
      summary = "Cancel a run",
      description = "What is in hand is finished; nothing more is begun.")
  public RunView cancel(@PathParam("id") UUID id) {
    existing(id);
    feed.cancel(id);
    runs.finish(signedIn.caller().id(), id, IngestRun.State.CANCELLED, Optional.empty());
    return view(existing(id), null);
  }

  private IngestRun existing(UUID id) {
    return runs.find(id).orElseThrow(() -> new LibraryException.NotFound("There is no such run"));
  }
}
