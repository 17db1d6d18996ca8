package dev.docent.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.access.DocumentId;
import dev.docent.index.Hit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The order of a hybrid search, worked out by hand. Scores of meaning are Lucene's, (1 + cos) / 2.
class FusionTest {
  @Test
  void joinsBothListsByTheirScores() {
    var fusion = new Fusion();
    fusion.words(List.of(hit(1, 8.0), hit(2, 6.0), hit(3, 2.0)));
    fusion.meaning(List.of(hit(3, 0.90), hit(2, 0.85), hit(4, 0.80)));

    // words: share of the best; meaning: place between last (.80) and best (.90); half of each
    //   1: .5 * 1           = .500
    //   2: .5 * .75 + .5 * .5 = .625
    //   3: .5 * .25 + .5 * 1  = .625
    //   4: .5 * 0             = .000
    assertThat(order(fusion, 10)).containsExactly("2 .625", "3 .625", "1 .500", "4 .000");
  }

  @Test
  void keepsTheOrderOfTheOnlyList() {
    var words = new Fusion();
    words.words(List.of(hit(5, 3.0), hit(1, 2.0)));
    words.meaning(List.of());
    var meaning = new Fusion();
    meaning.words(List.of());
    meaning.meaning(List.of(hit(5, 0.9), hit(1, 0.7)));

    assertThat(order(words, 10)).containsExactly("5 .500", "1 .333");
    assertThat(order(meaning, 10)).containsExactly("5 .500", "1 .000");
  }

  @Test
  void oneHitAloneIsTheBestOfItsList() {
    var fusion = new Fusion();
    fusion.meaning(List.of(hit(1, 0.6)));

    assertThat(order(fusion, 10)).containsExactly("1 .500");
  }

  @Test
  void passagesOfANamedDocumentGain() {
    var fusion = new Fusion();
    fusion.words(List.of(hit(1, 4.0), hit(2, 3.0)));
    fusion.named(List.of(hit(2, 3.0)), List.of());

    assertThat(order(fusion, 10)).containsExactly("2 .625", "1 .500");
  }

  @Test
  void takesNoMoreThanAsked() {
    var fusion = new Fusion();
    fusion.words(List.of(hit(1, 4.0), hit(2, 3.0)));

    assertThat(order(fusion, 1)).containsExactly("1 .500");
  }

  private static Hit hit(int document, double score) {
    return new Hit(new DocumentId(new UUID(0, document)), 0, (float) score, document);
  }

  private static List<String> order(Fusion fusion, int limit) {
    return fusion.best(limit).stream()
        .map(
            candidate ->
                candidate.hit().slot()
                    + String.format(Locale.ROOT, " %.3f", candidate.score()).replace("0.", "."))
        .toList();
  }
}
