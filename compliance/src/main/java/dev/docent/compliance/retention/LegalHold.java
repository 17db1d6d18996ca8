package dev.docent.compliance.retention;

import dev.docent.compliance.audit.ActorRef;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What may not be pruned, and why. Every restriction that is empty restricts nothing, so a hold
/// without any holds everything.
///
/// @param account whose records
/// @param document whose records
/// @param from earliest time of recording, inclusive
/// @param to latest, exclusive
/// @param reason in words; 1 to 1,000 characters. Not in the log
public record LegalHold(
    UUID id,
    Optional<ActorRef> account,
    Optional<UUID> document,
    Optional<Instant> from,
    Optional<Instant> to,
    String reason,
    ActorRef placedBy,
    Instant placedAt,
    Optional<ActorRef> releasedBy,
    Optional<Instant> releasedAt) {

  /// A hold that is wished for.
  public record Wish(
      Optional<ActorRef> account,
      Optional<UUID> document,
      Optional<Instant> from,
      Optional<Instant> to,
      String reason) {
    public Wish {
      reason = reason.strip();
      if (reason.isEmpty() || reason.length() > 1000) {
        throw new IllegalArgumentException("a reason has 1 to 1000 characters");
      }
      if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
        throw new IllegalArgumentException("a period ends after it begins");
      }
    }
  }
}
