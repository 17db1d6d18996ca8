package dev.docent.access;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/// The account on whose behalf something is done. Every request has one.
///
/// @param id stable account id, fit to be pseudonymised
/// @param name what the account is called on screen
/// @param access what it may read
public record Caller(String id, String name, Set<Role> roles, AccessFilter access) {
  public Caller {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(access, "access");
    roles = Set.copyOf(roles);
    if (id.isBlank()) {
      throw new IllegalArgumentException("A caller has an id");
    }
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }
}
