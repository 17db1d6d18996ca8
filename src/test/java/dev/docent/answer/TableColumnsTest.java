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

  private static List<String> over(String text, String quoted, String context) {
    int start = text.indexOf(quoted);
    return TableColumns.over(text, context, new Sentences.Span(start, start + quoted.length()));
  }
}
