package dev.docent.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.index.IndexedDocument;
import dev.docent.index.LuceneSearchIndex;
import dev.docent.index.SearchIndex;
import dev.docent.index.SearchScope;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hybrid search with the real embedding model and the real index.
@Tag("embedding")
class RetrieverTest {
  private static final OnnxEmbeddingModel MODEL = new OnnxEmbeddingModel(1);
  private static final SearchScope STAFF =
      SearchScope.of(new AccessFilter.Readers(Set.of(new GroupId("staff"))));

  private static final String LEAVE = "Every employee is entitled to 28 days of annual leave.";
  private static final String CANTEEN = "The canteen serves breakfast from eight in the morning.";
  private static final String SALARIES = "The managing director earns 210,000 crowns a year.";

  @TempDir Path folder;
  private SearchIndex index;
  private Retriever retriever;

  @BeforeEach
  void open() {
    index = LuceneSearchIndex.open(folder, MODEL.modelName(), MODEL.dimension());
    retriever = new Retriever(index, MODEL::embedQuery);
    put(1, "staff", LEAVE, true);
    put(2, "staff", CANTEEN, true);
    put(3, "hr", SALARIES, true);
  }

  @AfterEach
  void close() {
    index.close();
  }

  @AfterAll
  static void closeModel() {
    MODEL.close();
  }

  @Test
  void findsByMeaningWhatSharesNoWord() {
    Passage best =
        retriever.retrieve("How long may my holidays be?", STAFF, 2).passages().getFirst();

    assertThat(best.source().chunk().text()).isEqualTo(LEAVE);
    assertThat(best.wordsRank()).isEmpty();
    assertThat(best.meaningRank()).hasValue(1);
  }

  @Test
  void saysWhyAPassageWasFound() {
    Passage best = retriever.retrieve("days of annual leave", STAFF, 2).passages().getFirst();

    assertThat(best.wordsRank()).hasValue(1);
    assertThat(best.meaningRank()).hasValue(1);
    assertThat(best.similarity().orElseThrow()).isBetween(0.6, 1.0);
  }

  @Test
  void findsWhatHasNoVectorsYetByItsWords() {
    put(4, "staff", "Parking permits are issued by the porter.", false);

    Passage found =
        retriever.retrieve("parking permits", STAFF, 3).passages().stream()
            .filter(passage -> passage.source().document().id().equals(id(4)))
            .findFirst()
            .orElseThrow();

    assertThat(found.wordsRank()).hasValue(1);
    assertThat(found.meaningRank()).isEmpty();
    assertThat(found.similarity()).isEmpty();
  }

  @Test
  void neverReadsWhatTheCallerMayNot() {
    String question = "What does the managing director earn?";

    assertThat(retriever.retrieve(question, STAFF, 10).passages())
        .extracting(passage -> passage.source().chunk().text())
        .containsExactlyInAnyOrder(LEAVE, CANTEEN);
    assertThat(
            retriever
                .retrieve(question, SearchScope.of(new AccessFilter.Readers(Set.of())), 10)
                .passages())
        .isEmpty();
    assertThat(
            retriever
                .retrieve(question, SearchScope.of(new AccessFilter.Everything()), 1)
                .passages()
                .getFirst()
                .source()
                .chunk()
                .text())
        .isEqualTo(SALARIES);
  }

  @Test
  void weighsTheWordsOfTheQuestion() {
    assertThat(retriever.retrieve("annual zeppelin", STAFF, 1).terms())
        .extracting(term -> term.term() + " " + term.known())
        .containsExactly("annual true", "zeppelin false");
  }

  private void put(int number, String reader, String text, boolean withVectors) {
    index.put(
        new IndexedDocument(
            id(number),
            "revision",
            new CollectionId(new UUID(0, 0)),
            Set.of(new GroupId(reader)),
            "file " + number,
            number + ".txt",
            "text/plain",
            Optional.empty()),
        List.of(new Page(0, PageKind.PAGE, "1", 0, text.length(), 0, 0)),
        List.of(new Chunk(0, 0, text.length(), 0, 0, List.of(), "", text, List.of())),
        withVectors ? List.of(MODEL.embed(text).content().vector()) : List.of());
  }

  private static DocumentId id(int number) {
    return new DocumentId(new UUID(0, number));
  }
}
