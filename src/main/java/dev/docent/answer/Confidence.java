package dev.docent.answer;

import dev.docent.index.Terms;
import dev.docent.index.WeightedTerm;
import dev.docent.model.LocalChatModel;
import dev.docent.retrieve.Passage;
import dev.docent.retrieve.Retrieval;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How likely it is that what was found states the answer.
final class Confidence {
  private static final int EVIDENCE_PASSAGES = 3;

  // A name or a number: capitalised behind the first word, or with a digit in it.
  private static final Pattern NAME =
      Pattern.compile(
          "(?<!^|[.?!]\\s)\\b\\p{Lu}[\\p{L}\\p{N}'’-]+|[\\p{L}\\p{N}-]*\\p{N}[\\p{L}\\p{N}.,/-]*");

  /// Passages that are retrieved to judge by: the gap from the best to the middle one tells much.
  static final int PASSAGES = 12;

  boolean isAnswered(
      String question,
      Retrieval retrieval,
      List<Candidate> candidates,
      Optional<LocalChatModel> model) {
    return true;
  }

  static double[] features(String question, Retrieval retrieval, List<Candidate> candidates) {
    Candidate best = candidates.getFirst();
    List<Passage> evidence =
        retrieval.passages().subList(0, Math.min(EVIDENCE_PASSAGES, retrieval.passages().size()));
    double sentence = 0;
    double coverage = 0;
    for (Candidate one : candidates.subList(0, Math.min(3, candidates.size()))) {
      sentence = Math.max(sentence, one.similarity());
      coverage = Math.max(coverage, one.coverage());
    }
    double passage = 0;
    double passageCoverage = 0;
    for (Passage one : evidence) {
      passage = Math.max(passage, one.similarity().orElse(0));
      Set<String> terms = evidenceTerms(one);
      passageCoverage = Math.max(passageCoverage, share(retrieval.terms(), terms));
    }
    Set<String> names = names(question);
    Set<String> quoted = evidenceTerms(best.passage());
    double total = 0;
    double missingNumbers = 0;
    double missingNames = 0;
    double unknownNames = 0;
    double unknownWords = 0;
    for (WeightedTerm term : retrieval.terms()) {
      total += term.weight();
      boolean name = names.contains(term.term());
      boolean number = name && term.term().chars().anyMatch(Character::isDigit);
      if (!term.known()) {
        if (name) {
          unknownNames += term.weight();
        } else {
          unknownWords += term.weight();
        }
      }
      if (name && !quoted.contains(term.term())) {
        if (number) {
          missingNumbers += term.weight();
        } else {
          missingNames += term.weight();
        }
      }
    }
    total = Math.max(total, 1e-9);
    Passage first = evidence.getFirst();
    double agreement =
        first.wordsRank().orElse(100) <= 3 && first.meaningRank().orElse(100) <= 3 ? 1 : 0;
    return new double[] {
      1,
      sentence,
      passage,
      coverage,
      best.contextCoverage(),
      passageCoverage,
      missingNumbers / total,
      missingNames / total,
      unknownNames / total,
      unknownWords / total,
      agreement,
      best.typed(),
      margin(retrieval),
      sentence - candidates.stream().mapToDouble(Candidate::similarity).average().orElse(0),
    };
  }

  private static double margin(Retrieval retrieval) {
    double[] all =
        retrieval.passages().stream()
            .flatMapToDouble(p -> p.similarity().stream())
            .sorted()
            .toArray();
    return all.length < 3 ? 0 : all[all.length - 1] - all[all.length / 2];
  }

  private static Set<String> evidenceTerms(Passage passage) {
    Set<String> terms = new HashSet<>();
    var source = passage.source();
    for (String text :
        List.of(
            source.chunk().text(),
            source.chunk().context(),
            source.document().title(),
            source.document().path().replaceAll("[/._-]+", " "))) {
      Terms.of(text).forEach(term -> terms.add(term.value()));
    }
    return terms;
  }

  private static double share(List<WeightedTerm> terms, Set<String> found) {
    double all = 0;
    double there = 0;
    for (WeightedTerm term : terms) {
      all += term.weight();
      there += found.contains(term.term()) ? term.weight() : 0;
    }
    return all == 0 ? 0 : there / all;
  }

  static Set<String> names(String question) {
    Set<String> names = new HashSet<>();
    Matcher matcher = NAME.matcher(question);
    while (matcher.find()) {
      Terms.of(matcher.group()).forEach(term -> names.add(term.value()));
    }
    return names;
  }
}
