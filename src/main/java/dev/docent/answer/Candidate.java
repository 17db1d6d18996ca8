package dev.docent.answer;

import dev.docent.retrieve.Passage;

/// A sentence that may answer, and what speaks for it. All figures between 0 and 1.
///
/// @param passage the one it stands in
/// @param span where, in the passage's text
/// @param coverage share of the question's words in it, weighed by how rare they are
/// @param contextCoverage likewise, counting the sentence before it or the row's table header, the
///   headings and the title
/// @param typed whether it has words of the kind the question asks for: 1, 0; a half where its
///   number is a condition
/// @param passageScore the passage's retrieval score as a share of the best one's
/// @param similarity cosine between question and sentence
/// @param nearness how near the question's words have one of the sentence's, in the mean
record Candidate(
    Passage passage,
    Sentences.Span span,
    double coverage,
    double contextCoverage,
    double typed,
    double passageScore,
    double similarity,
    double nearness) {

  String text() {
    return span.of(passage.source().chunk().text());
  }

  Stretch stretch() {
    return new Stretch(passage, span);
  }

  Candidate read(double cosine, double words) {
    return new Candidate(
        passage, span, coverage, contextCoverage, typed, passageScore, cosine, words);
  }
}
