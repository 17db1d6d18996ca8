package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From the start to a cited answer, an export that verifies and the stop, where the loopback is
/// all the network there is. A connection that anything tried to make elsewhere would find no
/// route, and the kernel counts those.
final class OfflineIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> ALONE = List.of("unshare", "--net", "--");
  private static final List<String> ALONE_AS_A_USER =
      List.of("unshare", "--map-root-user", "--net", "--");

  private static final String JOURNEY =
      """
      set -eu
      python3 - <<'END'
      import fcntl, socket, struct
      up = struct.pack('16sH', b'lo', 0x1 | 0x40) + bytes(14)
      fcntl.ioctl(socket.socket(), 0x8914, up)
      END
      docent() { "$JAVA" -Xmx128m -Ddocent.home="$HOUSE" -cp "$APP" dev.docent.cli.Main "$@"; }
      trap 'docent down --data "$DATA"' EXIT
      docent up "$DOCUMENTS" --data "$DATA" --port "$PORT"
      docent status --data "$DATA" --json > status.json
      docent ask --data "$DATA" --json "$QUESTION" > answer.json
      docent audit export --data "$DATA" --format bundle --out record.zip
      docent audit verify record.zip > verified.txt
      trap - EXIT
      docent down --data "$DATA"
      cat /proc/net/snmp > packets.txt
      cat /proc/net/snmp6 > packets6.txt
      """;

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void nothingIsMissedAndNothingIsTried() throws Exception {
    List<String> alone = succeeds(ALONE) ? ALONE : ALONE_AS_A_USER;
    assumeTrue(
        succeeds(alone),
        "no network namespace to be had (it takes root, or user namespaces; Linux)");
    Path house = Path.of("..").toAbsolutePath().normalize();
    Path app = house.resolve("src/target/quarkus-app");
    Path documents = Files.createDirectory(folder.resolve("documents"));
    Files.writeString(
        documents.resolve("leave.md"),
        "# Leave\n\nFull-time employees are entitled to 27 working days of annual leave.\n");

    Path log = folder.resolve("journey.log");
    List<String> command = new ArrayList<>(alone);
    command.addAll(List.of("bash", "-c", JOURNEY));
    ProcessBuilder journey =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    journey
        .environment()
        .putAll(
            Map.of(
                "JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "HOUSE", house.toString(),
                "APP", app + "/app/*:" + app + "/lib/main/*:" + app + "/lib/boot/*",
                "DOCUMENTS", documents.toString(),
                "DATA", folder.resolve("data").toString(),
                "PORT", "8080", // nobody else's: the network is its own
                "QUESTION", "How many days of annual leave do I have?"));
    int ended = journey.start().waitFor();
    assertThat(ended).as(() -> read(log)).isZero();

    JsonNode answer = JSON.readTree(folder.resolve("answer.json").toFile());
    assertThat(answer.path("quotations").path(0).path("text").asText()).contains("27 working days");
    assertThat(read(folder.resolve("verified.txt"))).contains("VALID").doesNotContain("NOT VALID");
    assertThat(counted(folder.resolve("packets.txt")))
        .as("packets to where there is no way")
        .containsEntry("OutNoRoutes", 0L);
    assertThat(counted6(folder.resolve("packets6.txt"))).containsEntry("Ip6OutNoRoutes", 0L);
  }

  private static boolean succeeds(List<String> alone) throws InterruptedException {
    List<String> command = new ArrayList<>(alone);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// Lines come in pairs, names over values; the IP protocol's is the first.
  private static Map<String, Long> counted(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.get(0).split(" ");
    String[] values = lines.get(1).split(" ");
    Map<String, Long> counts = new HashMap<>();
    for (int i = 1; i < names.length; i++) {
      counts.put(names[i], Long.valueOf(values[i]));
    }
    return counts;
  }

  private static Map<String, Long> counted6(Path file) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.trim().split("\\s+");
      counts.put(cells[0], Long.valueOf(cells[1]));
    }
    return counts;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
