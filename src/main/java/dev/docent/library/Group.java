package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;

/// A group of accounts that documents are labelled with.
///
/// @param members enabled or not; for [GroupId#EVERYONE] all enabled accounts
public record Group(GroupId name, String description, long members) {
  public Group {
    requireNonNull(name, "name");
    requireNonNull(description, "description");
  }
}
