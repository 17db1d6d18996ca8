package dev.docent.cli;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a command writes: results to the standard output, progress and problems to the standard
/// error. Escape sequences appear only on a terminal, and never under `NO_COLOR`.
final class Terminal {

  private static final int NARROWEST = 40;
  private static final int USUAL_COLUMNS = 80;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean styled;
  private final boolean moving;
  private final int columns;

  Terminal(PrintStream out, PrintStream err, boolean styled, boolean moving, int columns) {
    this.out = out;
    this.err = err;
    this.styled = styled;
    this.moving = moving;
    this.columns = columns;
  }

  /// The terminal of this process, as the launcher found it.
  static Terminal ofProcess() {
    return of(System.getenv(), System.out, System.err);
  }

  static Terminal of(Map<String, String> environment, PrintStream out, PrintStream err) {
    var noColor = environment.getOrDefault("NO_COLOR", "");
    var dumb = "dumb".equals(environment.get("TERM"));
    return new Terminal(
        out,
        err,
        "yes".equals(environment.get("DOCENT_TERMINAL_OUT")) && noColor.isEmpty() && !dumb,
        "yes".equals(environment.get("DOCENT_TERMINAL_ERR")) && !dumb,
        columns(environment.get("DOCENT_COLUMNS")));
  }

  private static int columns(@Nullable String value) {
    try {
      return value == null ? USUAL_COLUMNS : Math.max(NARROWEST, Integer.parseInt(value.strip()));
    } catch (NumberFormatException _) {
      return USUAL_COLUMNS;
    }
  }

  /// A line of result.
  void line(String text) {
    out.println(text);
  }

  /// A part of a line, shown at once.
  void part(String text) {
    out.print(text);
    out.flush();
  }

  /// A line about what is going on.
  void note(String text) {
    err.println(text);
  }

  /// What went wrong.
  void problem(@Nullable String text) {
    err.println("docent: " + text);
  }

  String bold(String text) {
    return styled ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  String faint(String text) {
    return styled ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  int columns() {
    return columns;
  }

  /// A progress line on the standard error.
  Progress progress(String label) {
    return new Progress(err, moving, columns, label);
  }
}
