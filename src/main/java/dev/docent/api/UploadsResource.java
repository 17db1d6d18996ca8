package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.GroupId;
import dev.docent.library.BlobStore;
import dev.docent.library.Documents;
import dev.docent.library.IndexFeed;
import dev.docent.library.LibraryDocument;
import dev.docent.library.PartialUpload;
import dev.docent.library.Uploads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Documents that arrive in pieces: the core of the tus protocol 1.0 (tus.io) with its extensions
/// creation, expiration and termination, and one step more, which makes a document of what is
/// complete.
@Path("/api/v1/uploads")
@RunOnVirtualThread
@Tag(name = "Library")
final class UploadsResource {
  private static final String VERSION = "1.0.0";
  private static final String PIECE = "application/offset+octet-stream";
  // RFC 9110, 5.6.7
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final Uploads uploads;
  private final Documents documents;
  private final Contributions contributions;
  private final BlobStore blobs;
  private final IndexFeed feed;
  private final UploadLimit limit;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;

  @Inject
  UploadsResource(
      Uploads uploads,
      Documents documents,
      Contributions contributions,
      BlobStore blobs,
      IndexFeed feed,
      UploadLimit limit,
      RequestRecorder recorder,
      SignedIn signedIn) {
    this.uploads = uploads;
    this.documents = documents;
    this.contributions = contributions;
    this.blobs = blobs;
    this.feed = feed;
    this.limit = limit;
    this.recorder = recorder;
    this.signedIn = signedIn;
  }

  record UploadView(
      UUID id,
      UUID collection,
      @Schema(examples = "manuals/press-brake.pdf") String path,
      @Schema(description = "Groups that may read it; null: as its place has it")
          @Nullable List<String> readers,
      @Schema(description = "Of the whole file") long bytes,
      @Schema(description = "Bytes from the start that are here for certain") long received,
      @Schema(description = "When the file was changed last, as its sender said")
          Instant modifiedAt,
      Instant expiresAt) {}

  private static UploadView view(PartialUpload upload) {
    return new UploadView(
        upload.id(),
        upload.collection().value(),
        upload.path(),
        upload.readers().map(MeResource::groups).orElse(null),
        upload.bytes(),
        upload.received(),
        upload.modifiedAt(),
        upload.expiresAt());
  }

  @GET
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(summary = "The caller's uploads that are not complete")
  public List<UploadView> list() {
    return uploads.of(signedIn.caller().id()).stream().map(UploadsResource::view).toList();
  }

  @POST
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(
      summary = "Begin an upload in pieces",
      description =
          "As tus 1.0 creates one. An upload of the same file that is not complete is found again.")
  @APIResponse(
      responseCode = "201",
      description = "Location is the upload, Upload-Offset where it goes on")
  public Response begin(
      @Parameter(description = "Bytes of the whole file") @HeaderParam("Upload-Length") @NotNull
          Long bytes,
      @Parameter(
              description =
                  "Names with values in base64, separated by commas: collection (id or name),"
                      + " filename (place in the collection), modified (of the file, ISO 8601),"
                      + " readers (groups, separated by commas; only administrators)")
          @HeaderParam("Upload-Metadata")
          @NotNull
          String metadata) {
    Map<String, String> values = values(metadata);
    Contributions.Place place =
        contributions.place(
            signedIn.caller(),
            required(values, "collection"),
            required(values, "filename"),
            readers(values),
            signedIn.operation());
    PartialUpload upload =
        uploads.begin(
            signedIn.caller().id(),
            place.collection().id(),
            place.path(),
            place.readers(),
            bytes,
            Fields.instant("modified", values.get("modified")).orElse(Instant.EPOCH));
    return answer(Response.created(URI.create("/api/v1/uploads/" + upload.id())), upload);
  }

