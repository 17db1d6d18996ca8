package dev.docent.ingest.tika;

import java.util.Map;

/// Colours as office documents write them.
final class Colours {
  /// A ground that nobody can tell.
  static final String UNKNOWN = "?";

  /// Begins the name of a colour that the document's theme defines.
  static final String THEME = "theme ";

  private static final int SAME = 12;

  private static final Map<String, String> NAMED = Map.of("white", "ffffff", "black", "000000");

  private Colours() {}

  /// Whether two colours look the same: six hexadecimal digits each, or the same name in the theme.
  static boolean areSame(String one, String other) {
    if (one.startsWith(THEME)) {
      return one.equals(other);
    }
    String a = hex(one);
    String b = hex(other);
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    for (int at = 0; at < 6; at += 2) {
      int difference =
          Integer.parseInt(a.substring(at, at + 2), 16)
              - Integer.parseInt(b.substring(at, at + 2), 16);
      if (Math.abs(difference) > SAME) {
        return false;
      }
    }
    return true;
  }

  private static String hex(String colour) {
    String hex = NAMED.getOrDefault(colour, colour);
    return hex.matches("#?[0-9a-fA-F]{6}") ? hex.replace("#", "") : "";
  }

  /// A measure without its unit; a very large one when there is none.
  static double number(String measure) {
    String digits = measure.replaceAll("[a-z%]+$", "");
    return digits.matches("-?\\d+(?:\\.\\d+)?") ? Double.parseDouble(digits) : Double.MAX_VALUE;
  }
}
