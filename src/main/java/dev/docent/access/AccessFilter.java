package dev.docent.access;

import java.util.Set;

/// Which documents a search may see, by their labels. Applied inside every query, never to its
/// results.
public sealed interface AccessFilter {

  /// Every document. For the local operator alone, who can read the data folder anyway.
  record Everything() implements AccessFilter {}

  /// The documents labelled with at least one of these groups; none when there is no group.
  record Readers(Set<GroupId> groups) implements AccessFilter {
    public Readers {
      groups = Set.copyOf(groups);
    }
  }

  /// Whether a document with these labels may be seen. A document without labels is the local
  /// operator's alone.
  default boolean admits(Set<GroupId> labels) {
    return switch (this) {
      case Everything() -> true;
      case Readers(var groups) -> labels.stream().anyMatch(groups::contains);
    };
  }
}
