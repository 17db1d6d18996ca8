package dev.docent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutageLineTest {
  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final Outage outage =
      new Outage(
          () -> now, cause -> lines.add("away " + cause), count -> lines.add("back " + count));

  @Test
  void saysOnceThatItBeginsAndOnceThatItEnds() {
    outage.over();
    outage.refused("Refused");
    outage.refused("Refused");
    now = now.plusSeconds(7);
    outage.refused("Other");
    outage.over();
    outage.over();

    assertThat(lines).containsExactly("away Refused", "back refused=3 seconds=7");
  }

  @Test
  void countsEachOutageByItself() {
    outage.refused("One");
    outage.over();
    outage.refused("Two");
    outage.over();

    assertThat(lines)
        .containsExactly(
            "away One", "back refused=1 seconds=0", "away Two", "back refused=1 seconds=0");
  }
}
