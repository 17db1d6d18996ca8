package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A passage: the unit that is indexed, found and quoted.
///
/// @param ordinal 0-based position in the document
/// @param start first UTF-16 unit of [ParsedDocument#text]; `text` is exactly that stretch
/// @param end behind the last one
/// @param firstPage index into [ParsedDocument#pages]
/// @param lastPage likewise, inclusive
/// @param headings those the passage stands under, highest first, without the document's title
/// @param context what a reader of the passage alone would miss: title, headings, a table's header;
///   may be empty
/// @param text verbatim stretch of the document
/// @param lines positions of the passage's text; empty where there is no fixed layout
public record Chunk(
    int ordinal,
    int start,
    int end,
    int firstPage,
    int lastPage,
    List<String> headings,
    String context,
    String text,
    List<Line> lines) {
  public Chunk {
    requireNonNull(context, "context");
    requireNonNull(text, "text");
    headings = List.copyOf(headings);
    lines = List.copyOf(lines);
    if (ordinal < 0 || start < 0 || text.length() != end - start || lastPage < firstPage) {
      throw new IllegalArgumentException("chunk " + ordinal + " [" + start + "," + end + ")");
    }
  }

  /// What the embedding model reads: the context, then the passage.
  public String embeddingText() {
    return context.isEmpty() ? text : context + "\n" + text;
  }
}
