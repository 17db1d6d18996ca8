package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CountedTest {
  private final Counted days = Counted.by("How many days of leave do I have?");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "For more than five consecutive days, ask at least six weeks ahead.",
        "Part-time employees who work on fewer than 5 days a week have less.",
      })
  void aConditionDoesNotSayHowMany(String sentence) {
    assertThat(days.isConditionIn(sentence)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Employees are entitled to 27 working days of annual leave.",
        "Whoever is ill for more than two days has one day more.",
        "It is asked for six weeks ahead.",
      })
  void aNumberDoes(String sentence) {
    assertThat(days.isConditionIn(sentence)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How many working days are there?",
        "And how many paid days may I take?",
      })
  void aWordMayStandBetween(String question) {
    assertThat(Counted.by(question).isConditionIn("More than three days are asked for.")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"When does leave lapse?", "How much leave do I have?"})
  void otherQuestionsCountNothing(String question) {
    assertThat(Counted.by(question).isConditionIn("More than three days.")).isFalse();
  }
}
