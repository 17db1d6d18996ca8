package dev.docent.library;

import static java.util.Objects.requireNonNull;

/// How far the reading of a document is: first its pages, then the passages that meaning is made
/// for.
///
/// @param at the page, from 1, or the passages that are done
/// @param of how many there are; 0 where the format tells only at its end
public record ReadingProgress(Unit unit, int at, int of) {
  public ReadingProgress {
    requireNonNull(unit, "unit");
  }

  /// What is counted.
  public enum Unit {
    PAGE,
    SLIDE,
    SHEET,
    PASSAGE
  }
}
