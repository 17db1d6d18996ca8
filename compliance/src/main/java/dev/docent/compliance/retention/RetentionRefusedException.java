package dev.docent.compliance.retention;

/// The database does not let records go, or a second person is missing. Trying again helps when the
/// reason has passed.
public final class RetentionRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /// Why not.
  public enum Reason {
    TOO_YOUNG,
    HELD,
    NOT_WITNESSED,
    NOTHING_THERE,
    SAME_PERSON,
    NO_PERSON,
    ALREADY_DECIDED
  }

  RetentionRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
