package dev.docent.answer;

import dev.docent.index.Terms;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The particular things a question is about: years, codes and numbered things ("E27", "Aquila
/// 700"), names. What speaks of other ones does not answer it, however near its meaning is.
///
/// @param codes in lower case
/// @param names none in a German question, where every noun is capitalised
record NamedThings(Set<String> years, Set<String> codes, Set<String> names) {
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}]+(?:[.,:/'’-][\\p{L}\\p{N}]+)*");
  private static final Pattern YEAR = Pattern.compile("(?<!\\d)(?:19|20)\\d\\d(?!\\d)");
  private static final Pattern CODE = Pattern.compile("\\p{L}+[-/.]?\\d[\\w./-]*");
  // Of financial years, quarters and halves documents have many spellings.
  private static final Pattern PERIOD = Pattern.compile("(?:fy|q|h)\\d+", Pattern.CASE_INSENSITIVE);
  private static final Pattern ABBREVIATION = Pattern.compile("[\\p{Lu}\\p{N}]{3,}");
  private static final Pattern POSSESSIVE = Pattern.compile("['’]s$");
  private static final Pattern SENTENCE_END = Pattern.compile("[.?!:]\\s*[\"'(¿]*$");
  private static final Pattern GERMAN =
      Pattern.compile(
          "\\b(?:der|die|das|den|dem|des|ein|eine|einen|wie|was|wann|wer|wo|welche[rsnm]?|ist|sind"
              + "|und|von|für|im|am)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  static NamedThings of(String question) {
    boolean german = GERMAN.matcher(question).find();
    Set<String> years = new LinkedHashSet<>();
    Set<String> codes = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    String before = "";
    int end = 0;
    Matcher words = WORD.matcher(question);
    while (words.find()) {
      String word = words.group();
      List<String> yearsInIt = all(YEAR, word);
      if (!yearsInIt.isEmpty()) {
        years.addAll(yearsInIt);
      } else if (word.chars().anyMatch(Character::isDigit)) {
        boolean numbered =
            isNumber(word)
                && startsCapitalised(before)
                && question.substring(end, words.start()).isBlank();
        if (numbered || CODE.matcher(word).matches() && !PERIOD.matcher(word).matches()) {
          codes.add(word.toLowerCase(Locale.ROOT));
        }
      } else if (!german && isName(word) && !beginsSentence(question, words.start())) {
        names.add(POSSESSIVE.matcher(word).replaceAll(""));
      }
      before = word;
      end = words.end();
    }
    return new NamedThings(years, codes, names);
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  private static boolean startsCapitalised(String word) {
    return !word.isEmpty() && Character.isUpperCase(word.codePointAt(0));
  }

  private static boolean isName(String word) {
    return word.length() > 1 && startsCapitalised(word) && !ABBREVIATION.matcher(word).matches();
  }

  private static boolean beginsSentence(String question, int start) {
    String before = question.substring(0, start);
    return before.chars().noneMatch(Character::isLetterOrDigit)
        || SENTENCE_END.matcher(before).find();
  }

  /// Whether what the question is about is not there: a code, or all of the years, or half of the
  /// names.
  ///
  /// @param terms of what was found, as [Terms] makes them
  boolean areMissingFrom(Set<String> terms) {
    long missingYears = years.stream().filter(year -> !isIn(year, terms)).count();
    long missingNames = names.stream().filter(name -> !isIn(name, terms)).count();
    return codes.stream().anyMatch(code -> !isIn(code, terms))
        || missingYears > 0 && missingYears == years.size()
        || missingNames > 0 && 2 * missingNames >= names.size();
  }

  private static boolean isIn(String thing, Set<String> terms) {
    return Terms.of(thing).stream().allMatch(term -> terms.contains(term.value()));
  }
}
