package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One location in one collection with its current revision.
///
/// @param reason stable name of why it was rejected or failed
/// @param detail the same in words
/// @param modifiedAt when its file was changed last, where that is known
/// @param date the day it is of, once it was read: its own, else that of its file
/// @param readers groups that may read it; none means the local operator alone
/// @param revision SHA-256 of the accepted bytes, lower-case hex
/// @param parserVersion of the parser that made what the index holds; 0 where it holds nothing yet
/// @param indexBehind the index does not yet show what this record says
public record LibraryDocument(
    DocumentId id,
    CollectionId collection,
    String collectionName,
    String path,
    String title,
    Optional<String> mediaType,
    long bytes,
    DocumentState state,
    Optional<String> reason,
    Optional<String> detail,
    Optional<String> whatToDo,
    OptionalInt pages,
    OptionalInt passages,
    Optional<Instant> modifiedAt,
    Optional<LocalDate> date,
    Set<GroupId> readers,
    String revision,
    int parserVersion,
    boolean indexBehind,
    Instant updatedAt) {
  public LibraryDocument {
    requireNonNull(id, "id");
    requireNonNull(collection, "collection");
    requireNonNull(collectionName, "collectionName");
    requireNonNull(path, "path");
    requireNonNull(title, "title");
    requireNonNull(mediaType, "mediaType");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
    requireNonNull(detail, "detail");
    requireNonNull(whatToDo, "whatToDo");
    requireNonNull(pages, "pages");
    requireNonNull(passages, "passages");
    requireNonNull(modifiedAt, "modifiedAt");
    requireNonNull(date, "date");
    requireNonNull(revision, "revision");
    requireNonNull(updatedAt, "updatedAt");
    readers = Set.copyOf(readers);
  }
}
