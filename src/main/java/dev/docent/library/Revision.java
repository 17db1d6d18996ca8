package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// Bytes that a document has or had.
///
/// @param number of all of its document's, from 1
/// @param sha256 lower-case hex
public record Revision(int number, String sha256, long bytes, Instant acceptedAt) {
  public Revision {
    requireNonNull(sha256, "sha256");
    requireNonNull(acceptedAt, "acceptedAt");
  }
}
