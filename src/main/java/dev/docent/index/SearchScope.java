package dev.docent.index;

import static java.util.Objects.requireNonNull;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import java.util.Set;

/// Where a search looks: what the caller may read, narrowed to what was asked for.
///
/// @param collections only these; empty: all
/// @param documents only these; empty: all
/// @param period only documents of these days
public record SearchScope(
    AccessFilter access, Set<CollectionId> collections, Set<DocumentId> documents, Period period) {
  public SearchScope {
    requireNonNull(access, "access");
    collections = Set.copyOf(collections);
    documents = Set.copyOf(documents);
    requireNonNull(period, "period");
  }

  /// Everything the caller may read.
  public static SearchScope of(AccessFilter access) {
    return new SearchScope(access, Set.of(), Set.of(), Period.ALWAYS);
  }

  /// The same, within these documents alone.
  public SearchScope within(Set<DocumentId> narrower) {
    return new SearchScope(access, collections, narrower, period);
  }
}
