package dev.docent.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.answer.Question.Turn;
import dev.docent.eval.QuestionSet.Asked;
import dev.docent.eval.QuestionSet.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PooledSetTest {
  @TempDir Path folder;

  @Test
  void readsSquadASetALanguage() throws IOException {
    write(
        "xquad.en.json",
        """
        {"version": "1.1", "data": [{"title": "Skerry_Light", "paragraphs": [
          {"context": "The lamp burns oil.", "qas": []},
          {"context": "The keeper has two boats.", "qas": [
            {"id": "b", "question": "How many boats?",
             "answers": [{"answer_start": 15, "text": "two"}]}]}]}]}
        """);
    write(
        "xquad.de.json",
        """
        {"data": [{"paragraphs": [{"context": "Zwei Boote.", "qas": [
          {"id": "b", "question": "Wie viele?", "answers": [{"text": "Zwei"}]}]}]}]}
        """);

    List<PooledSet> sets = PooledSet.in(folder);

    String name = folder.getFileName().toString();
    assertThat(sets).extracting(PooledSet::name).containsExactly(name + " de", name + " en");
    PooledSet english = sets.getLast();
    assertThat(english.corpus().texts())
        .extracting(Corpus.Text::title)
        .containsExactly("Skerry Light", "Skerry Light");
    assertThat(english.questions().questions())
        .containsExactly(
            Asked.of("b", "How many boats?", true, List.of("two"), List.of(place(1)), List.of()));
    assertThat(english.retrieval().orElseThrow().queries())
        .containsExactly(new RetrievalSet.Query("b", "How many boats?", Map.of("paragraph 2", 1)));
  }

  @Test
  void poolsThePassagesOfClapNq() throws IOException {
    write(
        "clapnq_answerable.jsonl",
        """
        {"id": "1", "input": "who keeps the light", "passages": [{"title": "Skerry", \
        "text": "Ann keeps it . It is old .", "sentences": ["Ann keeps it .", "It is old ."]}], \
        "output": [{"answer": "Ann.", "selected_sentences": ["Ann keeps it ."]}, \
        {"answer": "Ann does.", "selected_sentences": ["Ann keeps it ."]}]}
        """);
    write(
        "clapnq_unanswerable.jsonl",
        """
        {"id": "2", "input": "who built it", "passages": [{"title": "Skerry", \
        "text": "It stands on rock ."}], "output": [{"answer": "", "selected_sentences": []}]}
        """);

    PooledSet set = PooledSet.in(folder).getFirst();

    assertThat(set.corpus().texts()).hasSize(2);
    assertThat(set.questions().questions())
        .containsExactly(
            Asked.of(
                "1",
                "who keeps the light",
                true,
                List.of("Ann keeps it ."),
                List.of(place(0)),
                List.of()),
            Asked.of("2", "who built it", false, List.of(), List.of(place(1)), List.of()));
    assertThat(set.retrieval().orElseThrow().queries())
        .as("what has no answer has no right passage")
        .hasSize(1);
  }

  @Test
  void asksTheLastTurnOfMtRagInItsConversation() throws IOException {
    write(
        "reference.jsonl",
        """
        {"task_id": "a:2", "answerability": ["PARTIAL"], "contexts": [ \
        {"document_id": "d1", "text": "The lamp burns oil.", "title": "Lamp"}, \
        {"document_id": "d2", "text": "Oil comes in May."}], "input": [ \
        {"speaker": "user", "text": "what burns"}, {"speaker": "agent", "text": "Oil."}, \
        {"speaker": "user", "text": "when does it come"}]}
        {"task_id": "b:1", "answerability": ["UNDERSPECIFIED"], "contexts": [ \
        {"document_id": "d2", "text": "Oil comes in May."}], "input": [ \
        {"speaker": "user", "text": "and the other"}]}
        """);

    PooledSet set = PooledSet.in(folder).getFirst();

    assertThat(set.corpus().texts()).extracting(Corpus.Text::id).containsExactly("d1", "d2");
    assertThat(set.questions().questions())
        .containsExactly(
            Asked.of(
                "a:2",
                "when does it come",
                true,
                List.of(),
                List.of(place(0), place(1)),
                List.of(new Turn("what burns", "Oil."))),
            Asked.of("b:1", "and the other", false, List.of(), List.of(place(1)), List.of()));
    assertThat(set.retrieval()).as("a follow-up is no query by itself").isEmpty();
  }

  @Test
  void knowsItsFormsByTheirFiles() throws IOException {
    assertThat(PooledSet.isIn(folder)).isFalse();
    assertThat(PooledSet.in(folder)).isEmpty();
    write("clapnq_answerable.jsonl", "{\"id\": \"1\"}");

    assertThat(PooledSet.isIn(folder)).isTrue();
    assertThatThrownBy(() -> PooledSet.in(folder))
        .isInstanceOf(BadSetException.class)
        .hasMessageContaining("clapnq_answerable.jsonl, line 1")
        .hasMessageContaining("\"input\"");
    write(
        "clapnq_answerable.jsonl",
        "{\"id\": \"1\", \"input\": \" \", \"passages\": [], \"output\": []}");
    assertThatThrownBy(() -> PooledSet.in(folder)).hasMessageContaining("empty");
  }

  private static Place place(int text) {
    return new Place(Corpus.path(text), Place.ANY_PAGE);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
