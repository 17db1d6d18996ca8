package dev.docent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Memory of processes as Linux accounts it.
///
/// @param residentBytes sum of their resident sets: pages that they share count for each
/// @param proportionalBytes the same with shared pages divided among those who share them
record ProcessMemory(long residentBytes, long proportionalBytes) {

  static ProcessMemory of(List<ProcessHandle> processes) {
    long resident = 0;
    long proportional = 0;
    for (var process : processes) {
      var folder = Path.of("/proc", "" + process.pid());
      resident += kilobytes(folder.resolve("status"), "VmRSS:") * 1024;
      proportional += kilobytes(folder.resolve("smaps_rollup"), "Pss:") * 1024;
    }
    return new ProcessMemory(resident, proportional);
  }

  /// The most that a process held resident so far; 0 once it has ended.
  static long peakBytes(ProcessHandle process) {
    var status = Path.of("/proc", "" + process.pid(), "status");
    try {
      return Files.exists(status) ? kilobytes(status, "VmHWM:") * 1024 : 0;
    } catch (CommandException e) {
      return 0; // it ended meanwhile
    }
  }

  private static long kilobytes(Path file, String key) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new CommandException("The memory of a process cannot be read: " + e.getMessage(), e);
    }
  }
}
