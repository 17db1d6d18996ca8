package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableColumnsTest {
  private static final String TABLE = "City\tRate\nOslo\t412\nRiga\t205";

  @Test
  void areTheLineOverTheRows() {
    assertThat(over("Rates of 2025\n" + TABLE, "Riga\t205", "")).containsExactly("City", "Rate");
  }

  @Test
  void areThoseOfTheContextWhereAPassageBeginsInTheTable() {
    assertThat(over("Oslo\t412\nRiga\t205", "Riga\t205", "Rates\nCity\tRate"))
        .containsExactly("City", "Rate");
  }

  @Test
  void areThoseOfTheFirstRowWhereMoreIsQuoted() {
    assertThat(over("Rates.\n" + TABLE, "Rates.\nCity\tRate\nOslo\t412", ""))
        .containsExactly("City", "Rate");
    assertThat(over("Rates.\n" + TABLE + "\nAll of 2025.", "Riga\t205\nAll of 2025.", ""))
        .containsExactly("City", "Rate");
  }

  @Test
  void areNoneWhereNothingNamesThem() {
    assertThat(over(TABLE, "City\tRate", "")).isEmpty();
    assertThat(over("2024\t2025\n80.5\t84.6", "80.5\t84.6", "")).isEmpty();
    assertThat(over("City\nOslo\t412", "Oslo\t412", "")).isEmpty();
    assertThat(over("City\tRate\nOslo\t412\t9", "Oslo\t412\t9", "")).isEmpty();
    assertThat(over("Plain words.", "Plain words.", "City\tRate")).isEmpty();
  }

  @Test
  void aHeadOverSeveralColumnsStandsBeforeEachName() {
    String text =
        "Rates.\n\t2025\t\t2024\n\tBegin\tEnd\tBegin\tEnd\nAbroad\nOslo\t1\t2\t3\t4\nTotal\t1\t2\t3\t4";

    assertThat(over(text, "Oslo\t1\t2\t3\t4", ""))
        .containsExactly("", "2025 Begin", "2025 End", "2024 Begin", "2024 End");
    assertThat(over(text, "\t2025\t\t2024\n\tBegin\tEnd\tBegin\tEnd\nAbroad\nOslo\t1\t2\t3\t4", ""))
        .as("quoted themselves, with a group's name between")
        .containsExactly("", "2025 Begin", "2025 End", "2024 Begin", "2024 End");
    assertThat(
            over(
                "Abroad\nOslo\t1\t2\t3\t4",
                "Oslo\t1\t2\t3\t4",
                "Rates\n\t2025\t\t2024\n\tBegin\tEnd\tBegin\tEnd"))
        .containsExactly("", "2025 Begin", "2025 End", "2024 Begin", "2024 End");
  }

  @Test
  void aHeadEndsWhereOneAboveItBegins() {
    String text =
        "\t2025\t\t\t2024\n\t\tValue\t\t\tValue\n\tHeld\tFair\tSold\tHeld\tFair\tSold\nOslo\t1\t2\t3\t4\t5\t6";

    assertThat(over(text, "Oslo\t1\t2\t3\t4\t5\t6", ""))
        .containsExactly(
            "",
            "2025 Held",
            "2025 Value Fair",
            "2025 Value Sold",
            "2024 Held",
            "2024 Value Fair",
            "2024 Value Sold");
    assertThat(
            over(
                "\tPension\t\tMedical\n\tU.S.\n\t2025\t2024\t2025\t2024\nOslo\t1\t2\t3\t4",
                "Oslo\t1\t2\t3\t4",
                ""))
        .containsExactly(
            "", "Pension U.S. 2025", "Pension U.S. 2024", "Medical 2025", "Medical 2024");
  }

  @Test
  void namesOfGroupsStandBetweenRowsOfOneTable() {
    String text = "City\tRate\nAbroad\nOslo\t412\nAt home\nin the north\nRiga\t205";

    assertThat(over(text, "Riga\t205", "")).containsExactly("City", "Rate");
    assertThat(TableColumns.head(text, "", span(text, "Oslo\t412")))
        .isEqualTo("City\tRate\nAbroad");
  }

  @Test
  void anotherTableHasOtherNames() {
    String text = "\tBegin\tEnd\nOslo\t1\t2\nRates were:\n\tDay\tNight\nOslo\t41\t82";

    assertThat(over(text, "Oslo\t41\t82", "")).containsExactly("", "Day", "Night");
  }

  @Test
  void yearsAreNamesBesideAWord() {
    assertThat(over("In millions\t2025\t2024\nRevenue\t5\t6", "Revenue\t5\t6", ""))
        .containsExactly("In millions", "2025", "2024");
  }

  private static List<String> over(String text, String quoted, String context) {
    return TableColumns.over(text, context, span(text, quoted));
  }

  private static Sentences.Span span(String text, String quoted) {
    int start = text.indexOf(quoted);
    return new Sentences.Span(start, start + quoted.length());
  }
}
