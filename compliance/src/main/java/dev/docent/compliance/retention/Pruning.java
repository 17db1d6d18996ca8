package dev.docent.compliance.retention;

import dev.docent.compliance.audit.ActorRef;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// A month whose records' bodies are to be dropped, or were.
///
/// @param decidedBy another person than who proposed it, unless it was rejected
/// @param records whose bodies were dropped; empty until then
public record Pruning(
    UUID proposal,
    YearMonth month,
    ActorRef proposedBy,
    Instant proposedAt,
    State state,
    Optional<ActorRef> decidedBy,
    Optional<Instant> decidedAt,
    OptionalLong records) {

  /// How far it is.
  public enum State {
    /// Waits for a second person.
    PROPOSED,
    REJECTED,
    /// The bodies are gone.
    PRUNED
  }
}
