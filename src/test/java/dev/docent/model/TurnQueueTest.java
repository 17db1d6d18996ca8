package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TurnQueueTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<String> log = new CopyOnWriteArrayList<>();

  /// Runs until it is let go or stopped, and says so.
  private final class Step extends TurnQueue.Turn {
    private final String name;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CompletableFuture<@Nullable RuntimeException> failure = new CompletableFuture<>();
    private final CompletableFuture<String> released = new CompletableFuture<>();

    private Step(String name) {
      this.name = name;
    }

    @Override
    boolean run() {
      log.add(name);
      started.countDown();
      try {
        while (!go.await(1, TimeUnit.MILLISECONDS)) {
          if (isStopped()) {
            return false;
          }
        }
      } catch (InterruptedException _) {
        return false;
      }
      return true;
    }

    @Override
    void fail(RuntimeException cause) {
      failure.complete(cause);
    }

    @Override
    void release() {
      if (!released.complete(name)) {
        throw new AssertionError(name + " is released twice");
      }
    }

    private void letGo() {
      go.countDown();
    }

    private void awaitStart() throws InterruptedException {
      started.await();
    }
  }

  @Test
  void runsOneAtATimeInOrderOfArrival() throws InterruptedException {
    try (TurnQueue queue = new TurnQueue(8, LONG)) {
      List<Step> steps = List.of(new Step("a"), new Step("b"), new Step("c"));
      steps.forEach(queue::submit);
      steps.getFirst().awaitStart();

      assertThat(log).containsExactly("a");
      assertThat(queue.pending()).isEqualTo(3);
      steps.forEach(Step::letGo);
      steps.forEach(step -> step.released.join());
      assertThat(log).containsExactly("a", "b", "c");
    }
  }

  @Test
  void refusesMoreThanMayWait() throws InterruptedException {
    try (TurnQueue queue = new TurnQueue(1, LONG)) {
      Step running = new Step("running");
      queue.submit(running);
      running.awaitStart();
      queue.submit(new Step("waiting"));

      Step tooMany = new Step("too many");
      assertThatThrownBy(() -> queue.submit(tooMany)).isInstanceOf(ModelBusyException.class);
      assertThat(tooMany.released).isCompletedWithValue("too many");
    }
  }

  @Test
  void failsWhatWaitedTooLong() throws InterruptedException {
    try (TurnQueue queue = new TurnQueue(2, Duration.ofMillis(50))) {
      Step running = new Step("running");
      queue.submit(running);
      running.awaitStart();
      Step late = new Step("late");
      queue.submit(late);

      assertThat(late.failure.join()).isInstanceOf(ModelBusyException.class);
      late.released.join();
      running.letGo();
      running.released.join();
      assertThat(log).as("its time is over, whatever comes free").containsExactly("running");
      assertThat(running.failure).isNotDone();
    }
  }

  @Test
  void takesACancelledOneOutOfTheQueue() throws InterruptedException {
    try (TurnQueue queue = new TurnQueue(1, LONG)) {
      Step running = new Step("running");
      queue.submit(running);
      running.awaitStart();
      Step waiting = new Step("waiting");
      queue.submit(waiting);
      waiting.cancel();

      assertThat(waiting.released).isCompletedWithValue("waiting");
      assertThat(waiting.isCancelled()).isTrue();
      Step next = new Step("next");
      queue.submit(next);
      next.letGo();
      running.letGo();
      next.released.join();
      assertThat(log).containsExactly("running", "next");
      assertThat(waiting.failure).as("a cancelled turn hears nothing").isNotDone();
    }
  }

  @Test
  void stopsACancelledOneThatRuns() throws InterruptedException {
    try (TurnQueue queue = new TurnQueue(1, LONG)) {
      Step running = new Step("running");
      queue.submit(running);
      running.awaitStart();
      running.cancel();

      running.released.join();
      assertThat(running.failure).isNotDone();
    }
  }

  @Test
  void goesOnAfterOneThatThrows() {
    try (TurnQueue queue = new TurnQueue(2, LONG)) {
      CompletableFuture<RuntimeException> told = new CompletableFuture<>();
      queue.submit(
          new TurnQueue.Turn() {
            @Override
            boolean run() {
              throw new IllegalStateException("a bug");
            }

            @Override
            void fail(RuntimeException cause) {
              told.complete(cause);
              throw new IllegalStateException("a bug in the handler, too");
            }

            @Override
            void release() {}
          });
      Step next = new Step("next");
      queue.submit(next);
      next.letGo();

      next.released.join();
      assertThat(told.join()).hasMessage("a bug");
      assertThat(next.failure).isNotDone();
    }
  }

  @Test
  void failsAllThatIsLeftWhenItIsClosed() throws InterruptedException {
    TurnQueue queue = new TurnQueue(4, LONG);
    Step running = new Step("running");
    queue.submit(running);
    running.awaitStart();
    Step waiting = new Step("waiting");
    queue.submit(waiting);

    queue.close();
    queue.close();

    for (Step step : List.of(running, waiting)) {
      assertThat(step.failure.join()).isInstanceOf(ModelUnavailableException.class);
      assertThat(step.released).isCompleted();
    }
    assertThatThrownBy(() -> queue.submit(new Step("late")))
        .isInstanceOf(ModelUnavailableException.class);
    assertThat(log).containsExactly("running");
  }
}
