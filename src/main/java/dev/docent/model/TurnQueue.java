package dev.docent.model;

import static java.lang.System.Logger.Level.WARNING;

import dev.langchain4j.model.chat.response.StreamingHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Requests in order of arrival, one at a time on one thread; bounded in number and in waiting
/// time.
///
/// ```
///   submit ──▶ WAITING ──its turn──▶ RUNNING ──run returns or throws──▶ ENDED
///                 └──cancelled, waited too long, or queue closed────────▶ ENDED
/// ```
///
/// A turn that ends unfinished hears of it through [Turn#fail], unless it was cancelled. Safe for
/// concurrent use.
final class TurnQueue implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TurnQueue.class.getName());

  private final Duration timeout;
  private final BlockingQueue<Turn> waiting;
  private final Thread worker;
  private final ScheduledThreadPoolExecutor timer;
  private volatile @Nullable Turn running;
  private volatile boolean closed;

  /// @param maxPending turns that may wait
  /// @param timeout how long one may wait
  TurnQueue(int maxPending, Duration timeout) {
    this.timeout = timeout;
    this.waiting = new ArrayBlockingQueue<>(maxPending);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("docent-model-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    this.worker = Thread.ofPlatform().daemon().name("docent-model").start(this::serve);
  }

  private enum State {
    WAITING,
    RUNNING,
    ENDED
  }

  /// One request. `run` is called at most once; `release` exactly once, after it.
  abstract static class Turn implements StreamingHandle {
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final long submitted = System.nanoTime();
    private volatile boolean cancelled;
    private volatile @Nullable TurnQueue queue;
    private volatile @Nullable ScheduledFuture<?> deadline;
    private long started;

    /// Returns whether it finished; not if it gave up because of [#isStopped].
    abstract boolean run();

    abstract void fail(RuntimeException cause);

    abstract void release();

    final Duration waited() {
      return Duration.ofNanos(started - submitted);
    }

    final boolean isStopped() {
      TurnQueue owner = queue;
      return cancelled || (owner != null && owner.closed);
    }

    @Override
    public final void cancel() {
      cancelled = true;
      TurnQueue owner = queue;
      if (owner != null && owner.withdraw(this)) {
        release();
      }
    }

    @Override
    public final boolean isCancelled() {
      return cancelled;
    }
  }

  /// Turns that wait or run.
  int pending() {
    return waiting.size() + (running == null ? 0 : 1);
  }

  /// Admits a turn; otherwise releases it and throws [ModelBusyException], if too many wait
  /// already, or [ModelUnavailableException], if the queue is closed.
  synchronized Turn submit(Turn turn) {
    turn.queue = this;
    if (closed) {
      turn.release();
      throw closedException();
    }
    if (!waiting.offer(turn)) {
      turn.release();
      throw new ModelBusyException("%d requests wait for the model".formatted(waiting.size()));
    }
    turn.deadline =
        timer.schedule(() -> refuseLate(turn), timeout.toMillis(), TimeUnit.MILLISECONDS);
    return turn;
  }

  private void refuseLate(Turn turn) {
    if (withdraw(turn)) {
      fail(turn, new ModelBusyException("The model was busy for " + timeout.toSeconds() + " s"));
      turn.release();
    }
  }

  /// Takes a turn out of the queue, unless its time has come already.
  private boolean withdraw(Turn turn) {
    if (!turn.state.compareAndSet(State.WAITING, State.ENDED)) {
      return false;
    }
    waiting.remove(turn);
    stopWaiting(turn);
    return true;
  }

  private static void stopWaiting(Turn turn) {
    ScheduledFuture<?> deadline = turn.deadline;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void serve() {
    while (!closed) {
      try {
        Turn turn = waiting.take();
        if (turn.state.compareAndSet(State.WAITING, State.RUNNING)) {
          stopWaiting(turn);
          serve(turn);
        }
      } catch (InterruptedException e) {
        // only close() interrupts
      }
    }
  }

  private void serve(Turn turn) {
    turn.started = System.nanoTime();
    running = turn;
    try {
      if (!turn.run() && !turn.isCancelled()) {
        fail(turn, closedException());
      }
    } catch (RuntimeException e) {
      fail(turn, e);
    } catch (Error e) {
      fail(turn, new ModelUnavailableException("The model failed: " + e, e));
    } finally {
      running = null;
      turn.state.set(State.ENDED);
      turn.release();
    }
  }

  private static void fail(Turn turn, RuntimeException cause) {
    if (turn.isCancelled()) {
      return;
    }
    try {
      turn.fail(cause);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "model.handler.failed error={0}", e.getClass().getName());
    }
  }

  private static ModelUnavailableException closedException() {
    return new ModelUnavailableException("The model is closed");
  }

  /// Stops what runs, fails what waits, and returns when the worker has ended. Idempotent; never
  /// called by a turn.
  @Override
  public void close() {
    if (Thread.currentThread() == worker) {
      throw new IllegalStateException("a model is not closed from its own callbacks");
    }
    List<Turn> left = new ArrayList<>();
    synchronized (this) {
      closed = true;
      waiting.drainTo(left);
    }
    worker.interrupt();
    left.stream().filter(this::withdraw).forEach(this::failClosed);
    timer.shutdownNow();
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true; // the engine's memory must outlive the worker
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void failClosed(Turn turn) {
    fail(turn, closedException());
    turn.release();
  }
}
