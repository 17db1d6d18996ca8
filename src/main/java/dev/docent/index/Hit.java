package dev.docent.index;

import static java.util.Objects.requireNonNull;

import dev.docent.access.DocumentId;

/// A passage found, not yet read.
///
/// @param ordinal the passage's position in its document
/// @param score comparable within one list of hits only
/// @param slot where the [IndexView] it comes from keeps it; meaningless elsewhere
public record Hit(DocumentId document, int ordinal, float score, int slot) {
  public Hit {
    requireNonNull(document, "document");
  }
}
