package dev.docent.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// What this process may use of the machine.
///
/// @param cores physical processor cores, within the container's limit
/// @param availableMemoryBytes without swapping, within the container's limit
/// @param vectorUnits whether the processor has what the native library was built for: AVX2, FMA
///   and F16C on x86-64, always true elsewhere
public record Hardware(int cores, long availableMemoryBytes, boolean vectorUnits) {
  public Hardware {
    if (cores < 1 || availableMemoryBytes < 0) {
      throw new IllegalArgumentException(
          "cores %d, availableMemoryBytes %d".formatted(cores, availableMemoryBytes));
    }
  }

  /// Reads this machine's `/proc` and control group.
  public static Hardware detect() {
    return read(
        Path.of("/"), Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch"));
  }

  /// @param processors what the JVM may use, which respects the container's limit
  static Hardware read(Path root, int processors, String architecture) {
    List<String> processorInfo = lines(root.resolve("proc/cpuinfo"));
    boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
    return new Hardware(
        Math.min(processors, physicalCores(processorInfo, processors)),
        Math.min(freeMemory(root), freeInGroup(root)),
        !x86 || hasVectorUnits(processorInfo));
  }

  /// Two hardware threads of one core share its arithmetic units: more threads than cores slow
  /// llama.cpp.
  private static int physicalCores(List<String> processorInfo, int otherwise) {
    Set<String> cores = new HashSet<>();
    String socket = "";
    for (String line : processorInfo) {
      if (line.startsWith("physical id")) {
        socket = value(line);
      } else if (line.startsWith("core id")) {
        cores.add(socket + "/" + value(line));
      }
    }
    return cores.isEmpty() ? otherwise : cores.size();
  }

  private static boolean hasVectorUnits(List<String> processorInfo) {
    return processorInfo.stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> List.of(value(line).split(" ")))
        .orElse(List.of())
        .containsAll(List.of("avx2", "fma", "f16c"));
  }

  private static long freeMemory(Path root) {
    return lines(root.resolve("proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .findFirst()
        .map(line -> Long.parseLong(value(line).replace("kB", "").strip()) * 1024)
        .orElse(Long.MAX_VALUE);
  }

  /// What the control group (version 2, else 1) leaves; file pages it can drop count as free.
  private static long freeInGroup(Path root) {
    Path group = root.resolve("sys/fs/cgroup");
    OptionalLong limit = number(group.resolve("memory.max"));
    if (limit.isPresent()) {
      return free(limit.getAsLong(), group.resolve("memory.current"), group, "inactive_file ");
    }
    Path first = group.resolve("memory");
    limit = number(first.resolve("memory.limit_in_bytes"));
    return limit.isEmpty()
        ? Long.MAX_VALUE
        : free(
            limit.getAsLong(),
            first.resolve("memory.usage_in_bytes"),
            first,
            "total_inactive_file ");
  }

  private static long free(long limit, Path usage, Path group, String droppable) {
    long used = number(usage).orElse(0);
    long pages =
        lines(group.resolve("memory.stat")).stream()
            .filter(line -> line.startsWith(droppable))
            .findFirst()
            .map(line -> Long.parseLong(line.substring(droppable.length()).strip()))
            .orElse(0L);
    return Math.max(0, limit - Math.max(0, used - pages));
  }

  /// Empty for a missing file and for `max`.
  private static OptionalLong number(Path file) {
    return lines(file).stream()
        .filter(line -> line.matches("[0-9]{1,19}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  private static List<String> lines(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // not every kernel lets every file be read
    }
  }
}
