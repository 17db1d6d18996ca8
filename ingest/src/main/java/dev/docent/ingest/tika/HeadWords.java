package dev.docent.ingest.tika;

import java.util.List;
import java.util.regex.Pattern;

/// What the words over a table's columns tell of how they belong together.
final class HeadWords {
  private static final String MONTH =
      "\\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\p{L}*";

  private static final Pattern WHEN = Pattern.compile("\\b(?:19|20)\\d\\d\\b|" + MONTH + " \\d");
  private static final Pattern COUNTED = Pattern.compile("\\d+|" + MONTH);

  /// What a name does not end with.
  private static final Pattern CONNECTING_END =
      Pattern.compile(
          ".*(?:[-/&]|(?<!\\p{L})(?:and|or|of|the|to|in|for|on|at|by|with|from|und|oder|der|des|von"
              + "|für|et|ou|de|du|y|o|del))");

  private static final Pattern CONNECTED_BEGIN = Pattern.compile("(?:\\p{Ll}|&).*");

  private HeadWords() {}

  /// Whether words name a day or a year.
  static boolean sayWhen(String words) {
    return WHEN.matcher(words).find();
  }

  /// Whether words are nothing but a day or a year.
  static boolean onlySayWhen(String words) {
    return COUNTED.matcher(words).replaceAll("").codePoints().noneMatch(Character::isLetter);
  }

  /// Whether names differ in a number or a month alone: "2024", "2023"; "Level 1", "Level 2".
  static boolean countOn(List<String> names) {
    return names.stream().distinct().count() == names.size()
        && names.stream().map(name -> COUNTED.matcher(name).replaceAll("#")).distinct().count()
            == 1;
  }

  /// Whether words must go on in the line below, or those there must have begun above.
  static boolean runOn(String words, String below) {
    return isOpen(words) || CONNECTED_BEGIN.matcher(below).matches();
  }

  /// Whether words must go on: "Asset-related and".
  static boolean isOpen(String words) {
    return CONNECTING_END.matcher(words).matches();
  }
}
