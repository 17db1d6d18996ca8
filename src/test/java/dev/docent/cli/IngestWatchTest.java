package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class IngestWatchTest {
  @Test
  void theSummarySaysHowManyFilesKeepTheReadersThatSomebodyChose() throws IOException {
    String run =
        """
        {"done": 5, "unchanged": 2, "rejected": 1, "removed": 3, "labelsKept": 2}""";
    assertThat(IngestWatch.summary(ServiceClient.JSON.readTree(run)))
        .satisfiesExactly(
            line ->
                assertThat(line).isEqualTo("5 files: 2 read, 2 unchanged, 1 not read, 3 removed"),
            line -> assertThat(line).contains("2 of them keep the readers", "by hand", "--report"));
  }

  @Test
  void theSummaryIsOneLineWhereNothingIsToBeDone() throws IOException {
    String run =
        """
        {"done": 1, "unchanged": 0, "rejected": 0, "removed": 0, "labelsKept": 0}""";
    assertThat(IngestWatch.summary(ServiceClient.JSON.readTree(run)))
        .containsExactly("1 file: 1 read, 0 unchanged, 0 not read, 0 removed");
  }
}
