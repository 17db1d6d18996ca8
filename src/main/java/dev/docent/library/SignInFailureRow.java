package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity(name = "SignInFailure")
@Table(schema = "library", name = "sign_in_failure")
class SignInFailureRow {
  @Id
  @Column(name = "name_hash")
  byte[] nameHash;

  @Column(nullable = false)
  int failures;

  @Column(name = "locked_until")
  @Nullable Instant lockedUntil;

  @Column(name = "last_at", nullable = false)
  Instant lastAt;
}
