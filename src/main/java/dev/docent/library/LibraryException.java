package dev.docent.library;

import java.util.Map;
import java.util.Optional;

/// A request that the library cannot fulfil as it stands. The message is for the person who asked.
public abstract sealed class LibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Reason> reason;
  private final transient Map<String, Object> values;

  /// What exactly stands in the way of something that people do with the page. The names are part
  /// of the API and are never reused for another meaning.
  public enum Reason {
    ACCOUNT_EXISTS,
    BAD_PATH,
    BAD_USERNAME,
    COLLECTION_EXISTS,
    EVERYONE_STAYS,
    GROUP_EXISTS,
    GROUP_IN_USE,
    LAST_ADMINISTRATOR,
    LENGTH,
    NO_SUCH_ACCOUNT,
    NO_SUCH_COLLECTION,
    NO_SUCH_CONVERSATION,
    NO_SUCH_DOCUMENT,
    NO_SUCH_GROUP,
    NO_SUCH_RECORD,
    NO_SUCH_UPLOAD,
    PASSWORD_TOO_PLAIN,
    PATH_OF_FOLDER,
    PATH_TAKEN,
    TOO_MANY_UPLOADS,
    UNKNOWN_GROUP
  }

  private LibraryException(String message, Optional<Reason> reason, Map<String, Object> values) {
    super(message);
    this.reason = reason;
    this.values = Map.copyOf(values);
  }

  /// Empty where no more is to be said than the kind of exception does.
  public Optional<Reason> reason() {
    return reason;
  }

  /// The names and numbers that the message mentions, by their names.
  public Map<String, Object> values() {
    return values;
  }

  /// There is no such thing, or the caller may not know that there is.
  public static final class NotFound extends LibraryException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message, Optional.empty(), Map.of());
    }

    public NotFound(Reason reason, String message) {
      super(message, Optional.of(reason), Map.of());
    }
  }

  /// The request contradicts what is there.
  public static final class Conflict extends LibraryException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message, Optional.empty(), Map.of());
    }

    public Conflict(Reason reason, String message) {
      this(reason, message, Map.of());
    }

    public Conflict(Reason reason, String message, Map<String, Object> values) {
      super(message, Optional.of(reason), values);
    }
  }

  /// A field has a value that cannot be.
  public static final class Invalid extends LibraryException {
    private static final long serialVersionUID = 1L;
    private final String field;

    public Invalid(String field, String message) {
      super(message, Optional.empty(), Map.of());
      this.field = field;
    }

    public Invalid(String field, Reason reason, String message) {
      this(field, reason, message, Map.of());
    }

    public Invalid(String field, Reason reason, String message, Map<String, Object> values) {
      super(message, Optional.of(reason), values);
      this.field = field;
    }

    /// A text is too short or too long.
    static Invalid length(String field, String message, int min, int max) {
      return new Invalid(field, Reason.LENGTH, message, Map.of("min", min, "max", max));
    }

    public String field() {
      return field;
    }
  }
}
