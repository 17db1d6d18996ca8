package dev.docent.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the starting service adds to its log, as far as it is meant for the operator who waits: the
/// lines without a date.
final class LogTail {

  private final Path log;
  private long position;

  /// Begins at the log's present end.
  LogTail(Path log) {
    this.log = log;
    this.position = size();
  }

  private long size() {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  /// The whole lines since the last call.
  List<String> steps() {
    var size = size();
    if (size <= position) {
      return List.of();
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var added = new byte[(int) (size - position)];
      file.seek(position);
      file.readFully(added);
      var text = new String(added, StandardCharsets.UTF_8);
      var end = text.lastIndexOf('\n') + 1;
      position += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
      return text.substring(0, end)
          .lines()
          .filter(line -> !line.isBlank() && Character.isUpperCase(line.charAt(0)))
          .filter(line -> !line.startsWith("WARNING"))
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
