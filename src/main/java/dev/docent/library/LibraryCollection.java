package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.GroupId;
import java.util.Set;

/// A named set of documents.
///
/// @param documents how many of them the one who asked may see
/// @param folders whether some of those lie in folders
/// @param readers labels a document gets when it arrives without its own
/// @param contributors groups that may add documents; administrators may in any case
public record LibraryCollection(
    CollectionId id,
    String name,
    String description,
    long documents,
    boolean folders,
    Set<GroupId> readers,
    Set<GroupId> contributors) {
  public LibraryCollection {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(description, "description");
    readers = Set.copyOf(readers);
    contributors = Set.copyOf(contributors);
  }
}
