package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

/// A structural piece of the text. Blocks lie in order and do not overlap; what is between them is
/// white space.
///
/// @param level 1 (highest) to 6 for a heading, nesting depth from 1 for a list item, else 0
/// @param start first UTF-16 unit of [ParsedDocument#text]
/// @param end behind the last one
/// @param page index into [ParsedDocument#pages]
public record Block(BlockKind kind, int level, int start, int end, int page) {
  public Block {
    requireNonNull(kind, "kind");
    if (level < 0 || start < 0 || end < start || page < 0) {
      throw new IllegalArgumentException(
          "%s %d [%d,%d) page %d".formatted(kind, level, start, end, page));
    }
  }
}
