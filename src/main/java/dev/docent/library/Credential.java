package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;

/// A presented secret that was recognised.
///
/// @param id of the token or session, to end what hangs on it when it is revoked
/// @param session the cookie's secret when it came by cookie, for the check against forged requests
public record Credential(Account account, UUID id, Optional<Secret> session) {
  public Credential {
    requireNonNull(account, "account");
    requireNonNull(id, "id");
    requireNonNull(session, "session");
  }
}
