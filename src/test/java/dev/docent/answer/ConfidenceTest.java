package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.retrieve.Retrieval;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("embedding")
final class ConfidenceTest {
  @TempDir Path folder;
  private Shelf shelf;

  @BeforeEach
  void open() {
    shelf = new Shelf(folder);
  }

  @AfterEach
  void close() {
    shelf.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How many days of annual leave do full-time employees get?",
        "When does leave that is left over lapse?",
        "Up to what value may I keep presents from suppliers?",
        "Where do guests get access to the wireless network?"
      })
  void answersWhatIsStated(String question) {
    assertThat(isAnswered(question)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Who won the football world cup?",
        "How do I make a tiramisu without eggs?",
        "What does the dental insurance pay for a crown?",
        "How many days of annual leave do employees in Rotterdam get?",
        "How many days of annual leave do employees get in 2031?"
      })
  void refusesWhatIsNot(String question) {
    assertThat(isAnswered(question)).isFalse();
  }

  @Test
  void meetsWordsThatMeanTheSameAndNoOthers() {
    Evidence holiday = find("How many days of vacation do employees get?");
    Evidence dental = find("How many days of dentistry do employees get?");

    assertThat(holiday.worstMatch()).isGreaterThan(dental.worstMatch());
  }

  private boolean isAnswered(String question) {
    Retrieval retrieval = shelf.retrieve(question);
    return Confidence.isAnswered(
        question, retrieval, new QuotationFinder(Shelf.MODEL).find(question, retrieval));
  }

  private Evidence find(String question) {
    return new QuotationFinder(Shelf.MODEL).find(question, shelf.retrieve(question));
  }
}
