package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.compliance.audit.AuditEvent.DocumentForm;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.ingest.Block;
import dev.docent.ingest.ParsedDocument;
import dev.docent.library.BlobStore;
import dev.docent.library.DocumentQuery;
import dev.docent.library.DocumentState;
import dev.docent.library.Documents;
import dev.docent.library.IndexFeed;
import dev.docent.library.LibraryDocument;
import dev.docent.library.LibraryException;
import dev.docent.library.Page;
import dev.docent.library.ReadingProgress;
import dev.docent.library.Revision;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The documents.
@Path("/api/v1/documents")
@RunOnVirtualThread
@Tag(name = "Library")
final class DocumentsResource {
  private final Documents documents;
  private final Contributions contributions;
  private final BlobStore blobs;
  private final ParsedDocuments parsed;
  private final PagePictures pictures;
  private final IndexFeed feed;
  private final UploadLimit limit;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;

  @Inject
  DocumentsResource(
      Documents documents,
      Contributions contributions,
      BlobStore blobs,
      ParsedDocuments parsed,
      PagePictures pictures,
      IndexFeed feed,
      UploadLimit limit,
      RequestRecorder recorder,
      SignedIn signedIn) {
    this.documents = documents;
    this.contributions = contributions;
    this.blobs = blobs;
    this.parsed = parsed;
    this.pictures = pictures;
    this.feed = feed;
    this.limit = limit;
    this.recorder = recorder;
    this.signedIn = signedIn;
  }

  record DocumentView(
      UUID id,
      UUID collection,
      String collectionName,
      @Schema(examples = "hr/leave-policy.pdf") String path,
      @Schema(examples = "Leave policy") String title,
      @Schema(examples = "application/pdf") @Nullable String mediaType,
      long bytes,
      @Schema(description = "WORDS: searchable by words. READY: by meaning too.")
          DocumentState state,
      @Schema(description = "Why it was not taken", examples = "The file is empty.")
          @Nullable String reason,
      @Schema(description = "The same as a stable name", examples = "EMPTY")
          @Nullable String reasonCode,
      @Nullable String whatToDo,
      @Nullable Integer pages,
      @Nullable Integer passages,
      @Schema(description = "The day it is of: its own where it states one, else that of its file")
          @Nullable LocalDate date,
      @Schema(description = "How far it is; null while it is not being read")
          @Nullable ReadingProgress progress,
      @Schema(
              description = "Groups that may read it; none: the local operator alone",
              examples = "[\"everyone\"]")
          List<String> readers,
      @Schema(description = "SHA-256 of its bytes") String revision,
      Instant updatedAt) {}

  private DocumentView view(LibraryDocument document) {
    return view(document, feed);
  }

  static DocumentView view(LibraryDocument document, IndexFeed feed) {
    return new DocumentView(
        document.id().value(),
        document.collection().value(),
        document.collectionName(),
        document.path(),
        document.title(),
        document.mediaType().orElse(null),
        document.bytes(),
        document.state(),
        document.detail().orElse(null),
        document.reason().orElse(null),
        document.whatToDo().orElse(null),
        document.pages().isPresent() ? document.pages().getAsInt() : null,
        document.passages().isPresent() ? document.passages().getAsInt() : null,
        document.date().orElse(null),
        feed.progress(document.id()).orElse(null),
        MeResource.groups(document.readers()),
        document.revision(),
        document.updatedAt());
  }

  record DocumentPage(List<DocumentView> items, long total) {}

