package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.index.Terms;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.ingest.embed.TokenStates;
import dev.docent.retrieve.Passage;
import dev.docent.retrieve.Retrieval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// Finds the sentences that answer, in the passages that were retrieved.
///
/// Sentences are first ranked by their words, which costs nothing; the best of them are then
/// embedded and ranked by words, meaning and kind of answer together. Safe for concurrent use.
final class QuotationFinder {
  // The sentence that answers stands in the first six passages or nowhere.
  private static final int PASSAGES = 6;

  // About 10 ms of CPU each: what a reader's patience allows, not what ranking needs.
  private static final int EMBEDDED = 12;

  // The likeliest sentences, whose words the question's are matched with.
  private static final int MATCHED = 8;

  // Those of a listwise logistic regression on questions of SQuAD, rounded, but for the coverage:
  // it
  // gives that 1. Refusals are judged by the likeliest sentences, and miss the ones with the
  // question's very words then. The best sentence holds the answer in .756 of 668 questions, one of
  // the best three in .883; with the cosine of the sentence for the nearness, .731 and .883.
  private static final double COVERAGE = 4;
  private static final double CONTEXT_COVERAGE = 6;
  private static final double TYPED = 2;
  private static final double PASSAGE = 4.2;
  private static final double NEARNESS = 13;

  private final OnnxEmbeddingModel embeddings;

  QuotationFinder(OnnxEmbeddingModel embeddings) {
    this.embeddings = requireNonNull(embeddings, "embeddings");
  }

  /// Sentences that may answer, best first, and how well they meet the question's words.
  Evidence find(String question, Retrieval retrieval) {
    List<Candidate> byWords =
        bySentence(question, retrieval).stream()
            .sorted(order(QuotationFinder::lexicalScore))
            .limit(EMBEDDED)
            .toList();
    if (byWords.isEmpty()) {
      return new Evidence(List.of(), List.of());
    }
    List<String> texts = new ArrayList<>();
    texts.add(question);
    byWords.forEach(one -> texts.add(one.text()));
    List<TokenStates> read = embeddings.readAll(texts);
    Map<Candidate, TokenStates> states = new HashMap<>();
    for (int i = 0; i < byWords.size(); i++) {
      TokenStates sentence = read.get(i + 1);
      double cosine = Vectors.dot(retrieval.questionVector(), sentence.vector());
      double nearness = WordMatches.nearness(read.getFirst(), sentence);
      states.put(byWords.get(i).read(cosine, nearness), sentence);
    }
    List<Candidate> candidates =
        states.keySet().stream().sorted(order(QuotationFinder::score)).toList();
    return new Evidence(
        candidates,
        WordMatches.of(
            question,
            retrieval.terms(),
            read.getFirst(),
            candidates.stream().limit(MATCHED).map(states::get).toList()));
  }

  private static List<Candidate> bySentence(String question, Retrieval retrieval) {
    AnswerType type = AnswerType.of(question);
    Counted counted = Counted.by(question);
    Set<String> questionWords = words(question);
    Map<String, Double> weights = new HashMap<>();
    retrieval.terms().forEach(term -> weights.put(term.term(), term.weight()));
    double best = retrieval.passages().isEmpty() ? 1 : retrieval.passages().getFirst().score();
    List<Candidate> candidates = new ArrayList<>();
    for (Passage passage :
        retrieval.passages().subList(0, Math.min(PASSAGES, retrieval.passages().size()))) {
      String text = passage.source().chunk().text();
      Set<String> around = terms(passage.source().chunk().context());
      around.addAll(terms(passage.source().document().title()));
      Set<String> before = Set.of();
      List<Sentences.Span> spans = Sentences.of(text);
      for (int i = 0; i < spans.size(); i++) {
        Sentences.Span span = spans.get(i);
        String sentence = span.of(text);
        Set<String> own = terms(sentence);
        Set<String> context = new HashSet<>(own);
        context.addAll(around);
        String header = Sentences.header(text, passage.source().chunk().context(), spans, i);
        context.addAll(header.isEmpty() ? before : terms(header));
        candidates.add(
            new Candidate(
                passage,
                span,
                coverage(weights, own),
                coverage(weights, context),
                typed(type.isIn(sentence, questionWords), counted.isConditionIn(sentence)),
                best == 0 ? 0 : passage.score() / best,
                0,
                0));
        before = own;
      }
    }
    return candidates;
  }

  private static double typed(boolean ofKind, boolean condition) {
    return !ofKind ? 0 : condition ? 0.5 : 1;
  }

  private static double lexicalScore(Candidate one) {
    return COVERAGE * one.coverage()
        + CONTEXT_COVERAGE * one.contextCoverage()
        + TYPED * one.typed()
        + PASSAGE * one.passageScore();
  }

  private static double score(Candidate one) {
    return lexicalScore(one) + NEARNESS * one.nearness();
  }

  private static Comparator<Candidate> order(ToDoubleFunction<Candidate> score) {
    return Comparator.comparingDouble((Candidate one) -> -score.applyAsDouble(one))
        .thenComparing(one -> one.passage().source().document().id())
        .thenComparing(one -> one.passage().source().chunk().ordinal())
        .thenComparing(one -> one.span().start());
  }

  private static double coverage(Map<String, Double> weights, Set<String> terms) {
    double all = 0;
    double found = 0;
    for (var weight : weights.entrySet()) {
      all += weight.getValue();
      if (terms.contains(weight.getKey())) {
        found += weight.getValue();
      }
    }
    return all == 0 ? 0 : found / all;
  }

  private static Set<String> terms(String text) {
    return Terms.of(text).stream()
        .map(Terms.Term::value)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<String> words(String text) {
    return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}@.+-]+")));
  }
}
