package dev.docent.api;

/// What can go wrong, as a program may know it: the `code` of a problem. Part of the API; a name is
/// never given another meaning.
public enum ErrorCode {
  INVALID_REQUEST("invalid_request", 400, Kind.USER, "The request is not as it should be"),
  NOT_SIGNED_IN("not_signed_in", 401, Kind.USER, "Sign in first"),
  SIGN_IN_FAILED("sign_in_failed", 401, Kind.USER, "User name or password is wrong"),
  WRONG_PASSWORD("wrong_password", 403, Kind.USER, "The current password is wrong"),
  NOT_ALLOWED("not_allowed", 403, Kind.USER, "Your account may not do this"),
  LOCAL_ONLY("local_only", 403, Kind.USER, "Only the local operator may do this"),
  FORGED_REQUEST("forged_request", 403, Kind.USER, "The request lacks its X-CSRF-Token"),
  PASSWORD_CHANGE_REQUIRED(
      "password_change_required", 403, Kind.USER, "Choose a password of your own first"),
  NOT_FOUND("not_found", 404, Kind.USER, "There is no such thing"),
  METHOD_NOT_ALLOWED("method_not_allowed", 405, Kind.USER, "This address takes other methods"),
  NOT_ACCEPTABLE("not_acceptable", 406, Kind.USER, "The answer cannot have the form asked for"),
  CONFLICT("conflict", 409, Kind.USER, "The request contradicts what is there"),
  TOO_LARGE("too_large", 413, Kind.USER, "The document is larger than the limit"),
  UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", 415, Kind.USER, "The body has another form"),
  RANGE_NOT_SATISFIABLE("range_not_satisfiable", 416, Kind.USER, "The document has no such bytes"),
  TOO_MANY_ATTEMPTS("too_many_attempts", 429, Kind.USER, "Too many failed attempts to sign in"),
  INTERNAL("internal_error", 500, Kind.INTERNAL, "The service failed"),
  STORAGE_FULL("storage_full", 507, Kind.RESOURCE, "The service's disk has no room for it"),
  AUDIT_UNAVAILABLE(
      "audit_unavailable",
      503,
      Kind.RESOURCE,
      "Nothing is answered while the audit record cannot be written"),
  STORAGE_UNAVAILABLE("storage_unavailable", 503, Kind.RESOURCE, "The database cannot be reached");

  /// Who can do something about it.
  enum Kind {
    USER,
    RESOURCE,
    INTERNAL
  }

  private final String code;
  private final int status;
  private final Kind kind;
  private final String title;

  ErrorCode(String code, int status, Kind kind, String title) {
    this.code = code;
    this.status = status;
    this.kind = kind;
    this.title = title;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  Kind kind() {
    return kind;
  }

  public String title() {
    return title;
  }
}
