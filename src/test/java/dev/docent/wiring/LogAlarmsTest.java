package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.compliance.seal.Sealer;
import dev.docent.compliance.seal.WitnessClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LogAlarmsTest {
  private final AtomicReference<Sealer.State> sealer = new AtomicReference<>(Sealer.State.SEALING);
  private final AtomicReference<WitnessClient.State> witness =
      new AtomicReference<>(WitnessClient.State.SIGNED);
  private final AtomicBoolean checkFailed = new AtomicBoolean();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final LogAlarms alarms =
      new LogAlarms(
          () -> new Sealer.Health(sealer.get(), "7 records", Optional.empty()),
          () -> Optional.of(new WitnessClient.Health(witness.get(), "9 records", Optional.empty())),
          checkFailed::get,
          meters);

  @Test
  void whatIsWellIsNotTold() {
    assertThat(alarms.begun()).isEmpty();
    assertThat(gauge("damaged")).isZero();
    assertThat(gauge("witness_conflict")).isZero();
    assertThat(gauge("check_failed")).isZero();
  }

  @Test
  void anAlarmIsToldOnceEachTimeItBegins() {
    sealer.set(Sealer.State.DAMAGED);
    assertThat(alarms.begun()).singleElement().asString().contains("7 records");
    assertThat(alarms.begun()).isEmpty();
    witness.set(WitnessClient.State.CONFLICT);
    assertThat(alarms.begun()).singleElement().asString().contains("9 records");
    sealer.set(Sealer.State.SEALING);
    assertThat(alarms.begun()).isEmpty();
    sealer.set(Sealer.State.DAMAGED);
    assertThat(alarms.begun()).hasSize(1);
  }

  @Test
  void theMetricIsOneForAsLongAsItLasts() {
    checkFailed.set(true);
    witness.set(WitnessClient.State.CONFLICT);
    assertThat(gauge("check_failed")).isOne();
    assertThat(gauge("witness_conflict")).isOne();
    witness.set(WitnessClient.State.SIGNED);
    assertThat(gauge("witness_conflict")).isZero();
  }

  private double gauge(String kind) {
    return meters.get("docent.audit.alarm").tag("kind", kind).gauge().value();
  }
}
