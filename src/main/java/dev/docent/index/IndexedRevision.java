package dev.docent.index;

import static java.util.Objects.requireNonNull;

/// What the index holds of a document.
///
/// @param revision SHA-256 of the bytes its passages come from
/// @param hasVectors whether it is found by meaning too, not only by its words
public record IndexedRevision(String revision, boolean hasVectors) {
  public IndexedRevision {
    requireNonNull(revision, "revision");
  }
}
