package dev.docent.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RankingTest {
  private static final List<String> RANKED = List.of("a", "b", "c", "d");

  /// By hand: (2 / log2 2 + 1 / log2 4) / (2 / log2 2 + 1 / log2 3 + 1 / log2 4).
  @Test
  void discountsGainsByRankAndComparesWithTheBestOrder() {
    Map<String, Integer> grades = Map.of("a", 2, "c", 1, "z", 1);

    assertThat(Ranking.ndcg(RANKED, grades, 10)).isCloseTo(2.5 / 3.13093, within(1e-5));
  }

  @Test
  void givesOneToTheBestOrderThatTheDepthAllows() {
    assertThat(Ranking.ndcg(RANKED, Map.of("a", 1, "b", 1, "c", 1), 2)).isEqualTo(1);
  }

  @Test
  void countsTheRightOnesUpToTheDepth() {
    Set<String> right = Set.of("b", "d");

    assertThat(Ranking.recall(RANKED, right, 1)).isZero();
    assertThat(Ranking.recall(RANKED, right, 2)).isEqualTo(0.5);
    assertThat(Ranking.recall(RANKED, right, 100)).isEqualTo(1);
  }

  @Test
  void looksForTheFirstRightOneUpToTheDepth() {
    assertThat(Ranking.reciprocalRank(RANKED, Set.of("c", "d"), 10)).isEqualTo(1.0 / 3);
    assertThat(Ranking.reciprocalRank(RANKED, Set.of("c"), 2)).isZero();
  }
}
