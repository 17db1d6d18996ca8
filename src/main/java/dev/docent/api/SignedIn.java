package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.library.Account;
import dev.docent.library.Credential;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// On whose behalf the current request is carried out; set by [RequestGate].
@RequestScoped
class SignedIn {
  private @Nullable Caller caller;
  private String operation = "";
  private @Nullable Credential credential;

  void as(Caller someone, Optional<Credential> by, String to) {
    caller = someone;
    operation = to;
    credential = by.orElse(null);
  }

  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("The route is open to anyone, so there is no caller");
    }
    return caller;
  }

  /// Method and route template of the request.
  String operation() {
    return operation;
  }

  /// Empty for the local operator, who has no account.
  Optional<Credential> credential() {
    return Optional.ofNullable(credential);
  }

  Credential accountCredential() {
    return credential()
        .orElseThrow(
            () ->
                ApiException.of(
                    ErrorCode.CONFLICT, "The local operator has no account of its own"));
  }

  Account account() {
    return accountCredential().account();
  }

  UUID accountId() {
    return account().id();
  }
}
