package dev.docent.index;

/// The index cannot be read or written: a broken disk, no space. Trying again helps when the cause
/// is gone.
public sealed class SearchIndexException extends RuntimeException permits IndexUnusableException {
  public SearchIndexException(String message, Throwable cause) {
    super(message, cause);
  }

  SearchIndexException(String message) {
    super(message);
  }
}
