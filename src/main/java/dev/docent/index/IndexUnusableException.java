package dev.docent.index;

/// What lies in the index's folder is damaged, or was made by another version or embedding model.
/// Trying again does not help; deleting the folder and putting every document again does.
public final class IndexUnusableException extends SearchIndexException {
  IndexUnusableException(String message, Throwable cause) {
    super(message, cause);
  }

  IndexUnusableException(String message) {
    super(message);
  }
}
