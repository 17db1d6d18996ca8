package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// How one file of a run ended.
public record IngestItem(
    String path,
    Outcome outcome,
    Optional<String> reason,
    Optional<String> detail,
    Optional<String> mediaType,
    OptionalInt pages,
    OptionalInt passages,
    Duration took) {
  /// Why a file that was taken is not read by the groups that its folder's rules say: a person
  /// chose others.
  public static final String LABELS_KEPT = "LABELS_KEPT";

  /// How a file can end.
  public enum Outcome {
    /// A new document.
    ADDED,
    /// New bytes of a known document, or one that had not been finished.
    REVISED,
    UNCHANGED,
    REJECTED,
    REMOVED,
    FAILED,
    /// Not taken for a document, by its name or its kind; of a folder, with all that is in it.
    SKIPPED
  }

  public IngestItem {
    requireNonNull(path, "path");
    requireNonNull(outcome, "outcome");
    requireNonNull(reason, "reason");
    requireNonNull(detail, "detail");
    requireNonNull(mediaType, "mediaType");
    requireNonNull(pages, "pages");
    requireNonNull(passages, "passages");
    requireNonNull(took, "took");
  }
}
