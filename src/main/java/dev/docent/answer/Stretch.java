package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.retrieve.Passage;

/// Words of a passage.
///
/// @param span in the passage's text
record Stretch(Passage passage, Sentences.Span span) {
  Stretch {
    requireNonNull(passage, "passage");
    requireNonNull(span, "span");
  }

  /// All of a passage.
  static Stretch whole(Passage passage) {
    return new Stretch(passage, new Sentences.Span(0, passage.source().chunk().text().length()));
  }

  String text() {
    return span.of(passage.source().chunk().text());
  }

  /// Whether the other one's words are all among these.
  boolean holds(Stretch other) {
    return isBeside(other) && span.start() <= other.span.start() && other.span.end() <= span.end();
  }

  /// Whether they have words in common.
  boolean overlaps(Stretch other) {
    return isBeside(other) && span.overlaps(other.span);
  }

  /// Whether both stand in the same passage.
  boolean isBeside(Stretch other) {
    return isOf(other.passage);
  }

  /// Whether this stands in the passage, whichever search has found it.
  boolean isOf(Passage other) {
    return passage.source().document().id().equals(other.source().document().id())
        && passage.source().chunk().ordinal() == other.source().chunk().ordinal();
  }
}
