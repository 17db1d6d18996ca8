package dev.docent.library;

import dev.docent.access.GroupId;
import dev.docent.access.Role;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;

@Entity(name = "Account")
@Table(schema = "library", name = "account")
@DynamicUpdate
class AccountRow {
  @Id UUID id;

  @Column(nullable = false)
  String username;

  @Column(name = "display_name", nullable = false)
  String displayName;

  @Column(name = "password_hash", nullable = false)
  String passwordHash;

  @Column(nullable = false)
  String[] roles;

  @Column(nullable = false)
  boolean disabled;

  @Column(name = "must_change_password", nullable = false)
  boolean mustChangePassword;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(
      schema = "library",
      name = "membership",
      joinColumns = @JoinColumn(name = "account_id"))
  @Column(name = "group_name")
  Set<String> groups = new HashSet<>();

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  Instant updatedAt;

  Account toAccount() {
    Set<GroupId> names = groups.stream().map(GroupId::new).collect(Collectors.toSet());
    if (!disabled) {
      names.add(GroupId.EVERYONE);
    }
    return new Account(
        id,
        username,
        displayName,
        Set.of(roles).stream().map(Role::valueOf).collect(Collectors.toCollection(TreeSet::new)),
        names,
        disabled,
        mustChangePassword,
        createdAt);
  }
}
