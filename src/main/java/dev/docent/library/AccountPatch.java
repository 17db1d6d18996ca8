package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;
import dev.docent.access.Role;
import java.util.Optional;
import java.util.Set;

/// What an administrator changes of an account; what is empty stays as it is.
public record AccountPatch(
    Optional<String> displayName,
    Optional<Set<Role>> roles,
    Optional<Set<GroupId>> groups,
    Optional<Boolean> disabled,
    Optional<String> password) {
  public AccountPatch {
    requireNonNull(displayName, "displayName");
    requireNonNull(roles, "roles");
    requireNonNull(groups, "groups");
    requireNonNull(disabled, "disabled");
    requireNonNull(password, "password");
  }
}
