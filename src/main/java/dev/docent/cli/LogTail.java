package dev.docent.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the starting service adds to its log. What earlier ones wrote there is not its own.
final class LogTail {

  private final Path log;
  private long began;
  private long position;

  /// Begins at the log's present end: made before the service is started.
  LogTail(Path log) {
    this.log = log;
    this.began = size();
    this.position = began;
  }

  private long size() {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  /// The whole lines since the last call that are meant for the operator who waits: those without a
  /// date.
  List<String> steps() {
    try {
      rewindIfMoved();
      var text = since(position);
      var whole = text.substring(0, text.lastIndexOf('\n') + 1);
      position += whole.getBytes(StandardCharsets.UTF_8).length;
      return whole
          .lines()
          .filter(line -> !line.isBlank() && Character.isUpperCase(line.charAt(0)))
          .filter(line -> !line.startsWith("WARNING"))
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /// The last lines since the start; empty where there is no log.
  List<String> last(int most) {
    try {
      rewindIfMoved();
      var lines = since(began).lines().toList();
      return lines.subList(Math.max(0, lines.size() - most), lines.size());
    } catch (IOException _) {
      return List.of();
    }
  }

  /// A full log is moved away when the service is started, and begins anew.
  private void rewindIfMoved() throws IOException {
    if (Files.size(log) < began) {
      began = 0;
      position = 0;
    }
  }

  private String since(long start) throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var added = new byte[(int) Math.max(0, file.length() - start)];
      file.seek(start);
      file.readFully(added);
      return new String(added, StandardCharsets.UTF_8);
    }
  }
}
