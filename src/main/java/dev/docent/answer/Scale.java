package dev.docent.answer;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a figure counts: the millions of "EUR 4.5 million". It is said behind the figure, or over a
/// table for all figures under it.
enum Scale {
  ONE(""),
  THOUSAND("thousand thousands tausend tsd k t teur mil milliers"),
  MILLION("million millions mn mio m millionen mln millón millones"),
  BILLION("billion billions bn mrd b milliarden milliards"),
  TRILLION("trillion trillions billionen");

  /// A currency.
  static final String MONEY =
      "(?:US ?\\$|[$€£¥]|(?:USD|EUR|GBP|CHF|JPY|(?:US )?dollars?|euros?)(?!\\p{L}))";

  /// One of the words.
  static final String WORD =
      "(?:mil millones|"
          + Arrays.stream(values())
              .flatMap(scale -> scale.words.stream())
              // letters are read beside a currency alone: "5 m" is a length
              .filter(word -> word.length() > 1)
              .collect(Collectors.joining("|"))
          + ")(?![\\p{L}\\d])";

  /// Likewise, or a letter.
  static final String SHORT_WORD = "(?:" + WORD + "|[kmb](?![\\p{L}\\d]))";

  // Where the figure itself stands before, it is the scale of that alone. A year is no figure.
  private static final String NO_FIGURE = "(?<![\\p{L}\\d])(?<!(?<!\\b(?:19|20)\\d)\\d[ .,])";

  /// "($ in millions)", "in Tausend EUR", "(Millions)", "USD million", "€m", "Mio. EUR", "T€".
  private static final Pattern OVER_FIGURES =
      Pattern.compile(
          String.join(
                  "|",
                  "(?<!\\p{L})(?:in|en) (?:MONEY ?)?(WORD)\\.?"
                      + "(?= ?(?:$|[^\\p{L}\\d ]|(?:of |de |d['’])?MONEY|except|unless))",
                  "\\((WORD)(?= ?[),–-])",
                  "NO_FIGURE(?:MONEY)[ '’]?(SHORT_WORD)",
                  "NO_FIGURE(SHORT_WORD)\\.? ?(?:MONEY)",
                  "(?<!\\p{L})en (miles)(?!\\p{L})",
                  "\\b(T) ?(?:€|EUR\\b)",
                  "[$€£(] ?['’]?(000)['’]?s?(?!\\d)")
              .replace("NO_FIGURE", NO_FIGURE)
              .replace("SHORT_WORD", SHORT_WORD)
              .replace("WORD", WORD)
              .replace("MONEY", MONEY),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE);

  private static final Pattern NAMED =
      Pattern.compile("(?<!\\p{L})" + WORD, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private final List<String> words;

  Scale(String words) {
    this.words = words.isEmpty() ? List.of() : List.of(words.split(" "));
  }

  /// In any language.
  List<String> words() {
    return words;
  }

  /// Those that a text names anywhere.
  static Set<Scale> namedIn(String text) {
    return scales(NAMED.matcher(text).results().map(MatchResult::group));
  }

  private static Set<Scale> scales(Stream<String> words) {
    return words
        .map(Scale::named)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scale.class)));
  }

  /// The one that a word names.
  static Scale named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "000", "miles" -> THOUSAND;
      case "mil millones" -> BILLION;
      case String other ->
          Arrays.stream(values())
              .filter(scale -> scale.words.contains(other))
              .findFirst()
              .orElse(ONE);
    };
  }

  /// What a line says of the figures under it.
  static Set<Scale> over(String line) {
    return scales(
        OVER_FIGURES
            .matcher(line)
            .results()
            .map(
                found ->
                    IntStream.rangeClosed(1, found.groupCount())
                        .mapToObj(found::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow()));
  }
}
