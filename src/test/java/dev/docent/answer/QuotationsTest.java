package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.retrieve.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuotationsTest {
  private static final String YEARS =
      "The entitlement rises to 29 days in the year in which you complete five years of service"
          + " and to 31 days in the year in which you complete ten.";

  private static final Passage LEAVE =
      Passages.of(
          1,
          "7.1 How much\nFull-time staff have 27 working days of leave. "
              + YEARS
              + " Employees under 18 have 30 days. Severely disabled employees have five more."
              + " Part-time staff have leave in proportion to their working days.\n"
              + "7.2 Asking\nLeave is requested in the people portal.");

  private static final Passage TRAVEL = Passages.of(2, "Trains come first. Flights are booked.");

  private static final List<Passage> BOTH = List.of(LEAVE, TRAVEL);

  @Test
  void likelySentencesOfOneSectionAreQuotedAsOne() {
    assertThat(
            quoted(
                likely(LEAVE, "Part-time staff have leave in proportion to their working days."),
                likely(LEAVE, "Full-time staff have 27 working days of leave."),
                likely(TRAVEL, "Trains come first.")))
        .containsExactly(
            text(LEAVE).substring(0, text(LEAVE).indexOf("\n7.2")),
            "Trains come first. Flights are booked.");
  }

  @Test
  void anotherSectionOfTheSamePassageIsAQuotationOfItsOwn() {
    assertThat(
            quoted(
                likely(LEAVE, "Severely disabled employees have five more."),
                likely(LEAVE, "Leave is requested in the people portal.")))
        .hasSize(2)
        .last()
        .isEqualTo("7.2 Asking\nLeave is requested in the people portal.");
  }

  @Test
  void whatIsQuotedAlreadyIsNotQuotedAgain() {
    assertThat(quoted(likely(TRAVEL, "Trains come first."), likely(TRAVEL, "Flights are booked.")))
        .containsExactly("Trains come first. Flights are booked.");
  }

  @Test
  void quotesNoPassageThatIsNotAmongThose() {
    assertThat(Quotations.of(List.of(likely(TRAVEL, "Trains come first.")), List.of(LEAVE)))
        .isEmpty();
  }

  @Test
  void theBriefestIsTheLikeliestSentenceWithLittleAroundIt() {
    Candidate leave = likely(LEAVE, "Employees under 18 have 30 days.");

    assertThat(Quotations.brief(List.of(leave, likely(TRAVEL, "Trains come first.")), BOTH).text())
        .isEqualTo(
            "Employees under 18 have 30 days. Severely disabled employees have five more."
                + " Part-time staff have leave in proportion to their working days.");
    assertThat(Quotations.of(List.of(leave), BOTH).getFirst().text()).contains(YEARS);
    assertThat(
            Quotations.brief(List.of(leave, likely(TRAVEL, "Trains come first.")), List.of(TRAVEL))
                .text())
        .isEqualTo("Trains come first. Flights are booked.");
  }

  private static List<String> quoted(Candidate... candidates) {
    return Quotations.of(List.of(candidates), BOTH).stream().map(Stretch::text).toList();
  }

  private static Candidate likely(Passage passage, String sentence) {
    int start = text(passage).indexOf(sentence);
    var span = new Sentences.Span(start, start + sentence.length());
    return new Candidate(passage, span, 1, 1, 1, 1, 1, 1);
  }

  private static String text(Passage passage) {
    return passage.source().chunk().text();
  }
}
