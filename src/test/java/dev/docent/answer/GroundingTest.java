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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("embedding")
final class GroundingTest {
  private static final String QUESTION = "How many days of annual leave do employees get?";

  private static final String DEPOTS =
      String.join(
          "\n",
          "Depots open at the begin and end of the quarters were as follows:",
          "\tFiscal 2024\t\t\tFiscal 2023",
          "\tDepots at Begin of Quarter\tDepots Closed\tDepots at End of Quarter"
              + "\tDepots at Begin of Quarter\tDepots Closed\tDepots at End of Quarter",
          "Canada",
          "Harbour\t127\t-\t128\t126\t-\t127",
          "Airport\t32\t(1)\t31\t33\t-\t33",
          "The table does not count depots that are let.");

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
  void supportsWhatARowAddsToTheQuestion() {
    shelf.put(
        "staff",
        "Travel rates 2025",
        "travel-rates-2025.pdf",
        "Destination Full day Partial day Hotel ceiling\nFrance, Paris EUR 61 EUR 30 EUR 198\n"
            + "United Kingdom, London EUR 66 EUR 33 EUR 236\nUnited States EUR 64 EUR 32 EUR 215");
    String question = "Which hotel price limit applies to a trip to London in 2025?";

    assertThat(verdict("The hotel price limit for a trip to London in 2025 is EUR 236.", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("The hotel price limit for a trip to London in 2025 is EUR 198.", question))
        .as("another row's figure")
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("The hotel price limit for a trip to London in 2024 is EUR 236.", question))
        .as("another year")
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("The limit for a taxi to London in 2025 is EUR 236.", question))
        .as("a word that neither the question nor the row has")
        .isEqualTo(Verdict.WITHHELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t"})
  void supportsWhatARowSaysInOtherWordsThanTheQuestion(String between) {
    shelf.put(
        "staff",
        "Information Security Policy",
        "information-security-policy.pdf",
        String.join(
            "\n",
            "3.2 Updates",
            String.join(between, "Severity of the weakness", "Internet-facing", "Other systems"),
            String.join(between, "critical", "48 hours", "7 days"),
            String.join(between, "high", "7 days", "21 days"),
            String.join(between, "medium", "30 days", "60 days"),
            String.join(between, "low", "next release", "next release"),
            "Exceptions are granted by the information security officer for at most 90 days."));
    String question =
        "How quickly must critical patches be installed on servers reachable from the internet?";

    assertThat(
            verdict(
                "Critical patches must be installed on servers reachable from the internet within"
                    + " 48 hours.",
                question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            verdict(
                "Critical patches must be installed on servers reachable from the internet within"
                    + " 21 days.",
                question))
        .as("the figure of another row")
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void ofARowTheCellsThatASentenceIsAboutSayWhetherItIsDenied() {
    shelf.put(
        "staff",
        "Questions and answers",
        "questions.html",
        String.join(
            "\n",
            "Question\tAnswer",
            "Why no more paper payslips?\tThey cost EUR 9,700 a year in postage.",
            "May we bring dogs?\tNo, Binnacle has objected to animals in the halls.",
            "Is hall C to be extended?\tA decision is due in the fourth quarter."));
    String question = "Why don't we get our pay statements on paper any more, what did that cost?";

    assertThat(verdict("They cost EUR 9,700 a year in postage.", question))
        .as("it is the question that has a \"no\"")
        .isEqualTo(Verdict.SUPPORTED);
    for (String other :
        List.of(
            "They do not cost EUR 9,700 a year in postage.",
            "They cost EUR 7,900 a year in postage.",
            "Dogs cost EUR 9,700 a year in postage.",
            "Paper payslips do not cost EUR 9,700 a year in postage.",
            "Binnacle has objected to paper payslips.",
            "Binnacle has objected to animals in the halls.",
            "Hall C is extended in the fourth quarter, which is no decision.")) {
      assertThat(verdict(other, question)).as(other).isEqualTo(Verdict.WITHHELD);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Based on the information provided in the passages, full-time employees get 28 working days"
            + " of annual leave.",
        "The passage states that full-time employees get 28 working days of annual leave.",
        "The document says that \"Full-time employees get 28 working days of annual leave.",
        "Full-time employees get 28 working days of annual leave.\"",
      })
  void whatOnlyPointsAtThePassagesIsNoPartOfTheSentence(String draft) {
    List<Grounding.Grounded> checked = check(draft);

    assertThat(checked).hasSize(1);
    assertThat(checked.getFirst().sentence())
        .isEqualTo(
            new Answer.Sentence(
                "Full-time employees get 28 working days of annual leave.",
                List.of(1),
                Verdict.SUPPORTED));
    assertThat(check(draft.replace("28", "27")).getFirst().sentence().verdict())
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void stopsWhatASentenceSaysOfOthers() {
    shelf.put(
        "staff",
        "Remote work",
        "remote.pdf",
        "Up to three days a week may be worked remotely. Apprentices work remotely on no more than"
            + " one day a week.");

    assertThat(
            verdict(
                "You can work from home on no more than one day a week under the current rules.",
                "How many days a week may I work from home under the current rules?"))
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void stopsAFigureOfTheRowBeside() {
    shelf.put(
        "staff",
        "Vaccinations",
        "vaccinations.csv",
        "patient\tvaccine\tbatch\treaction\nA. Tull\tInfluenza\tFLX-7731\tmild\n"
            + "N. Holloway\tYellow fever\tYFV-0418\tfever for one day");
    String question = "yellow fever vaccine batch number";

    assertThat(verdict("The yellow fever vaccine batch number is YFV-0418.", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("The yellow fever vaccine batch number is FLX-7731.", question))
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void stopsAFigureOfAColumnThatIsNotAskedFor() {
    shelf.put("staff", "Quarterly report", "report.pdf", DEPOTS);
    String question = "How many harbour depots were there at the end of the quarter?";

    assertThat(verdict("There were 128 harbour depots at the end of the quarter.", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("There were 127 harbour depots at the end of the quarter.", question))
        .as("the one at the begin, and at the end of the year before")
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("There were 127 harbour depots in the quarter.", question))
        .as("what the sentence leaves open the question tells")
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("There were 126 harbour depots at the begin of the quarter.", question))
        .as("the latest year is meant where none is named")
        .isEqualTo(Verdict.WITHHELD);
    assertThat(
            verdict(
                "There were 127 harbour depots at the begin of the quarter and 128 at the end.",
                question))
        .as("both columns are told")
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void aYearThatIsNamedTellsTheColumn() {
    shelf.put("staff", "Quarterly report", "report.pdf", DEPOTS);
    String question =
        "How many harbour depots were there at the end of the quarter of fiscal 2023?";

    assertThat(
            verdict(
                "There were 127 harbour depots at the end of the quarter of fiscal 2023.",
                question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            verdict(
                "There were 128 harbour depots at the end of the quarter of fiscal 2023.",
                question))
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void aFigureCountsWhatStandsOverItsTable() {
    shelf.put(
        "staff",
        "Annual report",
        "report.pdf",
        String.join(
            "\n",
            "Selected figures of the group were as follows ($ in millions, except per share"
                + " amounts):",
            "\t2024\t2023",
            "Revenue from freight\t$ 45,120\t$ 41,870",
            "Operating expenses\t31,400\t30,950",
            "Diluted earnings per share\t$ 6.11\t$ 5.20"));
    String question = "What was the revenue from freight in 2024?";

    assertThat(verdict("Revenue from freight was $45,120 million in 2024.", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("The revenue from freight in 2024 was 45,120 (in millions).", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("Revenue from freight was $41,870 million in 2024.", question))
        .as("another column")
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("Operating expenses were $45,120 million in 2024.", question))
        .as("another row")
        .isEqualTo(Verdict.WITHHELD);
    for (String other :
        List.of(
            "Revenue from freight was $45,120 thousand in 2024.",
            "Revenue from freight was $45,120 billion in 2024.",
            "Revenue from freight in 2024 was €45,120 million.",
            "Revenue from freight in thousands was $45,120 in 2024.")) {
      assertThat(verdict(other, question)).as(other).isEqualTo(Verdict.WITHHELD);
    }
  }

  @Test
  void aSumOfMoneyWithoutTheScaleOverItsTableIsAnotherOne() {
    shelf.put(
        "staff",
        "Jahresbericht",
        "bericht.pdf",
        String.join(
            "\n",
            "Erträge und Aufwendungen",
            "in Tausend EUR\t2024\t2023",
            "Umsatzerlöse\t45.120\t41.870",
            "Materialaufwand\t31.400\t30.950",
            "Mitarbeiter\t312\t305"));
    String question = "Wie hoch waren die Umsatzerlöse 2024?";

    assertThat(verdict("Die Umsatzerlöse 2024 waren 45.120 Tausend EUR.", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("Die Umsatzerlöse 2024 waren 45.120 T€.", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("Die Umsatzerlöse 2024 waren 45.120 Mio. EUR.", question))
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("Die Umsatzerlöse 2024 waren 45.120 EUR.", question))
        .isEqualTo(Verdict.WITHHELD);
    assertThat(
            verdict(
                "Die Umsatzerlöse 2024 waren 45.120 EUR.",
                "Wie hoch waren die Umsatzerlöse 2024 in Tausend EUR?"))
        .as("the question says what is counted")
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void anAmountInASentenceCountsWhatIsSaidThere() {
    shelf.put(
        "staff",
        "Harbour fund",
        "fund.pdf",
        "The harbour fund holds EUR 4.5 million and pays grants of up to 12,000 euros a year.");
    String question = "How much money does the harbour fund hold?";

    assertThat(verdict("The harbour fund holds €4.5 million.", question))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(verdict("The harbour fund holds EUR 4.5 billion.", question))
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("The harbour fund holds EUR 4.5.", question)).isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("The harbour fund holds USD 4.5 million.", question))
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("The harbour fund pays grants of up to 12,000 million euros.", question))
        .isEqualTo(Verdict.WITHHELD);
    assertThat(verdict("The harbour fund pays grants of up to EUR 12,000 a year.", question))
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void stopsAnAnswerThatIsAboutSomethingElse() {
    shelf.put(
        "staff",
        "Allowances and loans",
        "allowances.html",
        "The allowance of EUR 18 a month is paid with the salary if at least six remote days were"
            + " worked in the month.");

    assertThat(
            verdict(
                "The interest on the staff loan for buying a flat is paid with the salary if at"
                    + " least six remote days were worked in the month.",
                "What interest do I pay on the staff loan for buying a flat?"))
        .as("one word of the question in the title is no more than chance")
        .isEqualTo(Verdict.WITHHELD);
  }

  @Test
  void neitherNumbersOfAListNorWhatAnnouncesOneAreSentences() {
    assertThat(check("Annual leave follows these rules:\n1.\n2.")).isEmpty();
  }

  @Test
  void aQuestionIsNoAnswer() {
    assertThat(check("The passage states that \"How much leave is left over on 31 March?"))
        .isEmpty();
    assertThat(check("The passage states that \"")).isEmpty();
  }

  @Test
  void saysNothingTwice() {
    String sentence = "Leave that is left over lapses on 31 March.";

    assertThat(check(sentence + " " + sentence)).hasSize(1);
  }

  private Verdict verdict(String sentence) {
    return verdict(sentence, QUESTION);
  }

  private Verdict verdict(String sentence, String question) {
    List<Grounding.Grounded> checked =
        new Grounding(Shelf.MODEL).check(sentence, question, shelf.passages(question));
    assertThat(checked).hasSize(1);
    return checked.getFirst().sentence().verdict();
  }

  private List<Grounding.Grounded> check(String draft) {
    return new Grounding(Shelf.MODEL).check(draft, QUESTION, shelf.passages(QUESTION));
  }
}
