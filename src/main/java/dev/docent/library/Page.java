package dev.docent.library;

import java.util.List;

/// A stretch of a longer list.
///
/// @param total length of the whole list
public record Page<T>(List<T> items, long total) {
  public Page {
    items = List.copyOf(items);
  }
}
