package dev.docent.answer;

import dev.docent.retrieve.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The likeliest sentences with what stands around them, none twice: what is quoted.
final class Quotations {
  static final int MOST = 3;

  // Some sixty words. With the sentences around the likeliest one, one of three quotations holds
  // the answer to .91 of SQuAD's questions, by itself to .885.
  private static final int GROWN_CHARACTERS = 350;

  // Likely sentences of one paragraph, and the rows of a table, are quoted as one, not in pieces.
  private static final int JOINED_CHARACTERS = 500;

  // What a model is given of the likeliest words where it has little time: some thirty-five words.
  private static final int BRIEF_CHARACTERS = 200;

  private Quotations() {}

  /// @param candidates best first
  /// @param passages those that may be quoted
  static List<Stretch> of(List<Candidate> candidates, List<Passage> passages) {
    List<Stretch> quoted = new ArrayList<>();
    for (Candidate one : candidates) {
      if (quoted.size() == MOST) {
        break;
      }
      Stretch sentence = one.stretch();
      if (passages.contains(one.passage()) && quoted.stream().noneMatch(sentence::overlaps)) {
        add(sentence, quoted);
      }
    }
    return quoted;
  }

  /// The likeliest sentence with little around it.
  ///
  /// @param candidates best first
  /// @param passages those that may be quoted, that of a candidate at least
  static Stretch brief(List<Candidate> candidates, List<Passage> passages) {
    Candidate best =
        candidates.stream()
            .filter(one -> passages.contains(one.passage()))
            .findFirst()
            .orElseThrow();
    String text = best.passage().source().chunk().text();
    return new Stretch(
        best.passage(), Sentences.grown(text, best.span(), BRIEF_CHARACTERS, BRIEF_CHARACTERS));
  }

  private static void add(Stretch sentence, List<Stretch> quoted) {
    for (int i = 0; i < quoted.size(); i++) {
      Optional<Stretch> joined = joined(quoted.get(i), sentence);
      if (joined.isPresent() && others(quoted, i).stream().noneMatch(joined.get()::overlaps)) {
        quoted.set(i, joined.get());
        return;
      }
    }
    Stretch grown =
        new Stretch(
            sentence.passage(),
            Sentences.grown(text(sentence), sentence.span(), GROWN_CHARACTERS, JOINED_CHARACTERS));
    quoted.add(quoted.stream().anyMatch(grown::overlaps) ? sentence : grown);
  }

  private static Optional<Stretch> joined(Stretch one, Stretch other) {
    return one.isBeside(other)
        ? Sentences.joined(text(one), one.span(), other.span(), JOINED_CHARACTERS)
            .map(span -> new Stretch(one.passage(), span))
        : Optional.empty();
  }

  private static List<Stretch> others(List<Stretch> all, int but) {
    List<Stretch> others = new ArrayList<>(all);
    others.remove(but);
    return others;
  }

  private static String text(Stretch stretch) {
    return stretch.passage().source().chunk().text();
  }
}
