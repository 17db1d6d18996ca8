package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.CollectionId;
import dev.docent.access.Role;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.library.DocumentLabels;
import dev.docent.library.IndexFeed;
import dev.docent.library.LibraryCollection;
import dev.docent.library.LibraryCollections;
import dev.docent.library.LibraryDocument;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The collections.
@Path("/api/v1/collections")
@RunOnVirtualThread
@Tag(name = "Library")
final class CollectionsResource {
  private final LibraryCollections collections;
  private final DocumentLabels labels;
  private final IndexFeed feed;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;

  @Inject
  CollectionsResource(
      LibraryCollections collections,
      DocumentLabels labels,
      IndexFeed feed,
      RequestRecorder recorder,
      SignedIn signedIn) {
    this.collections = collections;
    this.labels = labels;
    this.feed = feed;
    this.recorder = recorder;
    this.signedIn = signedIn;
  }

  record CollectionView(
      UUID id,
      @Schema(examples = "Intranet") String name,
      String description,
      @Schema(description = "How many of its documents the caller may see") long documents,
      @Schema(description = "Whether some of those lie in folders") boolean folders,
      @Schema(description = "Groups that read what comes without labels of its own")
          List<String> readers,
      @Schema(description = "Groups that may add documents, besides administrators")
          List<String> contributors,
      @Schema(description = "Whether the caller may add documents") boolean mayAdd) {}

  private CollectionView view(LibraryCollection collection) {
    return new CollectionView(
        collection.id().value(),
        collection.name(),
        collection.description(),
        collection.documents(),
        collection.folders(),
        MeResource.groups(collection.readers()),
        MeResource.groups(collection.contributors()),
        Contributions.mayAdd(signedIn.caller(), collection));
  }

  @GET
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(
      summary = "The collections",
      description =
          "Those with a document that the caller may read, and those that the caller may add to;"
              + " for administrators, all of them.")
  public List<CollectionView> list() {
    Caller caller = signedIn.caller();
    List<CollectionView> views =
        collections.list(caller.access(), caller.has(Role.ADMINISTRATOR)).stream()
            .map(this::view)
            .toList();
    recorder.listed(caller, Listing.COLLECTIONS, views.size());
    return views;
  }

  record NewCollection(
      @NotNull @Size(min = 1, max = 200) @Schema(examples = "Intranet") String name,
      @Nullable @Size(max = 2000) String description,
      @Schema(examples = "[\"everyone\"]") @Nullable List<String> readers,
      @Schema(examples = "[\"editors\"]") @Nullable List<String> contributors) {}

  @POST
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "collection.created")
  @Operation(summary = "Make a collection")
  @APIResponseSchema(value = CollectionView.class, responseCode = "201")
  public Response create(@Valid @NotNull NewCollection request) {
    LibraryCollection collection =
        collections.create(
            signedIn.caller().id(),
            request.name(),
            request.description() == null ? "" : request.description(),
            Fields.groups("readers", request.readers() == null ? List.of() : request.readers()),
            Fields.groups(
                "contributors",
                request.contributors() == null ? List.of() : request.contributors()));
    return Response.created(URI.create("/api/v1/collections/" + collection.id()))
        .entity(view(collection))
        .build();
  }

  record CollectionPatch(
      @Nullable @Size(min = 1, max = 200) String name,
      @Nullable @Size(max = 2000) String description,
      @Nullable List<String> readers,
      @Nullable List<String> contributors) {}

  @PATCH
  @Path("/{id}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "collection.changed")
  @Operation(
      summary = "Change a collection",
      description = "What is absent stays. New readers hold for documents that come later.")
  public CollectionView change(@PathParam("id") UUID id, @Valid @NotNull CollectionPatch request) {
    return view(
        collections.change(
            signedIn.caller().id(),
            new CollectionId(id),
            Optional.ofNullable(request.name()),
            Optional.ofNullable(request.description()),
            Optional.ofNullable(request.readers()).map(names -> Fields.groups("readers", names)),
            Optional.ofNullable(request.contributors())
                .map(names -> Fields.groups("contributors", names))));
  }

  record FolderView(
      @Schema(examples = "hr/salaries") String path,
      @Schema(description = "How many below it the caller may see") long documents,
      @Schema(
              description =
                  "Groups that read what arrives below it without labels of its own; null: as the"
                      + " folder above says, or the collection")
          @Nullable List<String> readers) {}

  @GET
  @Path("/{id}/folders")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "The folders of a collection")
  public List<FolderView> folders(@PathParam("id") UUID id) {
    List<FolderView> views =
        labels.folders(signedIn.caller().access(), new CollectionId(id)).stream()
            .map(
                folder ->
                    new FolderView(
                        folder.path(),
                        folder.documents(),
                        folder.readers().map(MeResource::groups).orElse(null)))
            .toList();
    recorder.listed(signedIn.caller(), Listing.COLLECTIONS, views.size());
    return views;
  }

  record FolderLabel(
      @NotNull @Size(min = 1, max = 1024) @Schema(examples = "hr/salaries") String path,
      @NotNull @Schema(examples = "[\"hr\"]") List<String> readers) {}

  record Labelled(@Schema(description = "Documents that got other labels") int documents) {}

  @PUT
  @Path("/{id}/folders")
  @Route(
      may = Route.Who.ADMINISTRATOR,
      trace = Route.Trace.CHANGE,
      records = "collection.grants_changed")
  @Operation(
      summary = "Say who may read a folder",
      description =
          "Its documents that the caller may see, and what arrives in it from now on, by an upload"
              + " without labels of its own or by a folder that is read. Every search follows when"
              + " this returns.")
  public Labelled label(@PathParam("id") UUID id, @Valid @NotNull FolderLabel request) {
    Caller caller = signedIn.caller();
    List<LibraryDocument> labelled =
        labels.relabelFolder(
            caller.id(),
            caller.access(),
            new CollectionId(id),
            request.path(),
            Fields.groups("readers", request.readers()));
    return followed(labelled);
  }

  @DELETE
  @Path("/{id}/folders")
  @Route(
      may = Route.Who.ADMINISTRATOR,
      trace = Route.Trace.CHANGE,
      records = "collection.grants_changed")
  @Operation(
      summary = "Take back what a person said of who may read a folder",
      description =
          "Its documents that have its labels and that the caller may see follow the folder above,"
              + " else the collection, and every search when this returns. Those that are read from a"
              + " folder follow its rules when it is read again, and keep their labels until then.")
  public Labelled giveBack(
      @PathParam("id") UUID id,
      @Parameter(description = "The folder's path") @QueryParam("path") @NotNull String path) {
    Caller caller = signedIn.caller();
    List<LibraryDocument> labelled =
        labels.giveBackFolder(caller.id(), caller.access(), new CollectionId(id), path);
    return followed(labelled);
  }

  /// Every search follows when this returns.
  private Labelled followed(List<LibraryDocument> labelled) {
    feed.relabelled(labelled.stream().map(LibraryDocument::id).toList());
    return new Labelled(labelled.size());
  }

  @DELETE
  @Path("/{id}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "collection.removed")
  @Operation(
      summary = "Remove a collection with its documents",
      description = "No search finds them when this returns.")
  public void remove(@PathParam("id") UUID id) {
    feed.removed(collections.remove(signedIn.caller().id(), new CollectionId(id)));
  }
}
