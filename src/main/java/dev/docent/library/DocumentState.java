package dev.docent.library;

/// How far a document has come.
///
/// ```
/// QUEUED ─▶ READING ─▶ WORDS ─▶ READY
///    ▲         │
///    │         ├─▶ REJECTED   the bytes cannot be used; new bytes or a reread may help
///    └─────────┴─▶ FAILED     the machine's fault; it is tried again at the next start
/// ```
public enum DocumentState {
  QUEUED,
  READING,
  /// Searchable by its words.
  WORDS,
  /// Searchable by its words and by meaning.
  READY,
  REJECTED,
  FAILED
}
