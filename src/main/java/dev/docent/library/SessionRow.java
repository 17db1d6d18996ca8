package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

@Entity(name = "WebSession")
@Table(schema = "library", name = "web_session")
@DynamicUpdate
class SessionRow {
  @Id UUID id;

  @Column(name = "account_id", nullable = false)
  UUID accountId;

  @Column(name = "token_hash", nullable = false)
  byte[] tokenHash;

  @Column(name = "user_agent", nullable = false)
  String userAgent;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "last_seen_at", nullable = false)
  Instant lastSeenAt;

  @Column(name = "expires_at", nullable = false)
  Instant expiresAt;

  WebSession toSession() {
    return new WebSession(id, userAgent, createdAt, lastSeenAt, expiresAt);
  }
}
