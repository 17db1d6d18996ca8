package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.api.OperatorToken;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.Identities;
import dev.docent.compliance.audit.TextDigester;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Who is who in the log: the pseudonym and the keyed digests of each account, remembered. Safe for
/// concurrent use.
final class Pseudonyms {
  private static final Map<String, ActorRef> NOT_A_PERSON =
      Map.of("system", ActorRef.SYSTEM, OperatorToken.ACCOUNT, ActorRef.OPERATOR);

  private final Identities identities;
  private final TextDigester installation;
  private final Map<String, ActorRef> pseudonyms = new ConcurrentHashMap<>();
  private final Map<ActorRef, TextDigester> digesters = new ConcurrentHashMap<>();

  /// @param installation digests texts that belong to no person
  Pseudonyms(Identities identities, TextDigester installation) {
    this.identities = requireNonNull(identities, "identities");
    this.installation = requireNonNull(installation, "installation");
  }

  ActorRef of(Caller caller) {
    return of(caller.id(), caller.name());
  }

  /// Of an account that was recorded before.
  ActorRef of(UUID account) {
    return of(account.toString(), account.toString());
  }

  /// The pseudonym of an account; its name is what the log's reader is told while it is not erased,
  /// and the one given when the account was made holds.
  ActorRef of(String id, String name) {
    ActorRef fixed = NOT_A_PERSON.get(id);
    if (fixed != null) {
      return fixed;
    }
    ActorRef known = pseudonyms.get(id);
    if (known != null) {
      return known;
    }
    ActorRef made =
        identities
            .find(id)
            .orElseGet(() -> identities.pseudonymOf(new Identities.Person(id, name)));
    pseudonyms.put(id, made);
    return made;
  }

  /// What digests a person's texts. Kept, so that a question does not wait for the map of people.
  TextDigester digester(ActorRef actor) {
    if (!actor.isPseudonym()) {
      return installation;
    }
    TextDigester known = digesters.get(actor);
    if (known == null) {
      known = identities.digesterOf(actor).orElse(installation);
      digesters.put(actor, known);
    }
    return known;
  }
}
