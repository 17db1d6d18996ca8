package dev.docent.ingest.tika;

/// Which characters of a document reach its text.
final class Characters {
  private Characters() {}

  /// Leaves out what nobody sees: control characters, soft hyphens, marks of byte order, direction
  /// and joining that carry hidden text, the tag characters. Special spaces become plain ones, lone
  /// surrogates the replacement character.
  static String visible(CharSequence raw) {
    int length = raw.length();
    StringBuilder out = new StringBuilder(length);
    for (int i = 0; i < length; ) {
      int code = Character.codePointAt(raw, i);
      i += Character.charCount(code);
      boolean windowsLineEnd = code == '\r' && i < length && raw.charAt(i) == '\n';
      int kept = windowsLineEnd ? -1 : visible(code);
      if (kept >= 0) {
        out.appendCodePoint(kept);
      }
    }
    return out.toString();
  }

  /// The character to show, or -1 for none.
  static int visible(int code) {
    if (code == '\n' || code == '\t') {
      return code;
    }
    return switch (Character.getType(code)) {
      case Character.CONTROL -> code == '\r' || code == 0x0b || code == 0x0c ? '\n' : -1;
      case Character.SURROGATE -> 0xfffd;
      case Character.SPACE_SEPARATOR -> ' ';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\n';
      // zero-width (non-)joiner shape words of Persian, Hindi and emoji
      case Character.FORMAT -> code == 0x200c || code == 0x200d ? code : -1;
      default -> code;
    };
  }
}
