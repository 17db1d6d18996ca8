package dev.docent.answer;

import dev.docent.index.Terms;
import dev.docent.retrieve.Passage;
import dev.docent.retrieve.Retrieval;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether what was found is likely to state the answer, told from how it was found. It costs
/// nothing, so the verdict comes with the quotation.
///
/// A question is refused when what it is about stands in none of the best passages ([NamedThings]),
/// or when they are too far from it:
///
/// ```
/// SENTENCE · cosine of the best sentence + PASSAGE · cosine of the best passage
///   + WORD · how well the worst-met word of the question is met + TYPED  <  LEAST
/// ```
///
/// The weights are a logistic regression's, rounded. Stated: questions of half of SQuAD's articles,
/// of ClapNQ, FinanceBench and XQuAD. Not stated: questions of the other half, ClapNQ's
/// unanswerable ones, XQuAD's of absent articles, and all kinds asked of a public administration's
/// handbook. The threshold refuses 3 % of the former; of the latter it refuses 81 % where the
/// subject is another one (90 % of the handbook's), 24 % where it is the same and only the answer
/// is missing. On the samples, which had no part in it, the area under the curve is .87 (without
/// the word's match: .80).
final class Confidence {
  /// Passages that are retrieved to judge by and to quote from.
  static final int PASSAGES = 12;

  private static final double SENTENCE = 6;
  private static final double PASSAGE = 14;
  private static final double WORD = 11;
  private static final double TYPED = 2;
  private static final double LEAST = 19.7;

  private static final int BEST_PASSAGES = 3;
  private static final int BEST_SENTENCES = 3;

  private Confidence() {}

  /// @param evidence with at least one candidate
  static boolean isAnswered(String question, Retrieval retrieval, Evidence evidence) {
    List<Passage> best =
        retrieval.passages().subList(0, Math.min(BEST_PASSAGES, retrieval.passages().size()));
    return score(best, evidence) >= LEAST && !NamedThings.of(question).areMissingFrom(terms(best));
  }

  private static double score(List<Passage> best, Evidence evidence) {
    double sentence =
        evidence.candidates().stream()
            .limit(BEST_SENTENCES)
            .mapToDouble(Candidate::similarity)
            .max()
            .orElse(0);
    // A document whose vectors are still being made is found by its words alone.
    double passage =
        best.stream().flatMapToDouble(one -> one.similarity().stream()).max().orElse(sentence);
    // A number that is a condition is of the kind all the same.
    double typed = Math.ceil(evidence.candidates().getFirst().typed());
    return SENTENCE * sentence + PASSAGE * passage + WORD * evidence.worstMatch() + TYPED * typed;
  }

  /// The words of the passages, and those that say what they are about.
  private static Set<String> terms(List<Passage> passages) {
    Set<String> terms = new HashSet<>();
    for (Passage passage : passages) {
      var source = passage.source();
      for (String text :
          List.of(
              source.chunk().text(),
              source.chunk().context(),
              source.document().title(),
              source.document().path().replaceAll("[/._-]+", " "))) {
        Terms.of(text).forEach(term -> terms.add(term.value()));
      }
    }
    return terms;
  }
}
