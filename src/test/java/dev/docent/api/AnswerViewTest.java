package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.answer.Answer;
import dev.docent.answer.Answer.Sentence;
import dev.docent.answer.Answer.Verdict;
import dev.docent.answer.AnswerRecorder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AnswerViewTest {

  private static AnswerView view(Answer.Body body) {
    var answer =
        new Answer(
            UUID.randomUUID(),
            body,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new Answer.Timings(1, 2, 3, 4, 5, 6, 7));
    return AnswerView.of(answer, new AnswerRecorder.Receipt("intent", "outcome"), null);
  }

  @Test
  void theAnswerOfAModelIsItsSupportedSentences() {
    var body =
        new Answer.Body.Composed(
            List.of(
                new Sentence("You have 27 days.", List.of(1), Verdict.SUPPORTED),
                new Sentence("", List.of(), Verdict.WITHHELD),
                new Sentence("Part days are rounded up.", List.of(1, 2), Verdict.SUPPORTED)));

    assertThat(view(body).answer()).isEqualTo("You have 27 days. Part days are rounded up.");
  }

  @Test
  void aRefusalHasNoAnswer() {
    assertThat(view(new Answer.Body.Refused(Answer.Reason.NOT_STATED, List.of())).answer())
        .isNull();
  }
}
