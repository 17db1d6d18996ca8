package dev.docent.api;

import dev.docent.answer.Cancellation;
import dev.docent.answer.Cancellation.Cause;
import dev.docent.library.Credential;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The answers being made, by who asked, so that they end with the right to them (when an account
/// is disabled, its password reset, or the session or token revoked) and with the service. Safe for
/// concurrent use.
@Singleton
final class LiveStreams {
  private static final int BEFORE_THE_LOG_IS_CLOSED = 1;
  private static final Duration RECORDED_WITHIN = Duration.ofSeconds(2);

  /// @param over counted down once its end is on record
  private record Live(
      Optional<Credential> credential, Cancellation cancellation, CountDownLatch over) {}

  private final List<Live> streams = new CopyOnWriteArrayList<>();

  /// @param credential of who asked; empty for the operator
  /// @return to be run when the answer has ended
  Runnable register(Optional<Credential> credential, Cancellation cancellation) {
    Live live = new Live(credential, cancellation, new CountDownLatch(1));
    streams.add(live);
    return () -> {
      streams.remove(live);
      live.over().countDown();
    };
  }

  void endAllOf(UUID account) {
    endBy(credential -> credential.account().id().equals(account));
  }

  void endBy(UUID credential) {
    endBy(known -> known.id().equals(credential));
  }

  private void endBy(Predicate<Credential> ended) {
    streams.stream()
        .filter(live -> live.credential().filter(ended).isPresent())
        .forEach(live -> live.cancellation().cancel(Cause.ACCESS_ENDED));
  }

  void stop(@Observes @Priority(BEFORE_THE_LOG_IS_CLOSED) ShutdownEvent event) {
    endAll();
  }

  /// Ends every answer, and waits for a moment until that is on record.
  void endAll() {
    List<Live> ended = List.copyOf(streams);
    ended.forEach(live -> live.cancellation().cancel(Cause.SHUTDOWN));
    Instant end = Instant.now().plus(RECORDED_WITHIN);
    try {
      for (Live live : ended) {
        long left = Math.max(0, Duration.between(Instant.now(), end).toMillis());
        var _ = live.over().await(left, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
