package dev.docent.library;

import java.util.Locale;

/// Patterns of SQL's `like`, with `!` as their escape.
final class LikePattern {
  private LikePattern() {}

  /// For what holds this text once it is in lower case.
  static String containing(String text) {
    return "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%";
  }

  /// For the paths below a folder.
  static String below(String folder) {
    return escaped(folder) + "/%";
  }

  private static String escaped(String text) {
    return text.replaceAll("([!%_])", "!$1");
  }
}
