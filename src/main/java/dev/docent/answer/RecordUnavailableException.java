package dev.docent.answer;

/// The record cannot be written, so nothing may be answered. Trying again helps once it can.
public final class RecordUnavailableException extends RuntimeException {
  public RecordUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
