package dev.docent.compliance.audit;

import java.util.regex.Pattern;

/// Who acted, or whom an act is about: a random pseudonym of a person, or one of three fixed actors
/// that are not a person.
///
/// A pseudonym is `act_` and 26 characters of RFC 4648 base32 in lower case (128 random bits). Only
/// [Identities] knows the person behind it, until that entry is erased.
public record ActorRef(String value) {
  private static final Pattern FORM = Pattern.compile("act_[a-z2-7]{26}|system|operator|anonymous");

  /// The service itself: start, stop, sealing, reconciliation.
  public static final ActorRef SYSTEM = new ActorRef("system");

  /// Whoever holds the operator's token file on the machine.
  public static final ActorRef OPERATOR = new ActorRef("operator");

  /// A caller without valid credentials.
  public static final ActorRef ANONYMOUS = new ActorRef("anonymous");

  public ActorRef {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an actor reference");
    }
  }

  /// Whether a person stands behind the reference.
  public boolean isPseudonym() {
    return value.startsWith("act_");
  }

  @Override
  public String toString() {
    return value;
  }
}
