package dev.docent.eval;

import dev.docent.access.AccessFilter;
import dev.docent.index.SearchScope;
import dev.docent.retrieve.Passage;
import dev.docent.retrieve.Retriever;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/// Runs the queries of a [RetrievalSet] and measures the order of the documents found: a document
/// stands where its best passage stands.
public final class RetrievalEvaluation {
  // recall@100 is the deepest measure
  private static final int DOCUMENTS = 100;
  // more than a search finds; several passages may be of one document
  private static final int PASSAGES = 1_000;

  private RetrievalEvaluation() {}

  /// What came of a set. Measures are means over the queries.
  public record Report(String set, int documents, Figures figures, List<Case> cases) {
    public Report {
      cases = List.copyOf(cases);
    }
  }

  /// The measures, each between 0 and 1.
  public record Figures(
      int queries,
      double ndcgAt10,
      double recallAt1,
      double recallAt5,
      double recallAt20,
      double recallAt100,
      double mrrAt10) {}

  /// One query.
  ///
  /// @param found ids of the documents found, best first
  public record Case(
      String id,
      String query,
      Map<String, Integer> relevant,
      List<String> found,
      double ndcgAt10,
      double recallAt1,
      double recallAt5,
      double recallAt20,
      double recallAt100,
      double reciprocalRankAt10) {
    public Case {
      relevant = Map.copyOf(relevant);
      found = List.copyOf(found);
    }
  }

  /// @param retriever over an index of the set's corpus, as [Corpus#writeTo] names its documents
  /// @param progress told how many queries are done
  public static Report run(RetrievalSet set, Retriever retriever, IntConsumer progress) {
    Map<String, String> idOfPath = new HashMap<>();
    List<Corpus.Text> texts = set.corpus().texts();
    for (int i = 0; i < texts.size(); i++) {
      idOfPath.put(Corpus.path(i), texts.get(i).id());
    }
    List<Case> cases = new ArrayList<>();
    for (RetrievalSet.Query query : set.queries()) {
      cases.add(measured(query, found(query.text(), retriever, idOfPath)));
      progress.accept(cases.size());
    }
    return new Report(set.name(), texts.size(), figures(cases), cases);
  }

  private static List<String> found(
      String query, Retriever retriever, Map<String, String> idOfPath) {
    SearchScope everywhere = SearchScope.of(new AccessFilter.Everything());
    Set<String> found = new LinkedHashSet<>();
    for (Passage passage : retriever.retrieve(query, everywhere, PASSAGES).passages()) {
      found.add(String.valueOf(idOfPath.get(passage.source().document().path())));
    }
    return found.stream().limit(DOCUMENTS).toList();
  }

  private static Case measured(RetrievalSet.Query query, List<String> found) {
    Set<String> right = query.relevant().keySet();
    return new Case(
        query.id(),
        query.text(),
        query.relevant(),
        found,
        Ranking.ndcg(found, query.relevant(), 10),
        Ranking.recall(found, right, 1),
        Ranking.recall(found, right, 5),
        Ranking.recall(found, right, 20),
        Ranking.recall(found, right, 100),
        Ranking.reciprocalRank(found, right, 10));
  }

  private static Figures figures(List<Case> cases) {
    return new Figures(
        cases.size(),
        mean(cases, Case::ndcgAt10),
        mean(cases, Case::recallAt1),
        mean(cases, Case::recallAt5),
        mean(cases, Case::recallAt20),
        mean(cases, Case::recallAt100),
        mean(cases, Case::reciprocalRankAt10));
  }

  private static double mean(List<Case> cases, ToDoubleFunction<Case> measure) {
    return cases.stream().mapToDouble(measure).average().orElse(0);
  }
}
