package dev.docent.ingest;

/// Something a reader of a parsed document should know: it was taken in, but not in the plain way.
public enum Notice {
  TEXT_RECOGNISED("Text on scanned pages was recognised (OCR) and may hold errors."),
  SCANS_NOT_READ("Some pages are scans without text; text recognition (OCR) is not available."),
  HIDDEN_TEXT_LEFT_OUT("The document holds text that nobody can see; it was left out."),
  TRUNCATED("The document is longer than the limit; its end was left out."),
  PARTS_NOT_READ("Some attached or embedded files could not be read.");

  private final String sentence;

  Notice(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
