package dev.docent.api;

import dev.docent.answer.Cancellation;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Answers that go on when nobody listens, so that a page that was reloaded takes up its own again.
/// Each belongs to the account that asked. One that has ended is kept for a short while. Safe for
/// concurrent use.
@Singleton
final class RunningAnswers {
  private static final Duration KEPT = Duration.ofMinutes(5);
  // A model that reads a long prompt is stopped between two portions of it.
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);

  private final Map<Key, Running> answers = new ConcurrentHashMap<>();
  private final InstantSource clock;

  @Inject
  RunningAnswers() {
    this(InstantSource.system());
  }

  RunningAnswers(InstantSource clock) {
    this.clock = clock;
  }

  private record Key(String account, UUID id) {}

  /// @param id chosen by the client, new for its account
  Running begin(String account, UUID id, UUID conversation, Cancellation cancellation) {
    Instant old = clock.instant().minus(KEPT);
    answers.values().removeIf(running -> running.endedBefore(old));
    Running running = new Running(conversation, cancellation, clock);
    if (answers.putIfAbsent(new Key(account, id), running) != null) {
      throw ApiException.of(ErrorCode.CONFLICT, "There is an answer of this id already");
    }
    return running;
  }

  Optional<Running> find(String account, UUID id) {
    return Optional.ofNullable(answers.get(new Key(account, id)));
  }

  /// Stops the account's answers that go on with a conversation, and waits a little for their ends.
  void stopAll(String account, UUID conversation) {
    List<Running> going =
        answers.entrySet().stream()
            .filter(entry -> entry.getKey().account().equals(account))
            .map(Map.Entry::getValue)
            .filter(running -> running.conversation().equals(conversation))
            .toList();
    going.forEach(running -> running.cancel(Cancellation.Cause.REQUESTED));
    going.forEach(running -> running.awaitEnd(STOPPED_WITHIN));
  }

  /// Nothing of the account's is taken up again: what it may read has changed.
  void forget(String account) {
    answers.keySet().removeIf(key -> key.account().equals(account));
  }

  /// What happened on the way to one answer so far, and whoever follows it.
  static final class Running {
    private final UUID conversation;
    private final Cancellation cancellation;
    private final InstantSource clock;

    // All guarded by this.
    private final List<Event> events = new ArrayList<>();
    private final List<UnicastProcessor<Event>> followers = new ArrayList<>();
    private @Nullable Instant ended;

    Running(UUID conversation, Cancellation cancellation, InstantSource clock) {
      this.conversation = conversation;
      this.cancellation = cancellation;
      this.clock = clock;
    }

    record Event(String name, Object data) {}

    /// That the answer belongs to.
    UUID conversation() {
      return conversation;
    }

    synchronized void tell(String name, Object data) {
      Event event = new Event(name, data);
      events.add(event);
      followers.forEach(follower -> follower.onNext(event));
    }

    synchronized void end() {
      ended = clock.instant();
      followers.forEach(UnicastProcessor::onComplete);
      followers.clear();
      notifyAll();
    }

    private synchronized void awaitEnd(Duration limit) {
      long until = System.nanoTime() + limit.toNanos();
      try {
        for (long left = limit.toMillis(); ended == null && left > 0; ) {
          wait(left);
          left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /// All events from the first one on.
    synchronized Multi<Event> follow() {
      UnicastProcessor<Event> follower = UnicastProcessor.create();
      events.forEach(follower::onNext);
      if (ended != null) {
        follower.onComplete();
      } else {
        followers.add(follower);
      }
      return follower.onCancellation().invoke(() -> leave(follower));
    }

    private synchronized void leave(UnicastProcessor<Event> follower) {
      followers.remove(follower);
    }

    void cancel(Cancellation.Cause cause) {
      cancellation.cancel(cause);
    }

    private synchronized boolean endedBefore(Instant time) {
      return ended != null && ended.isBefore(time);
    }
  }
}
