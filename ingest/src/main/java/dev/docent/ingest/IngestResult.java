package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/// How the ingestion of one document ended.
public sealed interface IngestResult {
  /// The document was handed to the sink, words and vectors.
  ///
  /// @param pages pages, slides or sheets
  /// @param passages chunks
  record Indexed(
      String mediaType, Optional<String> title, int pages, int passages, Set<Notice> notices)
      implements IngestResult {
    public Indexed {
      requireNonNull(mediaType, "mediaType");
      requireNonNull(title, "title");
      notices = Set.copyOf(notices);
    }
  }

  /// The document was not taken in; the sink has seen nothing of it.
  ///
  /// @param humanText what happened, for the person who brought the document
  /// @param whatToDo what that person can do about it
  record Rejected(RejectReason reason, String humanText, String whatToDo) implements IngestResult {
    public Rejected {
      requireNonNull(reason, "reason");
      requireNonNull(humanText, "humanText");
      requireNonNull(whatToDo, "whatToDo");
    }
  }
}
