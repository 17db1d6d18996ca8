package dev.docent.library;

/// A request that the library cannot fulfil as it stands. The message is for the person who asked.
public abstract sealed class LibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private LibraryException(String message) {
    super(message);
  }

  /// There is no such thing, or the caller may not know that there is.
  public static final class NotFound extends LibraryException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message);
    }
  }

  /// The request contradicts what is there.
  public static final class Conflict extends LibraryException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /// A field has a value that cannot be.
  public static final class Invalid extends LibraryException {
    private static final long serialVersionUID = 1L;
    private final String field;

    public Invalid(String field, String message) {
      super(message);
      this.field = field;
    }

    public String field() {
      return field;
    }
  }
}
