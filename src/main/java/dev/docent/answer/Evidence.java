package dev.docent.answer;

import java.util.List;

/// What may answer a question.
///
/// @param candidates sentences, best first
/// @param wordMatches how well each word of the question that carries meaning is met by a word of
///   the best sentences: the cosine of the two in their contexts
record Evidence(List<Candidate> candidates, List<Double> wordMatches) {
  Evidence {
    candidates = List.copyOf(candidates);
    wordMatches = List.copyOf(wordMatches);
  }

  /// Of the word that is met worst.
  double worstMatch() {
    return wordMatches.stream().mapToDouble(match -> match).min().orElse(0);
  }

  double meanMatch() {
    return wordMatches.stream().mapToDouble(match -> match).average().orElse(0);
  }
}
