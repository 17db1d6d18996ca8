package dev.docent.cli;

/// One line of an examination: what was looked at, how it is, and what to do.
record Finding(Level level, String subject, String text) {

  /// How it is.
  enum Level {
    OK("ok"),
    /// It works; the text says what would be better or what is not there.
    NOTE("note"),
    /// It does not work until something is done.
    PROBLEM("PROBLEM");

    private final String word;

    Level(String word) {
      this.word = word;
    }
  }

  static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text);
  }

  static Finding note(String subject, String text) {
    return new Finding(Level.NOTE, subject, text);
  }

  static Finding problem(String subject, String text) {
    return new Finding(Level.PROBLEM, subject, text);
  }

  boolean isProblem() {
    return level == Level.PROBLEM;
  }

  /// As the launcher prints its own findings.
  String line() {
    return "%-8s %-12s %s".formatted(level.word, subject, text);
  }
}
