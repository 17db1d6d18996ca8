package dev.docent.model;

import java.util.List;

/// Ends the output before the first stop sequence: text that could be the start of one is held back
/// until it is known. Confined to one thread.
final class StopSequences {
  private final List<String> sequences;
  private final StringBuilder held = new StringBuilder();
  private boolean reached;

  StopSequences(List<String> sequences) {
    this.sequences = sequences.stream().filter(s -> !s.isEmpty()).toList();
  }

  /// The text that may be shown now.
  String append(String text) {
    if (reached) {
      return "";
    }
    held.append(text);
    int stop = firstStop();
    if (stop >= 0) {
      reached = true;
      return take(stop);
    }
    return take(held.length() - longestBeginning());
  }

  /// What was held back, once the output has ended without a stop sequence.
  String finish() {
    return reached ? "" : take(held.length());
  }

  boolean reached() {
    return reached;
  }

  private int firstStop() {
    return sequences.stream().mapToInt(held::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  /// Length of the longest end of the held text with which a stop sequence begins.
  private int longestBeginning() {
    int longest = 0;
    for (String sequence : sequences) {
      for (int n = Math.min(sequence.length() - 1, held.length()); n > longest; n--) {
        if (sequence.startsWith(held.substring(held.length() - n))) {
          longest = n;
        }
      }
    }
    return longest;
  }

  private String take(int length) {
    String text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }
}
