package dev.docent.answer;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What kind of words a question asks for, told from its question words, and whether a sentence has
/// such words that the question does not have itself.
enum AnswerType {
  TIME(
      "\\b(when|what (date|day|month|year|time)|which (date|day|month|year)|since when|until when"
          + "|by when|how long|how soon|how quickly|how often|how old|deadline|wann)\\b",
      "\\b(1[0-9]{3}|20[0-9]{2})s?\\b|\\b\\d{1,2}[:.]\\d{2}\\b|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b"
          + "|\\b(january|february|march|april|may|june|july|august|september|october|november"
          + "|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|daily"
          + "|weekly|monthly|quarterly|annually|yearly|immediately)\\b"
          + "|\\b(second|minute|hour|day|week|month|quarter|year|decade)s?\\b"),
  QUANTITY(
      "\\b(how (many|much|high|large|big|far|tall|deep|fast|hot|heavy|wide)|what (number|percentage"
          + "|percent|amount|price|rate|value|share|size|temperature|cost|is the (price|fee|rate"
          + "|amount|maximum|minimum|limit|budget|cost|price|number|bonus|allowance))|up to what"
          + "|price|cost|costs|wie ?viele?)\\b",
      "\\d|\\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
          + "|fifty|sixty|ninety|hundred|thousand|million|billion|half|third|quarter|none|no|once"
          + "|twice|double|several|few|many)\\b"),
  NAME("\\b(who|whom|whose|which (person|company|team|department|country|city)|wer|wem)\\b", ""),
  PLACE("\\b(where|which (country|city|state|region|place|room|building|site)|wo)\\b", ""),
  OTHER("", "");

  private static final Pattern CAPITALISED =
      Pattern.compile(
          "(?<![.!?]\\s|^|[\\p{L}\\p{N}])\\p{Lu}[\\p{L}\\p{N}'’&.-]+|[\\w.+-]+@[\\w.-]+");

  private final Pattern asked;
  private final Pattern given;

  AnswerType(String asked, String given) {
    this.asked = Pattern.compile(asked);
    this.given = Pattern.compile(given);
  }

  static AnswerType of(String question) {
    String lower = question.toLowerCase(Locale.ROOT);
    for (AnswerType type : values()) {
      if (type != OTHER && type.asked.matcher(lower).find()) {
        return type;
      }
    }
    return OTHER;
  }

  /// Whether the text has words of this kind.
  ///
  /// @param questionWords the question's words in lower case: they are no answer to it
  boolean isIn(String text, Set<String> questionWords) {
    return switch (this) {
      case TIME, QUANTITY -> hasOther(given.matcher(text.toLowerCase(Locale.ROOT)), questionWords);
      case NAME, PLACE -> hasOther(CAPITALISED.matcher(text), questionWords);
      case OTHER -> true;
    };
  }

  private static boolean hasOther(Matcher matcher, Set<String> questionWords) {
    while (matcher.find()) {
      if (!questionWords.contains(matcher.group().toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
