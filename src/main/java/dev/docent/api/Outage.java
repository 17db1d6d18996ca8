package dev.docent.api;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Says once that something is away and once that it is back, however many requests are refused
/// between. Safe for concurrent use.
final class Outage {
  private final InstantSource clock;
  private final Consumer<String> begins;
  private final Consumer<String> ends;
  private volatile boolean lasts;
  private long refused; // guarded by this
  private long since; // guarded by this: milliseconds

  /// @param begins told the cause of the first refusal
  /// @param ends told how many there were
  Outage(InstantSource clock, Consumer<String> begins, Consumer<String> ends) {
    this.clock = clock;
    this.begins = begins;
    this.ends = ends;
  }

  /// A request was refused.
  synchronized void refused(String cause) {
    refused++;
    if (!lasts) {
      lasts = true;
      since = clock.millis();
      begins.accept(cause);
    }
  }

  /// A request went through.
  void over() {
    if (lasts) {
      end();
    }
  }

  private synchronized void end() {
    if (lasts) {
      lasts = false;
      ends.accept(
          "refused=%d seconds=%d"
              .formatted(refused, Duration.ofMillis(clock.millis() - since).toSeconds()));
      refused = 0;
    }
  }
}
