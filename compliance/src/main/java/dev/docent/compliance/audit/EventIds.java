package dev.docent.compliance.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes receipts: the time of an act and a UUIDv7 (RFC 9562, 5.7) of that millisecond. Safe for
/// concurrent use.
final class EventIds {
  private final InstantSource clock;
  private final RandomGenerator random;

  EventIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  Receipt next() {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long high = (time.toEpochMilli() << 16) | 0x7000 | (random.nextLong() & 0x0fff);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new Receipt(new UUID(high, low), time);
  }
}
