package dev.docent.api;

import dev.docent.access.GroupId;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.library.Group;
import dev.docent.library.Groups;
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
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The groups that documents are labelled with, for administrators.
@Path("/api/v1/groups")
@RunOnVirtualThread
@Tag(name = "Administration")
final class GroupsResource {
  private final Groups groups;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;

  @Inject
  GroupsResource(Groups groups, RequestRecorder recorder, SignedIn signedIn) {
    this.groups = groups;
    this.recorder = recorder;
    this.signedIn = signedIn;
  }

  record GroupView(@Schema(examples = "hr") String name, String description, long members) {}

  private static GroupView view(Group group) {
    return new GroupView(group.name().value(), group.description(), group.members());
  }

  @GET
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "All groups")
  public List<GroupView> list() {
    List<GroupView> all = groups.all().stream().map(GroupsResource::view).toList();
    recorder.listed(signedIn.caller(), Listing.GROUPS, all.size());
    return all;
  }

  record NewGroup(
      @NotNull @Size(min = 1, max = 64) @Schema(examples = "hr") String name,
      @Nullable @Size(max = 2000) String description) {}

  @POST
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "group.created")
  @Operation(summary = "Make a group")
  @APIResponseSchema(value = GroupView.class, responseCode = "201")
  public Response create(@Valid @NotNull NewGroup request) {
    GroupId name = Fields.groups("name", Set.of(request.name())).iterator().next();
    Group group =
        groups.create(
            signedIn.caller().id(),
            name,
            request.description() == null ? "" : request.description());
    return Response.status(Response.Status.CREATED).entity(view(group)).build();
  }

  @DELETE
  @Path("/{name}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "group.removed")
  @Operation(summary = "Remove a group that labels nothing")
  public void remove(@PathParam("name") String name) {
    groups.remove(signedIn.caller().id(), Fields.groups("name", Set.of(name)).iterator().next());
  }
}
