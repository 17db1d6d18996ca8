package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

@Entity(name = "ApiToken")
@Table(schema = "library", name = "api_token")
@DynamicUpdate
class TokenRow {
  @Id UUID id;

  @Column(name = "account_id", nullable = false)
  UUID accountId;

  @Column(nullable = false)
  String name;

  @Column(name = "token_hash", nullable = false)
  byte[] tokenHash;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  ApiToken toToken() {
    return new ApiToken(
        id, name, createdAt, Optional.ofNullable(expiresAt), Optional.ofNullable(lastUsedAt));
  }
}
