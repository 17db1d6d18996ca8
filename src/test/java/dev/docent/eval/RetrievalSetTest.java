package dev.docent.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetrievalSetTest {
  @TempDir Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    write(
        "corpus.jsonl",
        """
        {"_id": "d1", "title": "Leave", "text": "Twenty-seven days.", "metadata": {"x": [1]}}
        {"_id": "d2", "text": "Ask your manager."}

        """);
  }

  @Test
  void readsTheLayoutOfBeir() throws IOException {
    write(
        "queries.jsonl",
        "{\"_id\": \"q1\", \"text\": \"How many days?\"}\n{\"_id\": \"q2\", \"text\": \"Whom?\"}\n");
    write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n");

    RetrievalSet set = RetrievalSet.read(folder);

    assertThat(set.corpus().texts()).extracting(Corpus.Text::title).containsExactly("Leave", "");
    assertThat(set.queries())
        .as("a query that no text is right for cannot be measured")
        .containsExactly(new RetrievalSet.Query("q1", "How many days?", Map.of("d1", 2)));
  }

  @Test
  void readsTheColumnsOfTrecWithoutHeader() throws IOException {
    write("queries.jsonl", "{\"_id\": 1, \"text\": \"How many days?\"}\n");
    write("qrels.tsv", "1 0 d2 1\n");

    assertThat(RetrievalSet.read(folder).queries().getFirst().relevant())
        .isEqualTo(Map.of("d2", 1));
  }

  @Test
  void readsQuestionsThatNameTheirParagraph() throws IOException {
    write(
        "questions.jsonl",
        """
        {"_id": "q1", "question": "How many days?", "paragraph_id": "d1", "answerable": true}
        {"_id": "q2", "question": "How many hours?", "paragraph_id": "d1", "answerable": false}
        """);

    assertThat(RetrievalSet.read(folder).queries())
        .as("an unanswerable question has no right paragraph")
        .extracting(RetrievalSet.Query::id)
        .containsExactly("q1");
  }

  @Test
  void namesFileAndLineOfWhatIsWrong() throws IOException {
    write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"How many days?\"}\n{\"_id\": \"q2\"}\n");
    write("qrels.tsv", "q1\td1\t1\n");
    assertThatThrownBy(() -> RetrievalSet.read(folder))
        .isInstanceOf(BadSetException.class)
        .hasMessageContaining("queries.jsonl, line 2")
        .hasMessageContaining("\"text\"");

    write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"How many days?\"}\n");
    write("qrels.tsv", "q1\td1\t1\nq1\td2\n");
    assertThatThrownBy(() -> RetrievalSet.read(folder)).hasMessageContaining("qrels.tsv, line 2");

    write("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"x\"}\n{\"_id\": \"d1\"\n");
    assertThatThrownBy(() -> RetrievalSet.read(folder))
        .hasMessageContaining("corpus.jsonl, line 2: no JSON");

    write(
        "corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"x\"}\n{\"_id\": \"d1\", \"text\": \"y\"}\n");
    assertThatThrownBy(() -> RetrievalSet.read(folder))
        .hasMessageContaining("corpus.jsonl, line 2: the id d1 was there before");
  }

  @Test
  void refusesJudgementsOfAnotherCorpus() throws IOException {
    write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"How many days?\"}\n");
    write("qrels.tsv", "q1\tother\t1\n");

    assertThatThrownBy(() -> RetrievalSet.read(folder))
        .hasMessageContaining("no text of the corpus");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
