package dev.docent.wiring;

import dev.docent.compliance.seal.Sealer;
import dev.docent.compliance.seal.WitnessClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// What a person must learn of the audit log although the service goes on: an error in the
/// service's own log, once each time it begins, and the metric `docent.audit.alarm`, 1 for as long
/// as it lasts. Looked for in one thread.
final class LogAlarms {
  private static final Logger LOG = Logger.getLogger(LogAlarms.class);

  private final Supplier<Sealer.Health> sealer;
  private final Supplier<Optional<WitnessClient.Health>> witness;
  private final BooleanSupplier checkFailed;
  private final Set<Alarm> told = EnumSet.noneOf(Alarm.class);

  /// Label `kind` of the metric.
  enum Alarm {
    /// The database is not what was signed: nothing is signed any more.
    DAMAGED,
    /// The witness knows another history of this log.
    WITNESS_CONFLICT,
    /// The last check of the whole log found it to be another than was signed. Whoever checks says
    /// so themselves.
    CHECK_FAILED
  }

  LogAlarms(
      Supplier<Sealer.Health> sealer,
      Supplier<Optional<WitnessClient.Health>> witness,
      BooleanSupplier checkFailed,
      MeterRegistry meters) {
    this.sealer = sealer;
    this.witness = witness;
    this.checkFailed = checkFailed;
    for (Alarm alarm : Alarm.values()) {
      Gauge.builder("docent.audit.alarm", this, all -> all.lasting().contains(alarm) ? 1 : 0)
          .tag("kind", alarm.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
  }

  void look() {
    begun().forEach(LOG::error);
  }

  /// In words, with numbers and ids at most, what began since this was last asked.
  List<String> begun() {
    Set<Alarm> lasting = lasting();
    List<String> messages = new ArrayList<>();
    if (lasting.contains(Alarm.DAMAGED) && !told.contains(Alarm.DAMAGED)) {
      messages.add("The audit log is damaged and is not signed any more: " + sealer.get().reason());
    }
    if (lasting.contains(Alarm.WITNESS_CONFLICT) && !told.contains(Alarm.WITNESS_CONFLICT)) {
      messages.add(
          "The audit log is not the one that its witness knows: "
              + witness.get().map(WitnessClient.Health::reason).orElse(""));
    }
    told.clear();
    told.addAll(lasting);
    return messages;
  }

  private Set<Alarm> lasting() {
    Set<Alarm> lasting = EnumSet.noneOf(Alarm.class);
    if (sealer.get().state() == Sealer.State.DAMAGED) {
      lasting.add(Alarm.DAMAGED);
    }
    if (witness.get().filter(of -> of.state() == WitnessClient.State.CONFLICT).isPresent()) {
      lasting.add(Alarm.WITNESS_CONFLICT);
    }
    if (checkFailed.getAsBoolean()) {
      lasting.add(Alarm.CHECK_FAILED);
    }
    return lasting;
  }
}
