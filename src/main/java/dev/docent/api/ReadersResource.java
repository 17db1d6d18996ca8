package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.api.DocumentsResource.DocumentView;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.library.Account;
import dev.docent.library.Accounts;
import dev.docent.library.DocumentLabels;
import dev.docent.library.DocumentQuery;
import dev.docent.library.Documents;
import dev.docent.library.IndexFeed;
import dev.docent.library.Labelling;
import dev.docent.library.LibraryDocument;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Who may read a document, for administrators.
@Path("/api/v1/documents/{id}/readers")
@RunOnVirtualThread
@Tag(name = "Library")
final class ReadersResource {
  private final Documents documents;
  private final DocumentLabels labels;
  private final Accounts accounts;
  private final IndexFeed feed;
  private final RequestRecorder recorder;
  private final SignedIn signedIn;

  @Inject
  ReadersResource(
      Documents documents,
      DocumentLabels labels,
      Accounts accounts,
      IndexFeed feed,
      RequestRecorder recorder,
      SignedIn signedIn) {
    this.documents = documents;
    this.labels = labels;
    this.accounts = accounts;
    this.feed = feed;
    this.recorder = recorder;
    this.signedIn = signedIn;
  }

  enum LabelSource {
    COLLECTION,
    FOLDER,
    RULES,
    HAND
  }

  record ReadingGroup(
      @Schema(examples = "hr") String name,
      @Schema(description = "Its members that may sign in") long members) {}

  record ReaderView(
      UUID id,
      String username,
      String displayName,
      @Schema(description = "Through which groups", examples = "[\"hr\"]") List<String> groups) {}

  record ReadershipView(
      @Schema(
              description =
                  "What it has its labels from: the collection as it was when it came, what a person"
                      + " said of its folder, the rules of the folder it is read from, or a person")
          LabelSource source,
      @Schema(description = "The folder that a person said it of", examples = "hr/salaries")
          @Nullable String folder,
      @Schema(description = "None: the local operator alone") List<ReadingGroup> groups,
      List<ReaderView> people,
      @Schema(description = "How many people in all") long total) {}

  @GET
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.SHOWN, records = "library.listed")
  @Operation(
      summary = "Who may read a document, and why",
      description = "The local operator may read every document besides.")
  public ReadershipView get(
      @PathParam("id") UUID id,
      @QueryParam("offset") @DefaultValue("0") @Min(0) int offset,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(DocumentQuery.MAX_LIMIT) int limit) {
    LibraryDocument document = visible(id, caller -> documents.get(caller.access(), id(id)));
    Labelling labelling = visible(id, caller -> labels.labelling(caller.access(), id(id)));
    List<Account> readers = accounts.readersOf(document.readers());
    List<ReaderView> people =
        readers.stream()
            .skip(offset)
            .limit(limit)
            .map(reader -> view(reader, document.readers()))
            .toList();
    recorder.listed(signedIn.caller(), Listing.ACCOUNTS, people.size());
    return new ReadershipView(
        source(labelling),
        labelling instanceof Labelling.ByFolder(var path) ? path : null,
        document.readers().stream().sorted().map(group -> view(group, readers)).toList(),
        people,
        readers.size());
  }

  private static LabelSource source(Labelling labelling) {
    return switch (labelling) {
      case Labelling.ByCollection() -> LabelSource.COLLECTION;
      case Labelling.ByFolder _ -> LabelSource.FOLDER;
      case Labelling.ByRules() -> LabelSource.RULES;
      case Labelling.ByHand() -> LabelSource.HAND;
    };
  }

  private static ReadingGroup view(GroupId group, List<Account> readers) {
    return new ReadingGroup(
        group.value(), readers.stream().filter(one -> one.groups().contains(group)).count());
  }

  private static ReaderView view(Account reader, Set<GroupId> labels) {
    return new ReaderView(
        reader.id(),
        reader.username(),
        reader.displayName(),
        MeResource.groups(reader.groups().stream().filter(labels::contains).toList()));
  }

  record Readers(@NotNull @Schema(examples = "[\"hr\"]") List<String> readers) {}

  @PUT
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "document.relabelled")
  @Operation(
      summary = "Say who may read a document",
      description =
          "Every search follows when this returns. It stays when the document's folder is read"
              + " again.")
  public DocumentView relabel(@PathParam("id") UUID id, @Valid @NotNull Readers request) {
    Set<GroupId> readers = Fields.groups("readers", request.readers());
    return relabelled(
        visible(id, caller -> labels.relabel(caller.id(), caller.access(), id(id), readers)));
  }

  @DELETE
  @Route(may = Route.Who.ADMINISTRATOR, trace = Route.Trace.CHANGE, records = "document.relabelled")
  @Operation(
      summary = "Take back what a person said of who may read a document",
      description =
          "It has the labels of its folder again, else those of its collection; every search follows"
              + " when this returns. One that is read from a folder follows that folder's rules when"
              + " it is read again, and keeps its labels until then.")
  public DocumentView giveBack(@PathParam("id") UUID id) {
    return relabelled(visible(id, caller -> labels.giveBack(caller.id(), caller.access(), id(id))));
  }

  private DocumentView relabelled(LibraryDocument document) {
    feed.relabelled(List.of(document.id()));
    return DocumentsResource.view(document, feed);
  }

  /// What a caller may not know of is answered as what is not there, and both are recorded.
  private <T> T visible(UUID id, Function<Caller, T> step) {
    Caller caller = signedIn.caller();
    return recorder.recordingDenial(caller, signedIn.operation(), id(id), () -> step.apply(caller));
  }

  private static DocumentId id(UUID value) {
    return new DocumentId(value);
  }
}
