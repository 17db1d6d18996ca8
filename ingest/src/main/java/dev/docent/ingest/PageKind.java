package dev.docent.ingest;

/// What a [Page] is in the document it comes from.
public enum PageKind {
  /// A page of fixed layout (PDF, a scanned image), with positions.
  PAGE,
  SLIDE,
  SHEET,
  /// The document has no pages of its own: all of it, or one attachment of it.
  WHOLE
}
