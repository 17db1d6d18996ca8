package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.answer.Answer.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedding")
final class GroundingTest {
  private static final String QUESTION = "How many days of annual leave do employees get?";

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

  @Test
  void supportsWhatAPassageSays() {
    assertThat(verdict("Full-time employees get 28 working days of annual leave."))
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void stopsAnotherNumber() {
    assertThat(verdict("Full-time employees get 27 working days of annual leave."))
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void stopsANameThatNoPassageHas() {
    assertThat(verdict("In Rotterdam employees get 28 working days of annual leave."))
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void stopsTheOpposite() {
    assertThat(verdict("Full-time employees are not entitled to 28 working days of annual leave."))
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void stopsWhatOnlyTheModelKnows() {
    assertThat(verdict("The law gives everyone paid parental time after birth."))
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void saysNothingTwice() {
    String sentence = "Leave that is left over lapses on 31 March.";

    assertThat(check(sentence + " " + sentence)).hasSize(1);
  }

  private Verdict verdict(String sentence) {
    List<Grounding.Grounded> checked = check(sentence);
    assertThat(checked).hasSize(1);
    return checked.getFirst().sentence().verdict();
  }

  private List<Grounding.Grounded> check(String draft) {
    return new Grounding(Shelf.MODEL).check(draft, QUESTION, shelf.passages(QUESTION));
  }
}
