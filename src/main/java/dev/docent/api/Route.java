package dev.docent.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who may use a route, and how its use is recorded. A route without it is refused to everyone.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Route {
  Who may();

  Trace trace();

  /// The acts that are on record after a use that was allowed and went well, the intent first; none
  /// with [Trace#NONE]. A test uses every route and looks for them.
  String[] records() default {};

  /// Whether an account that must choose its own password first may use it before.
  boolean beforePasswordChange() default false;

  /// Who may use a route.
  enum Who {
    /// Also without credentials.
    ANYONE,
    SIGNED_IN,
    ADMINISTRATOR,
    COMPLIANCE_OFFICER,
    /// Whoever can read the operator's token file on the machine.
    OPERATOR
  }

  /// What the audit log holds of a use that was allowed. Denials are always recorded.
  enum Trace {
    /// The change, in its own transaction.
    CHANGE,
    /// The intent before, the outcome after.
    INTENT_AND_OUTCOME,
    /// What was shown, before it is released.
    SHOWN,
    /// Nothing: it shows only what concerns the caller's own credentials, or counts and hashes, or
    /// takes bytes that nobody sees before a change on record makes a document of them.
    NONE
  }
}
