package dev.docent.ingest;

/// Why a document was not taken in, in words for the person who brought it. The names are part of
/// the API and are never reused for another meaning.
public enum RejectReason {
  EMPTY("The file is empty.", "Check that the file was saved or copied completely."),
  ENCRYPTED(
      "The document is protected by a password.",
      "Save a copy without the password and add that copy."),
  CORRUPTED(
      "The file is damaged or is not what its name says.",
      "Open it in the program that made it, save it again and add the new copy."),
  TOO_LARGE(
      "The document is larger than the limit.",
      "Split the document, or ask the administrator to raise the limit."),
  EXPANDS_TOO_MUCH(
      "The file unpacks to far more than its size, as an archive bomb does.",
      "If you trust the file, unpack it yourself and add its parts."),
  TOO_DEEP("Files are nested inside one another too deeply.", "Unpack the file and add its parts."),
  TIMED_OUT(
      "Reading the document took longer than the limit.",
      "Split the document, or save it again in a simpler form, for example as PDF."),
  OUT_OF_MEMORY(
      "Reading the document needed more memory than the limit.",
      "Split the document, or ask the administrator to raise the limit."),
  CRASHED(
      "The document brought the reader down.",
      "Open it in the program that made it, save it again and add the new copy."),
  UNSUPPORTED_TYPE(
      "This kind of file cannot be read.",
      "Save it as PDF, Office, OpenDocument, HTML, Markdown or plain text."),
  NO_TEXT(
      "The file holds no text.",
      "If it is a scan or a picture, scan it again with more contrast or resolution."),
  NEEDS_TEXT_RECOGNITION(
      "The file is a scan or a picture, and text recognition by Tesseract is not installed here.",
      "Install it (Debian, Ubuntu: apt install tesseract-ocr) and read the file again."),
  UNREADABLE("The file could not be opened.", "Check that the file exists and may be read.");

  private final String sentence;
  private final String whatToDo;

  RejectReason(String sentence, String whatToDo) {
    this.sentence = sentence;
    this.whatToDo = whatToDo;
  }

  /// What happened, one sentence.
  public String sentence() {
    return sentence;
  }

  /// What the person can do about it, one sentence.
  public String whatToDo() {
    return whatToDo;
  }
}
