package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SentencesTest {
  @Test
  void cutsAtTheEndsOfSentences() {
    assertThat(texts("Leave is 28 days. It lapses on 31 March! Ask first?"))
        .containsExactly("Leave is 28 days.", "It lapses on 31 March!", "Ask first?");
  }

  @Test
  void abbreviationsEndNoSentence() {
    assertThat(texts("Ask Dr. Quist, e.g. by mail. She answers."))
        .containsExactly("Ask Dr. Quist, e.g. by mail.", "She answers.");
  }

  @Test
  void aLineThatGoesOnInSmallLettersWasOnlyWrapped() {
    assertThat(texts("Leave that is\nleft over lapses.\nHeading\nNext line."))
        .containsExactly("Leave that is\nleft over lapses.", "Heading", "Next line.");
  }

  @Test
  void aTablesRowIsOnePiece() {
    assertThat(texts("Band\tMinimum. Maximum\n6\t51,000\t73,400"))
        .containsExactly("Band\tMinimum. Maximum", "6\t51,000\t73,400");
  }

  @Test
  void aSentenceOfAPageIsCutIntoItsClauses() {
    String clause = "the supplier delivers ".repeat(10).strip();
    String sentence = String.join("; ", clause, clause, clause, clause) + ".";

    assertThat(texts(sentence)).hasSizeGreaterThan(1).allMatch(text -> text.length() < 500);
    assertThat(String.join(" ", texts(sentence))).isEqualTo(sentence);
  }

  @Test
  void growsByTheSentencesAroundWithinTheLimit() {
    String text = "One. Two. Three. Four. Five.";
    Sentences.Span three = Sentences.of(text).get(2);

    assertThat(Sentences.grown(text, three, 5, 0).of(text)).isEqualTo("Three.");
    assertThat(Sentences.grown(text, three, 12, 0).of(text)).isEqualTo("Three. Four.");
    assertThat(Sentences.grown(text, three, 17, 0).of(text)).isEqualTo("Two. Three. Four.");
    assertThat(Sentences.grown(text, three, 500, 0).of(text)).isEqualTo(text);
  }

  @Test
  void joinsStretchesOfOneSectionWithinTheLimit() {
    String text = "One. Two. Three.\n7 Travel\nFour. Five.";

    assertThat(joined(text, "Three.", "One.", 500)).hasValue("One. Two. Three.");
    assertThat(joined(text, "One.", "Three.", 16)).hasValue("One. Two. Three.");
    assertThat(joined(text, "One.", "Three.", 15)).isEmpty();
    assertThat(joined(text, "Three.", "Four.", 500)).isEmpty();
    assertThat(joined(text, "7 Travel\nFour.", "Two.", 500)).isEmpty();
    assertThat(joined(text, "7 Travel\nFour.", "Five.", 500)).hasValue("7 Travel\nFour. Five.");
  }

  @Test
  void growsNeitherPastItsOwnHeadingNorIntoTheNextSection() {
    String text =
        "Leave is asked for early.\n6.2 Group accident insurance\nAll are insured. It is EUR"
            + " 120,000.\n7 Travel\nTrains come first.";
    Sentences.Span insured = span(text, "All are insured.");

    assertThat(Sentences.grown(text, insured, 500, 0).of(text))
        .isEqualTo("6.2 Group accident insurance\nAll are insured. It is EUR 120,000.");
  }

  @Test
  void aHeadingWithoutANumberIsOneToo() {
    String text = "Mondays are office days.\nThe equipment\nThe company supplies a laptop.";

    assertThat(Sentences.grown(text, span(text, "The company supplies a laptop."), 500, 0).of(text))
        .isEqualTo("The equipment\nThe company supplies a laptop.");
  }

  @Test
  void tablesAndListsHaveNoHeadingsInside() {
    String table = "Rates apply.\nCountry\tFull day\nNorway\tEUR 68\nSpain\tEUR 42";
    String list = "Bring these\nLaptop\nHeadset\nBadge";

    assertThat(Sentences.grown(table, span(table, "Norway\tEUR 68"), 500, 0).of(table))
        .isEqualTo(table);
    assertThat(Sentences.grown(list, span(list, "Headset"), 500, 0).of(list)).isEqualTo(list);
  }

  @Test
  void aTableThatHasBegunGoesOnToItsEnd() {
    String text =
        "These rates apply.\nYears Notice\nUnder 2 1 month\n2 to 4 2 months\n5 and more 3\nAsk HR.";
    Sentences.Span first = span(text, "Under 2 1 month");

    assertThat(Sentences.grown(text, first, 32, 200).of(text))
        .isEqualTo("Under 2 1 month\n2 to 4 2 months\n5 and more 3");
    assertThat(Sentences.grown(text, first, 32, 40).of(text))
        .as("a long table does not")
        .isEqualTo("Under 2 1 month\n2 to 4 2 months");
    assertThat(Sentences.grown(text, span(text, "These rates apply."), 20, 200).of(text))
        .isEqualTo("These rates apply.");
  }

  @Test
  void namesOfColumnsAreNotQuotedWithoutARow() {
    String text =
        "These rates apply.\n\tBegin\tEnd of the year\nOslo, the capital\t41\t82\nRiga\t20\t41";
    Sentences.Span apply = span(text, "These rates apply.");

    assertThat(Sentences.grown(text, apply, 50, 50).of(text)).isEqualTo("These rates apply.");
    assertThat(Sentences.grown(text, apply, 50, 200).of(text)).isEqualTo(text);
    assertThat(Sentences.grown(text, span(text, "Riga\t20\t41"), 70, 70).of(text))
        .isEqualTo("\tBegin\tEnd of the year\nOslo, the capital\t41\t82\nRiga\t20\t41");
  }

  private static Sentences.Span span(String text, String sentence) {
    int start = text.indexOf(sentence);
    return new Sentences.Span(start, start + sentence.length());
  }

  private static List<String> texts(String text) {
    return Sentences.of(text).stream().map(span -> span.of(text)).toList();
  }

  private static Optional<String> joined(String text, String one, String other, int most) {
    return Sentences.joined(text, span(text, one), span(text, other), most)
        .map(span -> span.of(text));
  }
}
