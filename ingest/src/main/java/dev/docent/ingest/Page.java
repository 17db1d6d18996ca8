package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

/// A page, slide or sheet: a stretch of the document's text. Pages lie in order, do not overlap and
/// together cover the text.
///
/// @param index 0-based position among the document's pages; for a PDF the physical page
/// @param label what a person calls it: "12", "iv", the sheet's or attachment's name
/// @param start first UTF-16 unit of [ParsedDocument#text]
/// @param end behind the last one
/// @param width of the page as displayed, PDF points; 0 where there is no layout
/// @param height likewise
public record Page(
    int index, PageKind kind, String label, int start, int end, float width, float height) {
  public Page {
    requireNonNull(kind, "kind");
    requireNonNull(label, "label");
    if (index < 0 || start < 0 || end < start) {
      throw new IllegalArgumentException("page " + index + " [" + start + "," + end + ")");
    }
  }
}
