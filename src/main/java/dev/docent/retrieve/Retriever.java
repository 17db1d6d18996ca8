package dev.docent.retrieve;

import static java.util.Objects.requireNonNull;

import dev.docent.access.DocumentId;
import dev.docent.index.IndexView;
import dev.docent.index.IndexedChunk;
import dev.docent.index.IndexedDocument;
import dev.docent.index.SearchIndex;
import dev.docent.index.SearchScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Hybrid search: the passages with the question's words and those near its meaning, in one order.
///
/// ```
/// question ─words────▶ BM25 ─┐
///          └─meaning─▶ kNN  ─┴─fuse▶ Passage*
/// ```
///
/// The scope holds the caller's access filter, which is inside every query of the index. A question
/// that names documents ("the travel policy", "3M's 10-K of 2018") is also searched within these
/// alone, and their passages gain.
///
/// Deterministic. Safe for concurrent use. Owns neither index nor model.
public final class Retriever {
  // The order of the first ten is the same from 100 on; at 200 Cranfield's recall@100 is .783, at
  // 100
  // it is .771.
  private static final int LEG_DEPTH = 200;

  // A question rarely means more documents by their names; more are a word that many names share.
  private static final int NAMED_DOCUMENTS = 5;

  private final SearchIndex index;
  private final Function<String, float[]> questionVector;

  /// @param questionVector the embedding model's vector to search with, L2-normalised
  public Retriever(SearchIndex index, Function<String, float[]> questionVector) {
    this.index = requireNonNull(index, "index");
    this.questionVector = requireNonNull(questionVector, "questionVector");
  }

  /// The passages for a question, best first, at most `limit`. Their order does not depend on it.
  public Retrieval retrieve(String question, SearchScope scope, int limit) {
    long began = System.nanoTime();
    float[] vector = questionVector.apply(question);
    try (IndexView view = index.view()) {
      Fusion fusion = new Fusion();
      fusion.words(view.words(question, scope, LEG_DEPTH));
      fusion.meaning(view.meaning(vector, scope, LEG_DEPTH));
      Set<DocumentId> named = view.named(question, scope, NAMED_DOCUMENTS);
      if (!named.isEmpty()) {
        fusion.named(
            view.words(question, scope.within(named), limit),
            view.meaning(vector, scope.within(named), limit));
      }
      List<Fusion.Candidate> best = fusion.best(limit);
      List<IndexedChunk> sources = view.read(best.stream().map(Fusion.Candidate::hit).toList());
      List<Passage> passages = new ArrayList<>(best.size());
      for (int i = 0; i < best.size(); i++) {
        passages.add(best.get(i).passage(sources.get(i)));
      }
      return new Retrieval(
          passages, view.weigh(question), vector, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /// Whether the scope reaches all of these passages, and each is still as it was.
  public boolean stillHolds(Collection<IndexedChunk> passages, SearchScope scope) {
    Map<DocumentId, Set<Integer>> places = new HashMap<>();
    for (IndexedChunk one : passages) {
      places.computeIfAbsent(one.document().id(), _ -> new HashSet<>()).add(one.chunk().ordinal());
    }
    try (IndexView view = index.view()) {
      Set<Known> there = known(view.read(view.at(places, scope)));
      return there.containsAll(known(passages));
    }
  }

  /// What a passage is known by: lines on a page do not compare.
  private record Known(IndexedDocument document, int ordinal, String text) {}

  private static Set<Known> known(Collection<IndexedChunk> passages) {
    return passages.stream()
        .map(one -> new Known(one.document(), one.chunk().ordinal(), one.chunk().text()))
        .collect(Collectors.toSet());
  }
}
