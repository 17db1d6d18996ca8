package dev.docent.index;

import static dev.docent.index.Shelf.ALL;
import static dev.docent.index.Shelf.document;
import static dev.docent.index.Shelf.groups;
import static dev.docent.index.Shelf.id;
import static dev.docent.index.Shelf.meaning;
import static dev.docent.index.Shelf.passages;
import static dev.docent.index.Shelf.put;
import static dev.docent.index.Shelf.readers;
import static dev.docent.index.Shelf.vector;
import static dev.docent.index.Shelf.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneSearchIndexTest {
  private static final float[] NORTH = vector(1, 0, 0, 0);
  private static final float[] NORTH_EAST = vector(1, 1, 0, 0);
  private static final float[] EAST = vector(0, 1, 0, 0);

  @TempDir Path folder;
  private SearchIndex index;

  @BeforeEach
  void open() {
    index = Shelf.open(folder);
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void findsWordsByWhatIsRareAndRepeated() {
    put(
        index,
        words(
            document(1, "a", groups("staff")),
            "leave leave leave, leave of all kinds",
            "sick leave is paid in full",
            "the canteen opens at eight"));

    assertThat(words(index, "sick leave", ALL)).containsExactly("1/1", "1/0");
    assertThat(words(index, "where is the moon", ALL)).isEmpty();
  }

  @Test
  void findsMeaningByNearness() {
    put(
        index,
        passages(
            document(1, "a", groups("staff")), List.of(EAST, NORTH, NORTH_EAST), "e", "n", "ne"));

    assertThat(meaning(index, NORTH, ALL)).containsExactly("1/1", "1/2", "1/0");
    try (IndexView view = index.view()) {
      assertThat(view.meaning(NORTH, ALL, 3).getFirst().score()).isEqualTo(1);
    }
  }

  @Test
  void wordsAreFoundBeforeTheVectorsCome() {
    var about = document(1, "a", groups("staff"));

    put(index, words(about, "notice period"));
    assertThat(words(index, "notice", ALL)).containsExactly("1/0");
    assertThat(meaning(index, NORTH, ALL)).isEmpty();
    assertThat(index.manifest()).containsEntry(id(1), new IndexedRevision("a", false));

    put(index, passages(about, List.of(NORTH), "notice period"));
    assertThat(words(index, "notice", ALL)).containsExactly("1/0");
    assertThat(meaning(index, NORTH, ALL)).containsExactly("1/0");
    assertThat(index.manifest()).containsEntry(id(1), new IndexedRevision("a", true));
  }

  @Test
  void goesOnWhenAFullDiskHasRoomAgain(@TempDir Path small) throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "docent-test", small.toString()));
    try (SearchIndex tight = Shelf.open(small)) {
      put(tight, passages(document(1, "a", groups("staff")), List.of(NORTH), "notice period"));
      Path ballast = small.resolve("ballast");
      assertThatThrownBy(() -> Files.write(ballast, new byte[2 << 20]))
          .hasMessageContaining("No space left");

      assertThatThrownBy(
              () ->
                  put(tight, passages(document(2, "b", groups("staff")), List.of(EAST), "notice")))
          .isInstanceOf(SearchIndexException.class)
          .isNotInstanceOf(IndexUnusableException.class);
      assertThat(words(tight, "notice", ALL)).containsExactly("1/0");

      Files.delete(ballast);
      put(tight, passages(document(2, "b", groups("staff")), List.of(EAST), "notice board"));
      assertThat(words(tight, "notice", ALL)).containsExactlyInAnyOrder("1/0", "2/0");
    } finally {
      run("umount", small.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void aNewRevisionTakesThePlaceOfTheOld() {
    put(
        index,
        passages(
            document(1, "a", groups("staff")), List.of(NORTH, EAST, EAST), "old", "old", "old"));

    put(index, passages(document(1, "b", groups("staff")), List.of(EAST), "new"));

    assertThat(words(index, "old", ALL)).isEmpty();
    assertThat(meaning(index, NORTH, ALL)).containsExactly("1/0");
    assertThat(index.manifest()).containsOnly(java.util.Map.entry(id(1), revision("b")));
  }

  @Test
  void aRemovedDocumentIsGoneAtOnce() {
    put(index, passages(document(1, "a", groups("staff")), List.of(NORTH), "notice period"));
    put(index, passages(document(2, "b", groups("staff")), List.of(EAST), "notice board"));

    index.remove(Set.of(id(1), id(99)));

    assertThat(words(index, "notice", ALL)).containsExactly("2/0");
    assertThat(meaning(index, NORTH, ALL)).containsExactly("2/0");
    assertThat(index.manifest()).containsOnlyKeys(id(2));
  }

  @Test
  void anOpenViewStaysAsItWas() {
    put(index, words(document(1, "a", groups("staff")), "notice period"));
    try (IndexView before = index.view()) {
      index.remove(Set.of(id(1)));

      List<Hit> hits = before.words("notice", ALL, 10);
      assertThat(before.read(hits))
          .extracting(chunk -> chunk.chunk().text())
          .containsExactly("notice period");
    }
    assertThat(words(index, "notice", ALL)).isEmpty();
  }

  @Test
  void relabellingChangesWhoFindsAndNothingElse() {
    put(
        index,
        passages(document(1, "a", groups("staff")), List.of(NORTH, EAST), "notice", "board"));

    index.relabel(id(1), groups("hr", "board"));
    index.relabel(id(99), groups("staff"));

    assertThat(words(index, "notice", readers("staff"))).isEmpty();
    assertThat(meaning(index, NORTH, readers("staff"))).isEmpty();
    assertThat(words(index, "notice", readers("hr"))).containsExactly("1/0");
    assertThat(meaning(index, NORTH, readers("board"))).containsExactly("1/0", "1/1");
    assertThat(index.manifest()).containsOnlyKeys(id(1)).containsValue(revision("a"));
    try (IndexView view = index.view()) {
      assertThat(view.read(view.words("board", ALL, 10)).getFirst().document().readers())
          .isEqualTo(groups("hr", "board"));
    }
  }

  @Test
  void relabellingADocumentWithoutVectorsLeavesItWithout() {
    put(index, words(document(1, "a", groups("staff")), "notice"));

    index.relabel(id(1), groups("hr"));

    assertThat(index.manifest()).containsEntry(id(1), new IndexedRevision("a", false));
  }

  @Test
  void aDocumentWithoutLabelsIsTheOperatorsAlone() {
    put(index, passages(document(1, "a", Set.of()), List.of(NORTH), "notice"));

    assertThat(words(index, "notice", readers())).isEmpty();
    assertThat(words(index, "notice", readers("staff"))).isEmpty();
    assertThat(meaning(index, NORTH, readers("staff"))).isEmpty();
    assertThat(words(index, "notice", ALL)).containsExactly("1/0");
  }

  @Test
  void looksOnlyWhereItIsAskedTo() {
    put(index, words(document(1, "a", groups("staff")), "notice"));
    put(index, words(document(2, "b", groups("staff")), "notice"));

    assertThat(words(index, "notice", ALL.within(Set.of(id(2))))).containsExactly("2/0");
    assertThat(
            words(
                index,
                "notice",
                new SearchScope(
                    ALL.access(),
                    Set.of(new dev.docent.access.CollectionId(new java.util.UUID(8, 8))),
                    Set.of(),
                    Period.ALWAYS)))
        .isEmpty();
  }

  @Test
  void looksOnlyAtDocumentsOfThePeriodAskedFor() {
    List<float[]> vector = List.of(NORTH);
    put(index, passages(Shelf.dated(1, "2023-12-31"), vector, "notice"));
    put(index, passages(Shelf.dated(2, "2024-01-01"), vector, "notice"));
    put(index, passages(Shelf.dated(3, "2024-12-31"), vector, "notice"));
    put(index, passages(document(4, "r", groups("staff")), vector, "notice"));
    index.relabel(id(2), groups("staff", "board"));

    SearchScope year = within(Optional.of("2024-01-01"), Optional.of("2024-12-31"));
    assertThat(words(index, "notice", year)).containsExactlyInAnyOrder("2/0", "3/0");
    assertThat(meaning(index, NORTH, year)).containsExactlyInAnyOrder("2/0", "3/0");
    assertThat(words(index, "notice", within(Optional.empty(), Optional.of("2023-12-31"))))
        .containsExactly("1/0");
    assertThat(words(index, "notice", within(Optional.of("2024-01-02"), Optional.empty())))
        .containsExactly("3/0");
    assertThat(words(index, "notice", ALL)).hasSize(4);
    try (IndexView view = index.view()) {
      assertThat(view.named("document 1", year, 5)).doesNotContain(id(1));
    }
  }

  private static SearchScope within(Optional<String> from, Optional<String> until) {
    return new SearchScope(
        ALL.access(),
        Set.of(),
        Set.of(),
        new Period(from.map(LocalDate::parse), until.map(LocalDate::parse)));
  }

  @Test
  void theManifestNamesEmptyDocumentsToo() {
    put(index, words(document(1, "a", groups("staff"))));

    assertThat(index.manifest()).containsOnlyKeys(id(1));
  }

  @Test
  void refusesAVectorOfAnotherModel() {
    var wrong = passages(document(1, "a", groups("staff")), List.of(new float[3]), "notice");

    assertThatThrownBy(() -> put(index, wrong)).isInstanceOf(IllegalArgumentException.class);
    assertThat(index.manifest()).isEmpty();
  }

  /// What a crash leaves is the folder as it is at this moment.
  @Test
  void whatIsAcknowledgedSurvivesACrash(@TempDir Path crashed) throws Exception {
    put(index, passages(document(1, "a", groups("staff")), List.of(NORTH), "notice"));
    put(index, words(document(2, "b", groups("staff")), "board"));
    index.relabel(id(2), groups("hr"));
    index.remove(Set.of(id(1)));

    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, crashed.resolve(file.getFileName()));
      }
    }

    try (SearchIndex recovered = Shelf.open(crashed)) {
      assertThat(recovered.manifest()).containsOnlyKeys(id(2));
      assertThat(words(recovered, "board", readers("hr"))).containsExactly("2/0");
    }
  }

  /// Readers run beside a writer that replaces, relabels, removes: every view holds each document
  /// whole and in one revision.
  @Test
  void noViewHoldsHalfADocument() throws Exception {
    int documents = 3;
    int rounds = 60;
    var done = new AtomicBoolean();
    try (ExecutorService pool = Executors.newFixedThreadPool(documents + 2)) {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(pool.submit(() -> readUntil(done)));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int number = 1; number <= documents; number++) {
        int own = number;
        writers.add(pool.submit(() -> rewrite(own, rounds)));
      }
      try {
        for (Future<?> writer : writers) {
          writer.get();
        }
      } finally {
        done.set(true);
      }
      for (Future<?> reader : readers) {
        reader.get();
      }
    }
    assertThat(index.manifest()).hasSize(documents);
  }

  // Revision n has n % 4 + 1 passages.
  private void rewrite(int number, int rounds) {
    for (int round = 0; round < rounds; round++) {
      int count = round % 4 + 1;
      String[] texts = new String[count];
      List<float[]> vectors = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        texts[i] = "passage of revision " + round;
        vectors.add(NORTH);
      }
      put(
          index,
          passages(document(number, String.valueOf(round), groups("staff")), vectors, texts));
      if (round % 7 == 3) {
        index.relabel(id(number), groups("staff", "hr"));
      }
      if (round % 11 == 5) {
        index.remove(Set.of(id(number)));
      }
    }
  }

  private void readUntil(AtomicBoolean done) {
    while (!done.get()) {
      try (IndexView view = index.view()) {
        for (int number = 1; number <= 3; number++) {
          SearchScope only = ALL.within(Set.of(id(number)));
          List<IndexedChunk> words = view.read(view.words("passage", only, 100));
          assertThat(words.stream().map(found -> found.document().revision()).distinct())
              .hasSizeLessThanOrEqualTo(1);
          if (!words.isEmpty()) {
            int round = Integer.parseInt(words.getFirst().document().revision());
            assertThat(words).hasSize(round % 4 + 1);
          }
          assertThat(view.meaning(NORTH, only, 100)).hasSameSizeAs(words);
        }
      }
    }
  }

  private static IndexedRevision revision(String revision) {
    return new IndexedRevision(revision, true);
  }
}
