package dev.docent.answer;

import dev.docent.index.Terms;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What to search for, and what to ask a model, when a question leans on the one before: "And for
/// part-time staff?" is searched together with the question it continues. By rule, so that the same
/// conversation always finds the same.
final class FollowUp {
  private static final Pattern CONTINUES =
      Pattern.compile(
          "^(and|but|or|also|then|so|what about|how about|what if|same for|und|y)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern REFERS =
      Pattern.compile(
          "\\b(it|its|they|them|their|this|that|these|those|he|him|his|she|her|there|then|the same"
              + "|one|ones|else)\\b",
          Pattern.CASE_INSENSITIVE);

  // A question with this many words of its own can be searched alone.
  private static final int STANDALONE_TERMS = 7;
  private static final int BARE_TERMS = 2;

  private FollowUp() {}

  static String searchText(Question question) {
    return withEarlier(question.text(), question.earlier(), _ -> true);
  }

  /// The question with those before it that it leans on and that had no answer: a model is not told
  /// of these otherwise.
  static String askedText(Question question) {
    return withEarlier(question.text(), question.earlier(), turn -> !turn.isAnswered());
  }

  /// @param counts which turns it may be put together with
  private static String withEarlier(
      String text, List<Question.Turn> earlier, Predicate<Question.Turn> counts) {
    if (earlier.isEmpty() || !counts.test(earlier.getLast()) || !leansOnEarlier(text)) {
      return text;
    }
    List<Question.Turn> before = earlier.subList(0, earlier.size() - 1);
    return withEarlier(earlier.getLast().question(), before, counts) + " " + text;
  }

  private static boolean leansOnEarlier(String text) {
    int terms = Terms.of(text).size();
    return terms <= BARE_TERMS
        || CONTINUES.matcher(text).find()
        || terms < STANDALONE_TERMS && REFERS.matcher(text).find();
  }
}
