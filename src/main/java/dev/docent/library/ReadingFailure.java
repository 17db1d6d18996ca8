package dev.docent.library;

/// Why a document was not read although nothing is wrong with it, in words for the person who
/// brought it. The names are part of the API and are never reused for another meaning.
public enum ReadingFailure {
  DISK_FULL(
      "The disk of the data folder is full.",
      "Make room there and have the folder read again; nothing that was read before is lost."),
  MISSING(
      "The document's bytes are not in the store any more.",
      "Upload the document again, or have its folder read again."),
  INTERNAL_ERROR(
      "The service could not read the document.",
      "It is tried again when the service starts; the log says more.");

  private final String sentence;
  private final String whatToDo;

  ReadingFailure(String sentence, String whatToDo) {
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