  @GET
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "The documents that the caller may read")
  public DocumentPage list(
      @QueryParam("collection") @Nullable String collection,
      @QueryParam("state") @Nullable String state,
      @Parameter(description = "Part of the title or path") @QueryParam("q") @Size(max = 200)
          @Nullable String text,
      @Parameter(description = "path, title, updated_at, bytes or state; with - descending")
          @QueryParam("sort")
          @DefaultValue("path")
          String sort,
      @QueryParam("offset") @DefaultValue("0") @Min(0) int offset,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(DocumentQuery.MAX_LIMIT) int limit) {
    boolean descending = sort.startsWith("-");
    Page<LibraryDocument> page =
        documents.list(
            signedIn.caller().access(),
            new DocumentQuery(
                Fields.optional("collection", collection, CollectionId::of, "An id is a UUID"),
                Optional.ofNullable(state)
                    .filter(name -> !name.isEmpty())
                    .map(name -> Fields.constant("state", DocumentState.class, name)),
                Optional.ofNullable(text).filter(part -> !part.isBlank()),
                sort(descending ? sort.substring(1) : sort),
                descending,
                offset,
                limit));
    recorder.listed(signedIn.caller(), Listing.DOCUMENTS, page.items().size());
    return new DocumentPage(page.items().stream().map(this::view).toList(), page.total());
  }

  private static DocumentQuery.Sort sort(String name) {
    return Fields.constant(
        "sort",
        DocumentQuery.Sort.class,
        name.equals("updatedAt") ? DocumentQuery.Sort.UPDATED_AT.name() : name);
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "document.added")
  @Operation(
      summary = "Bring a document",
      description =
          "The body is the file. For administrators, and contributors of the collection. A document"
              + " of this path is replaced; unchanged bytes cost nothing.")
  @APIResponseSchema(
      value = DocumentView.class,
      responseCode = "202",
      responseDescription = "Taken in; it is read now")
  public Response upload(
      @Parameter(description = "Id or name of the collection") @QueryParam("collection") @NotNull
          String collection,
      @Parameter(description = "Place in the collection") @QueryParam("path") @NotNull String path,
      @Parameter(
              description =
                  "Groups, separated by commas; only administrators. Default: those it has, for a"
                      + " new document the collection's")
          @QueryParam("readers")
          @Nullable String readers,
      @Parameter(description = "When the file was changed last, ISO 8601") @QueryParam("modified")
          @Nullable String modified,
      InputStream body,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target)
      throws IOException {
    Optional<Instant> modifiedAt = Fields.instant("modified", modified);
    Contributions.Place place =
        contributions.place(
            signedIn.caller(),
            collection,
            path,
            Fields.groups("readers", readers),
            RequestGate.operation(request, target));
    try (BlobStore.Stored stored = blobs.putOriginal(body, limit.maxBytes())) {
      LibraryDocument document = contributions.accept(signedIn.caller(), place, stored, modifiedAt);
      return Response.accepted(view(document)).build();
    }
  }

  @GET
  @Path("/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(summary = "One document")
  public DocumentView get(
      @PathParam("id") UUID id,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target) {
    LibraryDocument document = visible(id, request, target);
    recorder.listed(signedIn.caller(), Listing.DOCUMENTS, 1);
    return view(document);
  }

  record RevisionView(
      @Schema(description = "Counted from 1") int number,
      @Schema(description = "SHA-256 of its bytes") String sha256,
      long bytes,
      Instant acceptedAt) {}

  @GET
  @Path("/{id}/revisions")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(
      summary = "What a document has been",
      description = "Newest first. The bytes of the newest alone are kept.")
  public List<RevisionView> revisions(
      @PathParam("id") UUID id,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target) {
    Caller caller = signedIn.caller();
    List<Revision> revisions =
        recordingDenial(
            id, request, target, () -> documents.revisions(caller.access(), new DocumentId(id)));
    recorder.listed(caller, Listing.DOCUMENTS, 1);
    return revisions.stream()
        .map(one -> new RevisionView(one.number(), one.sha256(), one.bytes(), one.acceptedAt()))
        .toList();
  }

  @DELETE
  @Path("/{id}")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "document.removed")
  @Operation(
      summary = "Remove a document",
      description = "No search finds it when this returns, and its bytes are gone.")
  public void remove(
      @PathParam("id") UUID id,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target) {
    Caller caller = signedIn.caller();
    LibraryDocument removed =
        recordingDenial(
            id,
            request,
            target,
            () -> documents.remove(caller.id(), caller.access(), new DocumentId(id)));
    feed.removed(List.of(removed));
  }

  @POST
  @Path("/{id}/reread")
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "document.processed")
  @Operation(
      summary = "Read a document again",
      description = "Its bytes are parsed anew, whatever was made of them before.")
  @APIResponse(responseCode = "202", description = "It is read now")
  public Response reread(
      @PathParam("id") UUID id,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target) {
    Caller caller = signedIn.caller();
    LibraryDocument document =
        recordingDenial(
            id,
            request,
            target,
            () -> documents.reread(caller.id(), caller.access(), new DocumentId(id)));
    feed.reread(document);
    return Response.accepted(view(document)).build();
  }

  @GET
  @Path("/{id}/content")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "document.opened")
  @Operation(
      summary = "The document's bytes as they came",
      description = "An attachment that no browser runs. One byte range can be asked for.")
  @APIResponse(
      responseCode = "200",
      description = "The bytes; 206 for a range of them",
      content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM))
  public Response content(
      @PathParam("id") UUID id,
      @HeaderParam("Range") @Nullable String range,
      @HeaderParam("If-Range") @Nullable String ifRange,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target) {
    LibraryDocument document = visible(id, request, target);
    java.nio.file.Path file =
        blobs
            .file(BlobStore.Kind.ORIGINAL, document.revision())
            .orElseThrow(() -> new LibraryException.NotFound("The document's bytes are not kept"));
    recorder.documentOpened(
        signedIn.caller(), document.id(), document.revision(), DocumentForm.ORIGINAL);
    return OriginalBytes.response(document, file, range, ifRange);
  }

  record TextView(
      String text,
      List<dev.docent.ingest.Page> pages,
      @Schema(description = "Headings, paragraphs, list items, table rows: offsets into text")
          List<Block> blocks) {}

  @GET
  @Path("/{id}/text")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "document.opened")
  @Operation(
      summary = "The document's text",
      description = "Offsets count UTF-16 units of the text; citations point into it.")
  public TextView text(
      @PathParam("id") UUID id,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target) {
    LibraryDocument document = visible(id, request, target);
    ParsedDocument content =
        parsed
            .of(document)
            .orElseThrow(() -> new LibraryException.NotFound("The document was not read yet"));
    recorder.documentOpened(
        signedIn.caller(), document.id(), document.revision(), DocumentForm.TEXT);
    return new TextView(content.text(), content.pages(), content.blocks());
  }

  @GET
  @Path("/{id}/pages/{page}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.SHOWN, records = "document.opened")
  @Operation(
      summary = "A page of an image file, to be looked at",
      description =
          "Made from the document's bytes: upright, 24 million pixels at most. The page's words lie"
              + " on it where the boxes of citations say. PDFs are drawn from their bytes.")
  @APIResponse(
      responseCode = "200",
      description = "The page",
      content = @Content(mediaType = OriginalBytes.PAGE))
  public Response page(
      @PathParam("id") UUID id,
      @Parameter(description = "Counted from 0") @PathParam("page") int page,
      @Context ContainerRequestContext request,
      @Context ResourceInfo target) {
    LibraryDocument document = visible(id, request, target);
    byte[] picture =
        blobs
            .file(BlobStore.Kind.ORIGINAL, document.revision())
            .filter(_ -> document.mediaType().filter(OriginalBytes.IMAGES::contains).isPresent())
            .flatMap(file -> pictures.of(file, page))
            .orElseThrow(() -> new LibraryException.NotFound("There is no picture of this page"));
    recorder.documentOpened(
        signedIn.caller(), document.id(), document.revision(), DocumentForm.ORIGINAL);
    return OriginalBytes.page(picture);
  }

  private LibraryDocument visible(UUID id, ContainerRequestContext request, ResourceInfo target) {
    return recordingDenial(
        id, request, target, () -> documents.get(signedIn.caller().access(), new DocumentId(id)));
  }

  private <T> T recordingDenial(
      UUID id, ContainerRequestContext request, ResourceInfo target, Supplier<T> step) {
    return recorder.recordingDenial(
        signedIn.caller(), RequestGate.operation(request, target), new DocumentId(id), step);
  }
}
