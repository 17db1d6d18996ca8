package dev.docent.compliance.audit;

/// The log could not take a record in time, so the act it would have recorded must not happen, or,
/// if it is under way, must not be reported as completed.
///
/// Trying again later may help. It never says that a record was not written unless [#mayBeWritten]
/// is false: an intent in doubt is closed as `unknown` at the next start.
public final class AuditUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mayBeWritten;

  public AuditUnavailableException(String message, boolean mayBeWritten, Throwable cause) {
    super(message, cause);
    this.mayBeWritten = mayBeWritten;
  }

  AuditUnavailableException(String message, boolean mayBeWritten) {
    super(message);
    this.mayBeWritten = mayBeWritten;
  }

  /// Whether the record may stand in the log all the same: the database was asked to commit it and
  /// did not answer.
  public boolean mayBeWritten() {
    return mayBeWritten;
  }
}
