package dev.docent.compliance.audit;

import java.util.OptionalInt;
import java.util.UUID;

/// Exactly which words of which bytes: enough to reproduce the passage from the stored document,
/// and nothing of its text.
///
/// @param revision of the document's bytes
/// @param page 0-based; empty where the format has no pages
/// @param start first UTF-16 unit of the passage in the document's extracted text
/// @param end one past its last
public record PassageRef(UUID document, Sha256 revision, OptionalInt page, int start, int end) {
  /// So many fit into one record of 16 KiB.
  public static final int MAX_PER_EVENT = 64;

  public PassageRef {
    if (start < 0 || end < start || (page.isPresent() && page.getAsInt() < 0)) {
      throw new IllegalArgumentException("a passage is [start, end) on a page from 0");
    }
  }
}