  private static Optional<Set<GroupId>> readers(Map<String, String> values) {
    return Fields.groups("readers", values.get("readers"));
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw ApiException.invalid("Upload-Metadata", "It has no " + name);
    }
    return value;
  }

  private static Map<String, String> values(String metadata) {
    Map<String, String> values = new HashMap<>();
    for (String pair : metadata.split(",")) {
      String[] parts = pair.strip().split(" ", 2);
      try {
        values.put(
            parts[0],
            parts.length == 1
                ? ""
                : new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException _) {
        throw ApiException.invalid("Upload-Metadata", "The value of each name is in base64");
      }
    }
    return values;
  }

  private static Response answer(Response.ResponseBuilder response, PartialUpload upload) {
    return response
        .header("Tus-Resumable", VERSION)
        .header("Upload-Offset", upload.received())
        .header("Upload-Length", upload.bytes())
        .header("Upload-Expires", HTTP_DATE.format(upload.expiresAt()))
        .build();
  }

  @HEAD
  @Path("/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(summary = "Where an upload goes on", description = "Upload-Offset says it.")
  @APIResponse(responseCode = "200", description = "Upload-Offset bytes of Upload-Length are here")
  public Response where(@PathParam("id") UUID id) {
    return answer(Response.ok(), own(() -> uploads.get(signedIn.caller().id(), id)));
  }

  @PATCH
  @Path("/{id}")
  // Any type at first: who may not come in is told so before anything else.
  @Consumes(MediaType.WILDCARD)
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.NONE)
  @Operation(
      summary = "Send the next bytes of an upload",
      description = "What came before a line broke is kept.")
  @APIResponse(responseCode = "204", description = "Upload-Offset is where it goes on")
  public Response append(
      @PathParam("id") UUID id,
      @Parameter(description = "Where these bytes belong: at the end of those that are here")
          @HeaderParam("Upload-Offset")
          @NotNull
          Long offset,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable MediaType type,
      @RequestBody(content = @Content(mediaType = PIECE)) InputStream bytes) {
    if (type == null || !MediaType.valueOf(PIECE).isCompatible(type)) {
      throw ApiException.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Bytes of an upload are sent as " + PIECE);
    }
    return answer(
        Response.noContent(), own(() -> uploads.append(signedIn.caller().id(), id, offset, bytes)));
  }

  @DELETE
  @Path("/{id}")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "document.upload_removed")
  @Operation(summary = "Give up an upload")
  public void remove(@PathParam("id") UUID id) {
    own(
        () -> {
          uploads.remove(signedIn.caller().id(), id);
          return id;
        });
  }

  @POST
  @Path("/{id}/complete")
  @Route(may = Route.Who.SIGNED_IN, trace = Route.Trace.CHANGE, records = "document.added")
  @Operation(
      summary = "Make a document of an upload that is complete",
      description = "As POST /api/v1/documents does. Asked again, it names the same document.")
  @APIResponseSchema(
      value = DocumentsResource.DocumentView.class,
      responseCode = "202",
      responseDescription = "Taken in; it is read now")
  public Response complete(@PathParam("id") UUID id) {
    Caller caller = signedIn.caller();
    PartialUpload upload = own(() -> uploads.get(caller.id(), id));
    // Rights may have changed since it was begun.
    Contributions.Place place =
        contributions.place(
            caller,
            upload.collection().toString(),
            upload.path(),
            upload.readers(),
            signedIn.operation());
    Optional<LibraryDocument> document =
        documents.find(
            uploads.complete(caller.id(), id, bytes -> accept(caller, place, bytes, upload).id()));
    return Response.accepted(
            DocumentsResource.view(
                document.orElseThrow(
                    () -> ApiException.of(ErrorCode.NOT_FOUND, "The document was removed since")),
                feed))
        .build();
  }

  private LibraryDocument accept(
      Caller caller, Contributions.Place place, InputStream bytes, PartialUpload upload) {
    try (BlobStore.Stored stored = blobs.putOriginal(bytes, limit.maxBytes())) {
      return contributions.accept(caller, place, stored, modifiedAt(upload));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the sender did not say when the file was changed, the upload holds the epoch.
  private static Optional<Instant> modifiedAt(PartialUpload upload) {
    return Optional.of(upload.modifiedAt()).filter(time -> time.isAfter(Instant.EPOCH));
  }

  private <T> T own(Supplier<T> step) {
    return recorder.recordingDenial(signedIn.caller(), signedIn.operation(), step);
  }
}
