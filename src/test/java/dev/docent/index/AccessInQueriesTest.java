package dev.docent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.access.AccessFilter;
import dev.docent.access.GroupId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The access filter over random labels and random callers: exactly what the filter admits takes
/// part in a search, and what it does not admit displaces nothing.
class AccessInQueriesTest {
  private static final int DOCUMENTS = 400;
  private static final int GROUPS = 9;
  private static final int CALLERS = 40;
  private static final int LIMIT = 10;
  private static final List<String> VOCABULARY =
      List.of("leave", "travel", "badge", "laptop", "pension", "canteen", "incident", "shift");

  @TempDir Path folder;

  /// A document as the test knows it, without the index.
  private record Known(int number, Set<GroupId> labels, float[] vector, String text) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void onlyWhatTheCallerMayReadTakesPart(long seed) {
    var random = new Random(seed);
    Map<Integer, Known> library = new HashMap<>();
    try (SearchIndex index = Shelf.open(folder)) {
      fill(index, library, random);
      change(index, library, random);
      for (int caller = 0; caller < CALLERS; caller++) {
        var access = access(random);
        compare(index, library, access, random);
      }
    }
  }

  private static void fill(SearchIndex index, Map<Integer, Known> library, Random random) {
    List<DocumentPassages> batch = new ArrayList<>();
    for (int number = 0; number < DOCUMENTS; number++) {
      Known document = known(number, random);
      library.put(number, document);
      batch.add(passages(document));
      // Batches of several sizes: segments of several sizes.
      if (random.nextInt(40) == 0) {
        index.putAll(batch);
        batch.clear();
      }
    }
    index.putAll(batch);
  }

  private static void change(SearchIndex index, Map<Integer, Known> library, Random random) {
    for (int i = 0; i < DOCUMENTS / 4; i++) {
      int number = random.nextInt(DOCUMENTS);
      switch (random.nextInt(3)) {
        case 0 -> {
          index.remove(Set.of(Shelf.id(number)));
          library.remove(number);
        }
        case 1 -> {
          Set<GroupId> labels = labels(random);
          index.relabel(Shelf.id(number), labels);
          library.computeIfPresent(
              number, (_, old) -> new Known(number, labels, old.vector(), old.text()));
        }
        default -> {
          Known again = known(number, random);
          index.putAll(List.of(passages(again)));
          library.put(number, again);
        }
      }
    }
  }

  private static void compare(
      SearchIndex index, Map<Integer, Known> library, AccessFilter access, Random random) {
    Set<String> admitted = new HashSet<>();
    library.values().stream()
        .filter(document -> access.admits(document.labels()))
        .forEach(document -> admitted.add(document.number() + "/0"));
    String word = VOCABULARY.get(random.nextInt(VOCABULARY.size()));
    float[] vector = randomVector(random);
    var scope = SearchScope.of(access);
    try (IndexView view = index.view()) {
      List<String> everyones = Shelf.names(view.words(word, Shelf.ALL, DOCUMENTS));
      List<String> admittedWords = everyones.stream().filter(admitted::contains).toList();
      assertThat(Shelf.names(view.words(word, scope, DOCUMENTS))).isEqualTo(admittedWords);
      // Ties between equal scores are cut by the index's own order: compared are the scores.
      assertThat(view.words(word, scope, LIMIT).stream().map(Hit::score))
          .isEqualTo(
              view.words(word, scope, DOCUMENTS).stream().limit(LIMIT).map(Hit::score).toList());

      assertThat(Shelf.names(view.meaning(vector, scope, DOCUMENTS)))
          .containsExactlyInAnyOrderElementsOf(admitted);
      List<String> near = Shelf.names(view.meaning(vector, scope, LIMIT));
      assertThat(near).hasSize(Math.min(LIMIT, admitted.size())).isSubsetOf(admitted);
      assertThat(near).containsAll(nearest(library, access, vector, 1));
    }
  }

  private static List<String> nearest(
      Map<Integer, Known> library, AccessFilter access, float[] vector, int limit) {
    return library.values().stream()
        .filter(document -> access.admits(document.labels()))
        .sorted(Comparator.comparingDouble(document -> -cosine(document.vector(), vector)))
        .limit(limit)
        .map(document -> document.number() + "/0")
        .toList();
  }

  private static Known known(int number, Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(VOCABULARY.get(random.nextInt(VOCABULARY.size()))).append(' ');
    }
    return new Known(number, labels(random), randomVector(random), text.toString());
  }

  private static DocumentPassages passages(Known document) {
    return Shelf.passages(
        Shelf.document(document.number(), "r", document.labels()),
        List.of(document.vector()),
        document.text());
  }

  // A few documents without any label, most with one, some with several.
  private static Set<GroupId> labels(Random random) {
    int count = List.of(0, 1, 1, 1, 1, 2, 2, 3, 5).get(random.nextInt(9));
    return groups(count, random);
  }

  private static AccessFilter access(Random random) {
    return random.nextInt(12) == 0
        ? new AccessFilter.Everything()
        : new AccessFilter.Readers(groups(random.nextInt(4), random));
  }

  private static Set<GroupId> groups(int count, Random random) {
    Set<GroupId> groups = new HashSet<>();
    for (int i = 0; i < count; i++) {
      groups.add(new GroupId("group-" + random.nextInt(GROUPS)));
    }
    return groups;
  }

  private static float[] randomVector(Random random) {
    return Shelf.vector(
        IntStream.range(0, Shelf.DIMENSIONS).mapToDouble(_ -> random.nextGaussian()).toArray());
  }

  private static double cosine(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }
}
