package dev.docent.eval;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// The measures of one ranked list, as trec_eval defines them.
final class Ranking {
  private Ranking() {}

  /// Normalised discounted cumulative gain of the first `depth`: the gain is the grade, the
  /// discount log2(rank + 1). Järvelin & Kekäläinen, TOIS 2002.
  static double ndcg(List<String> ranked, Map<String, Integer> grades, int depth) {
    double gain = 0;
    for (int i = 0; i < Math.min(depth, ranked.size()); i++) {
      gain += discounted(grades.getOrDefault(ranked.get(i), 0), i + 1);
    }
    List<Integer> best = grades.values().stream().sorted((a, b) -> b - a).toList();
    double ideal = 0;
    for (int i = 0; i < Math.min(depth, best.size()); i++) {
      ideal += discounted(best.get(i), i + 1);
    }
    return ideal == 0 ? 0 : gain / ideal;
  }

  private static double discounted(int grade, int rank) {
    return grade * Math.log(2) / Math.log(rank + 1.0);
  }

  /// The share of the right ones that are among the first `depth`.
  static double recall(List<String> ranked, Collection<String> right, int depth) {
    HashSet<String> found = new HashSet<>(ranked.subList(0, Math.min(depth, ranked.size())));
    found.retainAll(right);
    return right.isEmpty() ? 0 : (double) found.size() / right.size();
  }

  /// One over the rank of the first right one; 0 when none is among the first `depth`.
  static double reciprocalRank(List<String> ranked, Collection<String> right, int depth) {
    for (int i = 0; i < Math.min(depth, ranked.size()); i++) {
      if (right.contains(ranked.get(i))) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }
}
