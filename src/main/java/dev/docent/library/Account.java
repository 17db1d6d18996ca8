package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.AccessFilter;
import dev.docent.access.Caller;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// Somebody who may sign in.
///
/// @param groups with [GroupId#EVERYONE] while the account is enabled
/// @param mustChangePassword only the own password may be changed until then
public record Account(
    UUID id,
    String username,
    String displayName,
    Set<Role> roles,
    Set<GroupId> groups,
    boolean disabled,
    boolean mustChangePassword,
    Instant createdAt) {
  public Account {
    requireNonNull(id, "id");
    requireNonNull(username, "username");
    requireNonNull(displayName, "displayName");
    requireNonNull(createdAt, "createdAt");
    roles = Set.copyOf(roles);
    groups = Set.copyOf(groups);
  }

  /// What it may read: what its groups may, and nothing while it is disabled. No role opens a
  /// document.
  public AccessFilter access() {
    return new AccessFilter.Readers(disabled ? Set.of() : groups);
  }

  /// The account as the one on whose behalf something is done.
  public Caller caller() {
    return new Caller(id.toString(), displayName, roles, access());
  }
}
