package dev.docent.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.access.GroupId;
import dev.docent.eval.QuestionSet.Asked;
import dev.docent.eval.QuestionSet.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuestionSetTest {
  private static final DocumentNames DOCUMENTS =
      DocumentNames.ofFiles(
          List.of("hr/handbook.pdf", "policies/2024/travel.pdf", "policies/2025/travel.pdf"));

  @TempDir Path folder;

  @Test
  void readsEveryField() throws IOException {
    Asked asked =
        only(
            """
            {"id": "q1", "question": "How many days?", "answerable": true, "answers": ["27 days"], \
            "document": "hr/handbook.pdf", "page": 10, "group": "hr", \
            "also": [{"document": "policies/2025/travel.pdf", "page": null}], \
            "unrelated": [{"document": "hr/handbook.pdf", "page": 3}], "author": {"unknown": 1}}
            """);

    assertThat(asked.places())
        .containsExactly(
            new Place("hr/handbook.pdf", 10),
            new Place("policies/2025/travel.pdf", Place.ANY_PAGE));
    assertThat(asked.unrelated()).containsExactly(new Place("hr/handbook.pdf", 3));
    assertThat(asked.answers()).containsExactly("27 days");
    assertThat(asked.group()).contains(new GroupId("hr"));
  }

  @Test
  void needsNothingButTheQuestion() throws IOException {
    Asked asked = only("{\"question\": \"How many days?\", \"document\": null}");

    assertThat(asked.id()).isEqualTo("line 1");
    assertThat(asked.answerable()).isTrue();
    assertThat(asked.places()).isEmpty();
    assertThat(asked.answers()).isEmpty();
    assertThat(asked.group()).isEmpty();
  }

  @Test
  void readsWhatCuadCallsThem() throws IOException {
    Asked asked =
        only(
            """
            {"file": "handbook.pdf", "question": "Parties?", "answer": "A and B", \
            "evidence": ["A GmbH", "B Ltd"], "present": true}
            """);

    assertThat(asked.answers()).containsExactly("A GmbH", "B Ltd");
    assertThat(asked.places()).containsExactly(new Place("hr/handbook.pdf", Place.ANY_PAGE));
    assertThat(only("{\"question\": \"Parties?\", \"present\": false}").answerable()).isFalse();
  }

  @Test
  void readsWhatFinanceBenchCallsThem() throws IOException {
    Asked asked =
        only(
            """
            {"financebench_id": "f1", "doc_name": "HANDBOOK", "question": "Revenue?", "answer": "5", \
            "evidence": [{"evidence_text": "...", "evidence_page_num": 4}, {"evidence_page_num": 9}]}
            """);

    assertThat(asked.id()).isEqualTo("f1");
    assertThat(asked.places())
        .containsExactly(new Place("hr/handbook.pdf", 4), new Place("hr/handbook.pdf", 9));
    assertThat(asked.answers()).isEmpty();
  }

  @Test
  void findsDocumentsByTheEndOfTheirPathUnlessTwoEndAlike() {
    assertThat(DOCUMENTS.path("handbook")).contains("hr/handbook.pdf");
    assertThat(DOCUMENTS.path("2025/travel.pdf")).contains("policies/2025/travel.pdf");
    assertThat(DOCUMENTS.path("travel.pdf")).isEmpty();
    assertThat(DOCUMENTS.path("policies/2024/travel.pdf")).contains("policies/2024/travel.pdf");
  }

  @Test
  void namesFileAndLineOfWhatIsWrong() {
    String good = "{\"question\": \"How many days?\"}\n";
    assertBad(good + "{\"query\": \"How many?\"}", "line 2", "\"question\"");
    assertBad(good + "\n[1]", "line 3", "no JSON object");
    assertBad(good + "{\"question\": \"x\", \"answerable\": \"yes\"}", "line 2", "\"answerable\"");
    assertBad(good + "{\"question\": \"x\", \"page\": -1, \"document\": \"handbook\"}", "\"page\"");
    assertBad(good + "{\"question\": \"x\", \"document\": \"gone.pdf\"}", "line 2", "gone.pdf");
    assertBad(good + "{\"question\": \"x\", \"answers\": [5]}", "line 2", "\"answers\"");
    assertBad(good + "{\"question\": \"x\", \"group\": \"No Such\"}", "line 2", "\"group\"");
    assertBad("", "holds no question");
  }

  private void assertBad(String lines, String... parts) {
    assertThatThrownBy(() -> read(lines))
        .isInstanceOf(BadSetException.class)
        .hasMessageContaining("questions.jsonl")
        .hasMessageContainingAll(parts);
  }

  private Asked only(String line) throws IOException {
    List<Asked> questions = read(line).questions();
    assertThat(questions).hasSize(1);
    return questions.getFirst();
  }

  private QuestionSet read(String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("questions.jsonl"), lines);
    return QuestionSet.read(file, DOCUMENTS);
  }
}
