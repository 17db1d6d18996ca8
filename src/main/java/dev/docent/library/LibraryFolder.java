package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;
import java.util.Optional;
import java.util.Set;

/// A folder within a collection.
///
/// @param path without a slash at its ends
/// @param documents how many below it the one who asked may see
/// @param readers labels that documents get which arrive below it without their own; empty: as the
///   folder above says, or the collection
public record LibraryFolder(String path, long documents, Optional<Set<GroupId>> readers) {
  public LibraryFolder {
    requireNonNull(path, "path");
    readers = readers.map(Set::copyOf);
  }
}
