package dev.docent.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a question of "how many" counts, and whether a sentence only names a number of that as a
/// condition: "27 working days" says how many days there are, "for more than five days, ask early"
/// does not.
final class Counted {
  private static final Pattern ASKED =
      Pattern.compile("\\bhow many (?:\\p{L}+ )??(\\p{L}{3,}?)(?:e?s)\\b");

  private static final Pattern IS_CONDITION =
      Pattern.compile("\\b(?:than|over|under|above|below) $");

  private static final String NUMBER =
      "\\b(?:\\d[\\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
          + "|forty|fifty|sixty|ninety|hundred|thousand|million|billion)\\W+(?:\\p{L}+\\W+){0,2}";

  private final Optional<Pattern> number;

  private Counted(Optional<Pattern> number) {
    this.number = number;
  }

  static Counted by(String question) {
    Matcher asked = ASKED.matcher(question.toLowerCase(Locale.ROOT));
    return new Counted(
        asked.find()
            ? Optional.of(Pattern.compile(NUMBER + asked.group(1) + "(?:e?s)?\\b"))
            : Optional.empty());
  }

  /// Whether all the numbers of it in a sentence are conditions; false where there is none.
  boolean isConditionIn(String sentence) {
    String lower = sentence.toLowerCase(Locale.ROOT);
    List<MatchResult> numbers =
        number.map(pattern -> pattern.matcher(lower).results().toList()).orElse(List.of());
    return !numbers.isEmpty()
        && numbers.stream()
            .allMatch(one -> IS_CONDITION.matcher(lower.substring(0, one.start())).find());
  }
}
