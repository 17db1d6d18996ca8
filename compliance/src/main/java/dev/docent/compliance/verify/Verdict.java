package dev.docent.compliance.verify;

import java.util.List;
import java.util.OptionalLong;

/// What came of checking an export.
///
/// @param records looked at
/// @param firstBad number of the first record that is wrong, missing, or not proved; empty when
///   none was found, though `problems` may speak of a file as a whole
/// @param problems in words, the one of `firstBad` first; empty when all is well
/// @param shown what is proved, in words
/// @param notChecked what this check says nothing about, in words
public record Verdict(
    long records,
    OptionalLong firstBad,
    List<String> problems,
    List<String> shown,
    List<String> notChecked) {
  public Verdict {
    problems = List.copyOf(problems);
    shown = List.copyOf(shown);
    notChecked = List.copyOf(notChecked);
  }

  public boolean valid() {
    return problems.isEmpty();
  }

  /// Lines for a person.
  public String text() {
    StringBuilder text = new StringBuilder();
    if (valid()) {
      text.append("VALID\n");
    } else {
      text.append("NOT VALID\n");
      firstBad.ifPresent(seq -> text.append("first bad record: ").append(seq).append('\n'));
    }
    problems.forEach(problem -> text.append("  ").append(problem).append('\n'));
    shown.forEach(line -> text.append("shown: ").append(line).append('\n'));
    notChecked.forEach(line -> text.append("not checked: ").append(line).append('\n'));
    return text.toString();
  }
}
