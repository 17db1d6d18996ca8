package dev.docent.compliance.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The verifier as an auditor runs it, in a JVM whose heap is a fraction of what it reads.
class BoundedMemoryTest {
  @TempDir Path folder;

  @Test
  void aWholeLogIsVerifiedInAHeapMuchSmallerThanItsFile() throws Exception {
    LargeExport.write(folder, 150_000, 1);
    assertThat(verified()).startsWith("0 VALID\n").contains("complete: every record from 0 to");
  }

  @Test
  void soIsAnExportWithAGapAfterEachRecord() throws Exception {
    LargeExport.write(folder, 60_000, 2);
    assertThat(verified()).startsWith("0 VALID\nshown: 30000 records");
  }

  /// Exit code and output.
  private String verified() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx24m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "verify",
                    folder.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + " " + said;
  }
}
