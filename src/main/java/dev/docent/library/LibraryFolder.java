package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;
import java.util.Optional;
import java.util.Set;

/// A folder within a collection.
///
/// @param path without a slash at its ends
/// @param documents how many below it the one who asked may see
/// @param readers labels that people gave it, for documents that arrive below it too unless a
///   person gives them others; empty: as the folder above says, or the collection
public record LibraryFolder(String path, long documents, Optional<Set<GroupId>> readers) {
  public LibraryFolder {
    requireNonNull(path, "path");
    readers = readers.map(Set::copyOf);
  }
}
