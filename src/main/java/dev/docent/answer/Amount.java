package dev.docent.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A number of a text and what it counts, as far as the words beside it say: of "3 to 5 million"
/// the 3 may count ones or millions.
///
/// @param number its digits
/// @param isMoney whether a currency stands beside it
record Amount(String number, Set<Scale> scales, boolean isMoney) {
  private static final String NUMBER =
      Grounding.NUMBER.pattern()
          + "|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?!\\p{L})";

  private static final Pattern AMOUNT =
      Pattern.compile(
          ("(?<before>MONEY ?)?(?<![\\p{L}\\d])(?<number>NUMBER)"
                  + "(?:[ -]?\\(?(?:in )?(?<word>WORD)\\.?"
                  + "| ?(?<letter>[kmb](?![\\p{L}\\d])|T(?= ?(?:€|EUR))))?"
                  + "(?<behind> ?MONEY)?")
              .replace("NUMBER", NUMBER)
              .replace("WORD", Scale.WORD)
              .replace("MONEY", Scale.MONEY),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /// Between two numbers of which the latter says what both count.
  private static final Pattern AND =
      Pattern.compile("\\s*(?:to|and|or|bis|und|oder|à|et|ou|y|a|o|[–-])\\s+");

  private static final Pattern CURRENCY =
      Pattern.compile("(?<!\\p{L})" + Scale.MONEY, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  Amount {
    scales = Set.copyOf(scales);
  }

  static List<Amount> in(String text) {
    List<Amount> amounts = new ArrayList<>();
    Matcher matcher = AMOUNT.matcher(text);
    int end = 0;
    while (matcher.find()) {
      boolean money = matcher.group("before") != null || matcher.group("behind") != null;
      Scale scale = scale(matcher, money);
      if (!amounts.isEmpty()
          && scale != Scale.ONE
          && AND.matcher(text.substring(end, matcher.start())).matches()) {
        Amount before = amounts.removeLast();
        Set<Scale> scales = EnumSet.copyOf(before.scales());
        scales.add(scale);
        amounts.add(new Amount(before.number(), scales, before.isMoney()));
      }
      amounts.add(new Amount(number(matcher.group("number")), Set.of(scale), money));
      end = matcher.end();
    }
    return amounts;
  }

  /// What a sentence says is counted, but not beside a number.
  static Set<Scale> namedApart(String text) {
    return Scale.namedIn(AMOUNT.matcher(text).replaceAll(" "));
  }

  /// The symbols of the currencies that a text names.
  static Set<String> currenciesIn(String text) {
    return CURRENCY
        .matcher(text)
        .results()
        .map(found -> symbol(found.group().toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private static String symbol(String currency) {
    return switch (currency) {
      case "EUR", "EURO", "EUROS" -> "€";
      case "GBP" -> "£";
      case "JPY" -> "¥";
      case String other when other.contains("$") || other.contains("DOLLAR") -> "$";
      case "USD" -> "$";
      default -> currency;
    };
  }

  /// What currencies are called beside their symbols.
  static String wordsFor(Set<String> currencies) {
    return currencies.stream()
        .map(
            symbol ->
                switch (symbol) {
                  case "€" -> "EUR euro";
                  case "£" -> "GBP";
                  case "¥" -> "JPY";
                  case "$" -> "dollar";
                  default -> "";
                })
        .collect(Collectors.joining(" "));
  }

  boolean countsOneOf(Set<Scale> some) {
    return !Collections.disjoint(scales, some);
  }

  private static String number(String digitsOrWord) {
    return Grounding.numbersIn(digitsOrWord).iterator().next();
  }

  private static Scale scale(Matcher amount, boolean money) {
    if (amount.group("word") != null) {
      return Scale.named(amount.group("word"));
    }
    String letter = amount.group("letter");
    return letter != null && money ? Scale.named(letter) : Scale.ONE;
  }
}
