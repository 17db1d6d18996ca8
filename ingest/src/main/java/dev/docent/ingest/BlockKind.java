package dev.docent.ingest;

/// What a [Block] is.
public enum BlockKind {
  HEADING,
  PARAGRAPH,
  LIST_ITEM,
  /// The row of column names over the rows that follow it; heads over several columns are rows
  /// before it. Cells are separated by a tab, in a PDF whose columns are not told by a space.
  TABLE_HEADER,
  /// A row of a table, its cells separated like the header's.
  TABLE_ROW,
  /// Running head or foot, navigation: in the text, but in no chunk.
  BOILERPLATE
}
