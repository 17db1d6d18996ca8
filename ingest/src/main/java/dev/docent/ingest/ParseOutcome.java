package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

/// What came of parsing one document.
public sealed interface ParseOutcome {
  /// The document could be read.
  record Parsed(ParsedDocument document) implements ParseOutcome {
    public Parsed {
      requireNonNull(document, "document");
    }
  }

  /// The document cannot be used; nothing of it was kept.
  ///
  /// @param detail what exactly was met, for the administrator; never text of the document
  record Rejected(RejectReason reason, String detail) implements ParseOutcome {
    public Rejected {
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
    }
  }
}
