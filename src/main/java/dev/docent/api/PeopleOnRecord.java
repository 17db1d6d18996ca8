package dev.docent.api;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.Identities;
import dev.docent.library.Accounts;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/// Whom the log knows, by what people call them. Safe for concurrent use.
@Singleton
final class PeopleOnRecord {
  private final Identities identities;
  private final Accounts accounts;

  @Inject
  PeopleOnRecord(Identities identities, Accounts accounts) {
    this.identities = identities;
    this.accounts = accounts;
  }

  /// @param text user name, name, account id, pseudonym, `operator` or `system`
  Optional<ActorRef> named(String text) {
    String id = text.toLowerCase(Locale.ROOT);
    try {
      return Optional.of(new ActorRef(id));
    } catch (IllegalArgumentException _) {
      return identities
          .find(id)
          .or(() -> accounts.named(text).flatMap(known -> identities.find(known.id().toString())));
    }
  }
}
