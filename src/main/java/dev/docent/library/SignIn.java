package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/// What came of an attempt to sign in.
public sealed interface SignIn {
  /// Signed in.
  ///
  /// @param secret value of the cookie; shown to nobody else
  record Opened(Account account, UUID session, Secret secret, Instant expiresAt) implements SignIn {
    public Opened {
      requireNonNull(account, "account");
      requireNonNull(session, "session");
      requireNonNull(secret, "secret");
      requireNonNull(expiresAt, "expiresAt");
    }
  }

  /// Unknown name, wrong password or disabled account: the caller is not told which.
  record Failed() implements SignIn {}

  /// Too many failures under this name; not even the right password is tried before `until`.
  ///
  /// @param tried whether this password was looked at, and was wrong
  record Locked(Instant until, boolean tried) implements SignIn {
    public Locked {
      requireNonNull(until, "until");
    }
  }
}
