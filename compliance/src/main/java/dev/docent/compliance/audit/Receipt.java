package dev.docent.compliance.audit;

import java.time.Instant;
import java.util.UUID;

/// Proof of recording that a caller can keep: the record named here is durable.
///
/// @param event UUIDv7 of the record
/// @param time of the act, UTC, cut to the millisecond, as it stands in the record
public record Receipt(UUID event, Instant time) {}
