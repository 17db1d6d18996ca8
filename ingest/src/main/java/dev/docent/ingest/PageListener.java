package dev.docent.ingest;

/// Told how far the reading of a document is, on the thread that reads it. What is read inside it,
/// an attachment, does not count.
@FunctionalInterface
public interface PageListener {
  /// Nobody listens.
  PageListener NONE = (_, _, _) -> {};

  /// @param page being read, from 1
  /// @param pages in all; 0 where the format tells only at its end
  void page(PageKind kind, int page, int pages);
}
