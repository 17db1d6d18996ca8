package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/// A browser that is signed in.
public record WebSession(
    UUID id, String userAgent, Instant createdAt, Instant lastSeenAt, Instant expiresAt) {
  public WebSession {
    requireNonNull(id, "id");
    requireNonNull(userAgent, "userAgent");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(lastSeenAt, "lastSeenAt");
    requireNonNull(expiresAt, "expiresAt");
  }
}
