package dev.docent.cli;

import java.io.PrintStream;
import java.time.Duration;

/// A progress bar on one moving line of a terminal; elsewhere a plain line now and then. Confined
/// to one thread.
///
/// ```
/// Reading samples [#########···········]  18/40  handbook/employee-handbook.pdf
/// ```
final class Progress implements AutoCloseable {

  private static final int BAR_COLUMNS = 20;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Duration BETWEEN_MOVES = Duration.ofMillis(80);

  private final PrintStream out;
  private final boolean moving;
  private final int columns;
  private final String label;
  private long lastShown = System.nanoTime() - BETWEEN_LINES.toNanos();
  private boolean shown;

  Progress(PrintStream out, boolean moving, int columns, String label) {
    this.out = out;
    this.moving = moving;
    this.columns = columns;
    this.label = label;
  }

  /// Shows how far it is.
  ///
  /// @param done and `total` in the same unit; a total of 0 is not known yet
  /// @param figures the two in words, "18/40" or "120 of 490 MB"
  /// @param detail what is being done now; cut where the line ends
  void update(long done, long total, String figures, String detail) {
    var now = System.nanoTime();
    var pause = moving ? BETWEEN_MOVES : BETWEEN_LINES;
    if (now - lastShown < pause.toNanos() && done < total) {
      return;
    }
    lastShown = now;
    if (moving) {
      out.print("\r\u001b[K" + line(done, total, figures, detail, columns));
      out.flush();
    } else {
      out.println(label + " " + figures);
    }
    shown = true;
  }

  String line(long done, long total, String figures, String detail, int width) {
    var filled = total <= 0 ? 0 : (int) Math.min(BAR_COLUMNS, BAR_COLUMNS * done / total);
    var text =
        "%s [%s%s] %s  %s"
            .formatted(
                label, "#".repeat(filled), "\u00b7".repeat(BAR_COLUMNS - filled), figures, detail);
    return text.length() < width ? text.stripTrailing() : text.substring(0, width - 1);
  }

  /// Clears the moving line, so that what follows begins on an empty one.
  @Override
  public void close() {
    if (moving && shown) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
