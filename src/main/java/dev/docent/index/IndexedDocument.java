package dev.docent.index;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/// A document as the index knows it.
///
/// @param revision SHA-256 of its bytes, lower-case hexadecimal
/// @param readers the groups that may read it; empty: the local operator alone
/// @param title what people call it; its file's name where it has no title
/// @param path where it lies in its collection, with `/`
/// @param date the day it is of, where one is known
public record IndexedDocument(
    DocumentId id,
    String revision,
    CollectionId collection,
    Set<GroupId> readers,
    String title,
    String path,
    String mediaType,
    Optional<LocalDate> date) {
  public IndexedDocument {
    requireNonNull(id, "id");
    requireNonNull(revision, "revision");
    requireNonNull(collection, "collection");
    readers = Set.copyOf(readers);
    requireNonNull(title, "title");
    requireNonNull(path, "path");
    requireNonNull(mediaType, "mediaType");
    requireNonNull(date, "date");
  }

  /// The same document under other labels.
  public IndexedDocument readableBy(Set<GroupId> groups) {
    return new IndexedDocument(id, revision, collection, groups, title, path, mediaType, date);
  }
}
