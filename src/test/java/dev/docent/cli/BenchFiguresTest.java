package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.cli.BenchFigures.Peer;
import dev.docent.cli.BenchFigures.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchFiguresTest {
  private final BenchFigures figures = new BenchFigures();

  @Test
  void tellsTheMiddleOfOddAndOfEven() {
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(1, 4, 9));
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(1, 3, 9));
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void takesAPercentileByTheNearestRank() {
    List<Double> tenths = List.of(10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0);

    assertThat(BenchFigures.percentile(tenths, 0.5)).isEqualTo(5);
    assertThat(BenchFigures.percentile(tenths, 0.95)).isEqualTo(10);
    assertThat(BenchFigures.percentile(List.of(3.0), 0.95)).isEqualTo(3);
  }

  @Test
  void comparesRunByRun() {
    figures.compare(
        "model",
        "generated, tokens/s",
        List.of(30.0, 12.0, 20.0),
        new Peer("theirs", List.of(30.0, 10.0, 25.0)));

    assertThat(figures.lines())
        .extracting(line -> line.strip().replaceAll(" {2,}", " | "))
        .containsExactly(
            "model | min | median | max",
            "generated, tokens/s | 12.0 | 20.0 | 30.0",
            "theirs | 10.0 | 25.0 | 30.0",
            "ratio | 0.800 | 1.00 | 1.20");
  }

  @Test
  void printsNoRatioWithoutAPeer() {
    figures.add("model", "generated, tokens/s", List.of(30.0));
    figures.note("model", "No server is at hand.");

    assertThat(figures.lines())
        .noneMatch(line -> line.contains("ratio"))
        .anyMatch(line -> line.contains("No server is at hand."));
  }

  @Test
  void keepsThePartsApart() {
    figures.add("ask", "p50", List.of(1.0));
    figures.note("start", "not measured");
    figures.add("ask", "p95", List.of(2.0));

    assertThat(figures.lines())
        .extracting(line -> line.strip().replaceAll(" .*", ""))
        .containsExactly("ask", "p50", "p95", "start", "not");
  }

  @Test
  void refusesAComparisonOfOtherRuns() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                figures.compare("model", "x", List.of(1.0, 2.0), new Peer("theirs", List.of(1.0))));
  }

  @Test
  void writesEveryRun() {
    figures.compare("model", "x", List.of(4.0, 9.0), new Peer("theirs", List.of(2.0, 3.0)));

    JsonNode json = ServiceClient.JSON.valueToTree(figures.json()).at("/figures/0");

    assertThat(json.at("/values/1").asDouble()).isEqualTo(9);
    assertThat(json.at("/peer/values/1").asDouble()).isEqualTo(3);
    assertThat(json.at("/ratios/1").asDouble()).isEqualTo(3);
    assertThat(json.at("/ratio/min").asDouble()).isEqualTo(2);
    assertThat(json.at("/spread/max").asDouble()).isEqualTo(9);
  }
}
