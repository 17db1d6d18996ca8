package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HardwareTest {
  private static final String AVX2 = "flags\t\t: fpu sse4_2 avx2 fma f16c bmi2\n";

  @TempDir Path root;

  @Test
  void countsCoresNotHardwareThreads() throws IOException {
    write(
        "proc/cpuinfo",
        AVX2
            + "physical id\t: 0\ncore id\t\t: 0\n\nphysical id\t: 0\ncore id\t\t: 0\n"
            + "physical id\t: 0\ncore id\t\t: 1\n\nphysical id\t: 1\ncore id\t\t: 1\n");

    assertThat(Hardware.read(root, 8, "amd64").cores()).isEqualTo(3);
    assertThat(Hardware.read(root, 2, "amd64").cores()).as("the container's limit").isEqualTo(2);
  }

  @Test
  void trustsTheJvmWhereTheKernelSaysNothing() {
    Hardware hardware = Hardware.read(root, 4, "aarch64");

    assertThat(hardware).isEqualTo(new Hardware(4, Long.MAX_VALUE, true));
  }

  @Test
  void missesVectorUnits() throws IOException {
    write("proc/cpuinfo", "flags\t\t: fpu sse4_2 avx\n");

    assertThat(Hardware.read(root, 4, "amd64").vectorUnits()).isFalse();
    write("proc/cpuinfo", AVX2);
    assertThat(Hardware.read(root, 4, "x86_64").vectorUnits()).isTrue();
  }

  @Test
  void keepsToTheContainersMemory() throws IOException {
    write("proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable:    4000000 kB\n");
    assertThat(memory()).isEqualTo(4_096_000_000L);

    write("sys/fs/cgroup/memory.max", "2000000000\n");
    write("sys/fs/cgroup/memory.current", "1500000000\n");
    write("sys/fs/cgroup/memory.stat", "anon 5\ninactive_file 600000000\n");
    assertThat(memory()).as("file pages can be dropped").isEqualTo(1_100_000_000L);

    write("sys/fs/cgroup/memory.max", "max\n");
    assertThat(memory()).isEqualTo(4_096_000_000L);
  }

  @Test
  void knowsTheFirstVersionOfControlGroups() throws IOException {
    write("proc/meminfo", "MemAvailable:    4000000 kB\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000000000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "700000000\n");
    write("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 100000000\n");

    assertThat(memory()).isEqualTo(400_000_000L);
  }

  @Test
  void readsThisMachine() {
    Hardware here = Hardware.detect();

    assertThat(here.cores()).isBetween(1, Runtime.getRuntime().availableProcessors());
    assertThat(here.availableMemoryBytes()).isPositive();
  }

  private long memory() {
    return Hardware.read(root, 2, "aarch64").availableMemoryBytes();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
