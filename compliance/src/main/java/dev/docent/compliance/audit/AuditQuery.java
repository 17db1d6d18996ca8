package dev.docent.compliance.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Which records: all restrictions hold at once, an empty one restricts nothing.
///
/// @param person acted, or was acted upon
/// @param act stable name, or its beginning up to and including the dot, such as `question.`
/// @param document is named by the record
/// @param intent the record with this id and every record that refers to it: the timeline of one
///   question
/// @param from earliest time of recording, inclusive
/// @param to latest, exclusive
public record AuditQuery(
    Optional<ActorRef> person,
    Optional<String> act,
    Optional<UUID> document,
    Optional<AuditEvent.Outcome> outcome,
    Optional<UUID> intent,
    Optional<Instant> from,
    Optional<Instant> to) {

  private static final Pattern ACT = Pattern.compile("[a-z_]+\\.[a-z_]*");

  public static final AuditQuery ALL =
      new AuditQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public AuditQuery {
    if (act.isPresent() && !ACT.matcher(act.get()).matches()) {
      throw new IllegalArgumentException("an act is 'noun.verb', or 'noun.' for all of a noun");
    }
  }

  public AuditQuery withPerson(ActorRef only) {
    return new AuditQuery(Optional.of(only), act, document, outcome, intent, from, to);
  }

  public AuditQuery withAct(String only) {
    return new AuditQuery(person, Optional.of(only), document, outcome, intent, from, to);
  }

  public AuditQuery withDocument(UUID only) {
    return new AuditQuery(person, act, Optional.of(only), outcome, intent, from, to);
  }

  public AuditQuery withOutcome(AuditEvent.Outcome only) {
    return new AuditQuery(person, act, document, Optional.of(only), intent, from, to);
  }

  public AuditQuery withIntent(UUID only) {
    return new AuditQuery(person, act, document, outcome, Optional.of(only), from, to);
  }

  public AuditQuery from(Instant inclusive) {
    return new AuditQuery(person, act, document, outcome, intent, Optional.of(inclusive), to);
  }

  public AuditQuery to(Instant exclusive) {
    return new AuditQuery(person, act, document, outcome, intent, from, Optional.of(exclusive));
  }
}
