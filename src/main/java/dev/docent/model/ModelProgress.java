package dev.docent.model;

/// Hears how far the fetching of a model is. Called by the fetching thread, a few times a second.
@FunctionalInterface
public interface ModelProgress {
  /// @param source in words, such as `package box 2 of 6`
  /// @param doneBytes of the model's file
  /// @param totalBytes of the model's file
  void at(String source, long doneBytes, long totalBytes);
}
