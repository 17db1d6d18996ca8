package dev.docent.index;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Documents made for the tests of the index: each passage one page, vectors of [#DIMENSIONS].
final class Shelf {
  static final int DIMENSIONS = 4;
  static final String MODEL = "model of the tests";
  static final CollectionId COLLECTION = new CollectionId(new UUID(7, 7));
  static final SearchScope ALL = SearchScope.of(new AccessFilter.Everything());

  private Shelf() {}

  static LuceneSearchIndex open(Path folder) {
    return LuceneSearchIndex.open(folder, MODEL, DIMENSIONS);
  }

  static DocumentId id(int number) {
    return new DocumentId(new UUID(1, number));
  }

  static Set<GroupId> groups(String... names) {
    return Arrays.stream(names).map(GroupId::new).collect(Collectors.toUnmodifiableSet());
  }

  static SearchScope readers(String... groups) {
    return SearchScope.of(new AccessFilter.Readers(groups(groups)));
  }

  static IndexedDocument document(int number, String revision, Set<GroupId> readers) {
    return new IndexedDocument(
        id(number),
        revision,
        COLLECTION,
        readers,
        "Document " + number,
        "folder/file-" + number + ".txt",
        "text/plain",
        Optional.empty());
  }

  static IndexedDocument dated(int number, String day) {
    IndexedDocument plain = document(number, "r", groups("staff"));
    return new IndexedDocument(
        plain.id(),
        plain.revision(),
        plain.collection(),
        plain.readers(),
        plain.title(),
        plain.path(),
        plain.mediaType(),
        Optional.of(LocalDate.parse(day)));
  }

  /// Found by its words only.
  static DocumentPassages words(IndexedDocument document, String... passages) {
    return passages(document, List.of(), passages);
  }

  static DocumentPassages passages(
      IndexedDocument document, List<float[]> vectors, String... passages) {
    List<Page> pages = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < passages.length; i++) {
      int end = start + passages[i].length();
      pages.add(new Page(i, PageKind.PAGE, String.valueOf(i + 1), start, end, 0, 0));
      chunks.add(new Chunk(i, start, end, i, i, List.of(), "", passages[i], List.of()));
      start = end;
    }
    return new DocumentPassages(document, pages, chunks, vectors);
  }

  static void put(SearchIndex index, DocumentPassages document) {
    index.putAll(List.of(document));
  }

  /// A unit vector in the direction of the numbers.
  static float[] vector(double... numbers) {
    double length = Math.sqrt(Arrays.stream(numbers).map(number -> number * number).sum());
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < numbers.length; i++) {
      vector[i] = (float) (numbers[i] / length);
    }
    return vector;
  }

  /// `document/ordinal` of each passage with the words, best first.
  static List<String> words(SearchIndex index, String question, SearchScope scope) {
    try (IndexView view = index.view()) {
      return names(view.words(question, scope, 10_000));
    }
  }

  static List<String> meaning(SearchIndex index, float[] vector, SearchScope scope) {
    try (IndexView view = index.view()) {
      return names(view.meaning(vector, scope, 1_000));
    }
  }

  static List<String> names(List<Hit> hits) {
    return hits.stream().map(Shelf::name).toList();
  }

  static String name(Hit hit) {
    return hit.document().value().getLeastSignificantBits() + "/" + hit.ordinal();
  }
}
