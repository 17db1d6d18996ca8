package dev.docent.api;

import dev.docent.access.AccessFilter;
import dev.docent.access.Caller;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.compliance.audit.AuditEvent.DenialReason;
import dev.docent.library.Arrival;
import dev.docent.library.BlobStore;
import dev.docent.library.Documents;
import dev.docent.library.IndexFeed;
import dev.docent.library.LibraryCollection;
import dev.docent.library.LibraryCollections;
import dev.docent.library.LibraryDocument;
import dev.docent.library.LibraryException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a caller may bring into the library. A contributor of a collection adds to it and replaces
/// what they may read, under the labels that are there; an administrator adds anywhere, under any
/// labels. Safe for concurrent use.
@Singleton
final class Contributions {
  private final Documents documents;
  private final LibraryCollections collections;
  private final IndexFeed feed;
  private final RequestRecorder recorder;

  @Inject
  Contributions(
      Documents documents,
      LibraryCollections collections,
      IndexFeed feed,
      RequestRecorder recorder) {
    this.documents = documents;
    this.collections = collections;
    this.feed = feed;
    this.recorder = recorder;
  }

  /// A document to be brought, which the caller may bring.
  ///
  /// @param readers labels of its own; empty: those that are there
  record Place(LibraryCollection collection, String path, Optional<Set<GroupId>> readers) {}

  static boolean mayAdd(Caller caller, LibraryCollection collection) {
    return isAdministrator(caller) || caller.access().admits(collection.contributors());
  }

  private static boolean isAdministrator(Caller caller) {
    return caller.has(Role.ADMINISTRATOR);
  }

  /// @param collection id or name
  /// @param operation for the record of a denial
  Place place(
      Caller caller,
      String collection,
      String path,
      Optional<Set<GroupId>> readers,
      String operation) {
    Arrival.checkPath(path);
    LibraryCollection target =
        collections.list(caller.access(), isAdministrator(caller)).stream()
            .filter(
                known ->
                    known.id().toString().equals(collection) || known.name().equals(collection))
            .findFirst()
            .orElseThrow(
                () ->
                    new LibraryException.NotFound(
                        LibraryException.Reason.NO_SUCH_COLLECTION, "There is no such collection"));
    if (!mayAdd(caller, target) || (readers.isPresent() && !isAdministrator(caller))) {
      recorder.denied(Optional.of(caller), operation, DenialReason.NOT_GRANTED, Optional.empty());
      throw ApiException.of(
          readers.isPresent()
              ? Problem.of(
                  ErrorCode.NOT_ALLOWED, "Only administrators say who may read a document.")
              : Problem.of(ErrorCode.NOT_ALLOWED, "None of your groups may add to this collection.")
                  .because(Problem.Reason.NOT_A_CONTRIBUTOR, Map.of()));
    }
    return new Place(target, path, readers);
  }

  /// Takes in bytes that are in the store, and has them read.
  ///
  /// @param modifiedAt when their file was changed last, where that is known
  LibraryDocument accept(
      Caller caller, Place place, BlobStore.Stored stored, Optional<Instant> modifiedAt) {
    AccessFilter access = caller.access();
    boolean hidden =
        documents
            .find(place.collection().id(), place.path())
            .filter(document -> !isAdministrator(caller) && !access.admits(document.readers()))
            .isPresent();
    if (hidden) {
      throw new LibraryException.Conflict(
          LibraryException.Reason.PATH_TAKEN, "The collection holds another document of this path");
    }
    return settled(
        documents.accept(
            caller.id(),
            new Arrival(
                place.collection().id(),
                place.path(),
                Arrival.UPLOAD,
                stored.sha256(),
                stored.bytes(),
                modifiedAt,
                place.readers(),
                Optional.empty())));
  }

  private LibraryDocument settled(Documents.Acceptance acceptance) {
    return switch (acceptance) {
      case Documents.Acceptance.Queued(var document, var replaced, var relabelled) -> {
        if (relabelled) {
          feed.relabelled(List.of(document.id()));
        }
        feed.submit(document);
        replaced.ifPresent(feed::replaced);
        yield document;
      }
      case Documents.Acceptance.Relabelled(var document) -> {
        feed.relabelled(List.of(document.id()));
        yield document;
      }
      case Documents.Acceptance.Unchanged(var document) -> document;
      case Documents.Acceptance.PathTaken _ ->
          throw new LibraryException.Conflict(
              LibraryException.Reason.PATH_OF_FOLDER,
              "The collection holds a document of this path that comes from a folder");
    };
  }
}
