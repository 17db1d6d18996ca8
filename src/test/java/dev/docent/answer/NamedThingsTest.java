package dev.docent.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.index.Terms;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class NamedThingsTest {
  @Test
  void findsYearsCodesAndNames() {
    NamedThings things =
        NamedThings.of("What does code E27 mean on the Aquila 700 that Brenlau made in FY2024?");

    assertThat(things.years()).containsExactly("2024");
    assertThat(things.codes()).containsExactlyInAnyOrder("e27", "700");
    assertThat(things.names()).containsExactly("Aquila", "Brenlau");
  }

  @Test
  void takesNoCapitalOfASentencesBeginningForAName() {
    assertThat(NamedThings.of("Which rate applies? Does it differ?").names()).isEmpty();
    assertThat(NamedThings.of("¿Cuántos días tengo?").names()).isEmpty();
  }

  @Test
  void takesNoGermanNounForAName() {
    assertThat(NamedThings.of("Wie lange muss nach Heißarbeiten eine Brandwache bleiben?").names())
        .isEmpty();
  }

  @Test
  void takesAQuantityForNoCode() {
    assertThat(NamedThings.of("Who earns more than 20 % after 5 years, by Q2?").codes()).isEmpty();
  }

  @Test
  void missesWhatIsAboutAnother() {
    assertThat(
            missing("daily allowance for Brazil in 2025?", "Daily allowances 2025: Norway EUR 71"))
        .isTrue();
    assertThat(missing("mileage rate in 2026?", "Mileage rate 2025: EUR 0.32")).isTrue();
    assertThat(missing("torque for the Aquila 700?", "Aquila 500: torque 95 Nm")).isTrue();
  }

  @Test
  void missesNothingThatIsThere() {
    assertThat(
            missing("What is Norway's allowance in 2025?", "Daily allowances 2025: Norway EUR 71"))
        .isFalse();
    assertThat(missing("torque for the Aquila 500?", "Aquila 500: torque 95 Nm")).isFalse();
    assertThat(missing("how long is the notice?", "The notice period is four weeks.")).isFalse();
  }

  @Test
  void forgivesOneOfThreeNamesAndOneOfTwoYears() {
    assertThat(missing("did Amara Quist and Bertil agree?", "Amara Quist agreed")).isFalse();
    assertThat(missing("what changed from 2024 to 2025?", "In 2025 the rate rose")).isFalse();
  }

  private static boolean missing(String question, String text) {
    Set<String> terms = Terms.of(text).stream().map(Terms.Term::value).collect(Collectors.toSet());
    return NamedThings.of(question).areMissingFrom(terms);
  }
}
