package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StopSequencesTest {

  @Test
  void endsBeforeTheFirst() {
    StopSequences stops = new StopSequences(List.of("\n\n", "END"));

    assertThat(stops.append("one END two\n\n")).isEqualTo("one ");
    assertThat(stops.reached()).isTrue();
    assertThat(stops.append("more")).isEmpty();
    assertThat(stops.finish()).isEmpty();
  }

  @Test
  void holdsBackWhatMayBeItsBeginning() {
    StopSequences stops = new StopSequences(List.of("</answer>"));

    assertThat(stops.append("yes </ans")).isEqualTo("yes ");
    assertThat(stops.append("wers>")).isEqualTo("</answers>");
    assertThat(stops.append("</answer")).isEmpty();
    assertThat(stops.append("> and")).isEmpty();
    assertThat(stops.reached()).isTrue();
  }

  @Test
  void givesBackWhatWasHeldWhenTheOutputEnds() {
    StopSequences stops = new StopSequences(List.of("abab"));

    assertThat(stops.append("xaba")).isEqualTo("x");
    assertThat(stops.finish()).isEqualTo("aba");
    assertThat(stops.reached()).isFalse();
  }

  @Test
  void takesTheLongestBeginningOfAny() {
    StopSequences stops = new StopSequences(List.of("aab", "b!"));

    assertThat(stops.append("aaa")).isEqualTo("a");
    assertThat(stops.append("b")).isEmpty();
    assertThat(stops.reached()).isTrue();
  }

  @Test
  void passesEverythingOnWithoutAny() {
    StopSequences stops = new StopSequences(List.of("", ""));

    assertThat(stops.append("all of it")).isEqualTo("all of it");
  }
}
