package dev.docent.answer;

import dev.docent.index.Terms;
import dev.docent.index.WeightedTerm;
import dev.docent.ingest.embed.TokenStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/// Meets each word of a question with the word nearest to it, in the manner of late interaction
/// (Khattab & Zaharia, SIGIR 2020): "headhunter" finds "recruitment agency" where letters find
/// nothing, and a word that nothing speaks of finds nothing near.
final class WordMatches {
  private WordMatches() {}

  /// The best cosine for each of the terms as they stand in the question.
  static List<Double> of(
      String question, List<WeightedTerm> terms, TokenStates read, List<TokenStates> sentences) {
    Set<String> matter = new HashSet<>();
    terms.forEach(term -> matter.add(term.term()));
    List<Double> matches = new ArrayList<>();
    for (Terms.Term term : Terms.of(question)) {
      if (matter.contains(term.value())) {
        int start = question.codePointCount(0, term.start());
        int end = question.codePointCount(0, term.end());
        match(read, start, end, sentences).ifPresent(match -> matches.add(match));
      }
    }
    return matches;
  }

  /// How near the words of the one text have one of the other's: the mean over its tokens of the
  /// best cosine.
  static double nearness(TokenStates text, TokenStates other) {
    return Arrays.stream(text.states())
        .mapToDouble(token -> nearest(token, List.of(other)))
        .average()
        .orElse(0);
  }

  /// The mean over the word's tokens.
  private static OptionalDouble match(
      TokenStates read, int start, int end, List<TokenStates> sentences) {
    return IntStream.range(0, read.states().length)
        .filter(i -> read.starts()[i] < end && read.ends()[i] > start)
        .mapToDouble(i -> nearest(read.states()[i], sentences))
        .average();
  }

  private static double nearest(float[] token, List<TokenStates> sentences) {
    double best = -1;
    for (TokenStates sentence : sentences) {
      for (float[] other : sentence.states()) {
        best = Math.max(best, Vectors.dot(token, other));
      }
    }
    return best;
  }
}
