package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "In millions | MILLION",
        "($ in millions, except per share amounts) | MILLION",
        "(Dollars in thousands) | THOUSAND",
        "Amounts in millions of US dollars | MILLION",
        "Net sales (Millions) | MILLION",
        "(In millions - except per share amounts) | MILLION",
        "2024 USD million | MILLION",
        "Revenue, EUR bn | BILLION",
        "in Mio. EUR | MILLION",
        "Mio. € | MILLION",
        "in Tausend Euro | THOUSAND",
        "in T€ | THOUSAND",
        "TEUR | THOUSAND",
        "€m | MILLION",
        "$000 | THOUSAND",
        "(in Mrd. EUR) | BILLION",
        "en milliers d'euros | THOUSAND",
        "en miles de euros | THOUSAND",
        "en millones de euros | MILLION",
      })
  void isSaidOverFigures(String line, Scale scale) {
    assertThat(Scale.over(line)).containsExactly(scale);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sales of EUR 45 million",
        "We invested in millions of devices",
        "45 Mio. EUR were paid",
        "Distance in miles",
        "Reached 5 million dollars",
        "Depots at the end of the quarter",
      })
  void isNotSaidOfOtherFiguresByAnAmount(String line) {
    assertThat(Scale.over(line)).isEmpty();
  }

  @Test
  void ofAnAmountStandsBehindItsNumber() {
    assertThat(
            Amount.in(
                "In 2024 it rose from $3.2 to 4.5 billion (€4m, 7 Tsd. EUR, two million, 5 m)."))
        .containsExactly(
            new Amount("2024", Set.of(Scale.ONE), false),
            new Amount("32", Set.of(Scale.ONE, Scale.BILLION), true),
            new Amount("45", Set.of(Scale.BILLION), false),
            new Amount("4", Set.of(Scale.MILLION), true),
            new Amount("7", Set.of(Scale.THOUSAND), true),
            new Amount("2", Set.of(Scale.MILLION), false),
            new Amount("5", Set.of(Scale.ONE), false));
    assertThat(Amount.namedApart("Revenue in USD millions was 45 thousand"))
        .isEqualTo(Set.of(Scale.MILLION));
  }

  @Test
  void ofARowIsTheNearestThatIsSaid() {
    String text =
        String.join(
            "\n",
            "Rates of 2025 were as follows (EUR in thousands):",
            "\t2025",
            "Oslo\t412",
            "Assets were as follows ($ in millions, except per share amounts):",
            "\t2024\tTotal USD bn",
            "Current:",
            "Cash\t512\t613",
            "Shares issued (in thousands)\t1,090\t2,090",
            "Return\t7.1 %\t9",
            "Earnings per share:",
            "Basic\t6.20\t3",
            "Diluted\t6.11\t3");

    assertThat(under(text, "Oslo\t412")).containsExactly("412 [THOUSAND]");
    assertThat(under(text, "Cash\t512\t613")).containsExactly("512 [MILLION]", "613 [BILLION]");
    assertThat(under(text, "Shares issued (in thousands)\t1,090\t2,090"))
        .containsExactly("1090 [THOUSAND]", "2090 [BILLION]");
    assertThat(under(text, "Return\t7.1 %\t9")).containsExactly("9 [BILLION]");
    assertThat(under(text, "Diluted\t6.11\t3")).containsExactly("611 [ONE]", "3 [BILLION]");
  }

  @Test
  void ofAnotherTableIsNotTaken() {
    String text =
        "Assets ($ in millions):\n\t2024\nCash\t512\nDepots by country\n\t2024\nOslo\t412";

    assertThat(under(text, "Oslo\t412")).isEmpty();
    assertThat(under("\t2024\nOslo\t412", "Oslo\t412", "Assets\nIn millions\t2023\t2022"))
        .isEmpty();
    assertThat(under("Oslo\t412", "Oslo\t412", "Assets\nIn millions\t2023")).isNotEmpty();
    assertThat(under("\t2024\nOslo\t412", "Oslo\t412", "Report > Assets (EUR million)"))
        .isNotEmpty();
  }

  private static List<String> under(String text, String row) {
    return under(text, row, "");
  }

  private static List<String> under(String text, String row, String context) {
    int start = text.indexOf(row);
    return Amounts.of(text, context, new Sentences.Span(start, start + row.length()))
        .under()
        .stream()
        .map(amount -> amount.number() + " " + amount.scales().stream().sorted().toList())
        .toList();
  }
}
