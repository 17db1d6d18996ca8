package dev.docent.compliance.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// Which records: all restrictions hold at once, an empty one restricts nothing.
///
/// @param person acted, or was acted upon
/// @param acts any of these: a stable name, or its beginning up to and including the dot, such as
///   `question.`
/// @param document is named by the record
/// @param intent the record with this id and every record that refers to it: the timeline of one
///   question
/// @param from earliest time of recording, inclusive
/// @param to latest, exclusive
public record AuditQuery(
    Optional<ActorRef> person,
    Set<String> acts,
    Optional<UUID> document,
    Optional<AuditEvent.Outcome> outcome,
    Optional<UUID> intent,
    Optional<Instant> from,
    Optional<Instant> to) {

  private static final Pattern ACT = Pattern.compile("[a-z_]+\\.[a-z_]*");

  public static final AuditQuery ALL =
      new AuditQuery(
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public AuditQuery {
    acts = Set.copyOf(acts);
    if (!acts.stream().allMatch(act -> ACT.matcher(act).matches())) {
      throw new IllegalArgumentException("an act is 'noun.verb', or 'noun.' for all of a noun");
    }
  }

  public AuditQuery withPerson(ActorRef only) {
    return new AuditQuery(Optional.of(only), acts, document, outcome, intent, from, to);
  }

  public AuditQuery withAct(String... anyOf) {
    return new AuditQuery(person, Set.of(anyOf), document, outcome, intent, from, to);
  }

  public AuditQuery withDocument(UUID only) {
    return new AuditQuery(person, acts, Optional.of(only), outcome, intent, from, to);
  }

  public AuditQuery withOutcome(AuditEvent.Outcome only) {
    return new AuditQuery(person, acts, document, Optional.of(only), intent, from, to);
  }

  public AuditQuery withIntent(UUID only) {
    return new AuditQuery(person, acts, document, outcome, Optional.of(only), from, to);
  }

  public AuditQuery from(Instant inclusive) {
    return new AuditQuery(person, acts, document, outcome, intent, Optional.of(inclusive), to);
  }

  public AuditQuery to(Instant exclusive) {
    return new AuditQuery(person, acts, document, outcome, intent, from, Optional.of(exclusive));
  }
}
