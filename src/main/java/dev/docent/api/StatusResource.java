package dev.docent.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What runs here, in counts.
@Path("/api/v1/status")
@RunOnVirtualThread
@Tag(name = "Operation")
final class StatusResource {
  private final ServiceStatus status;

  @Inject
  StatusResource(ServiceStatus status) {
    this.status = status;
  }

  @Schema(name = "Status")
  record StatusView(
      @Schema(examples = "0.1.0") String version,
      Instant started,
      @Schema(description = "Null: answers are quotations") AnswerView.@Nullable ModelView model,
      @Schema(description = "The model comes in seconds") boolean modelLoading,
      LibraryView library,
      AuditView audit) {}

  record LibraryView(
      long collections,
      long documents,
      @Schema(description = "Searchable by words and by meaning") long ready,
      @Schema(description = "Waiting or being read") long pending,
      @Schema(description = "Not taken, with a reason each") long rejected) {}

  record AuditView(
      @Schema(description = "False: nothing is answered") boolean available,
      @Nullable Instant lastRecord,
      int waiting,
      @Schema(description = "Records on this machine's disk that the log does not have yet")
          long spooled) {}

  @GET
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(summary = "What runs here, and how it is")
  public StatusView get() {
    return status.now();
  }
}
