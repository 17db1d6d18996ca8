package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The handle by which an answer is stopped. Safe for concurrent use.
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private @Nullable Cause cause;

  /// Why an answer is stopped.
  public enum Cause {
    /// Whoever asked wants it.
    REQUESTED,
    /// Whoever asked is no longer there.
    DISCONNECTED,
    /// Whoever asked may not ask any more.
    ACCESS_ENDED,
    /// The service ends.
    SHUTDOWN
  }

  /// Stops the answer, the model included. Only the first call does anything.
  public void cancel(Cause why) {
    requireNonNull(why, "why");
    List<Runnable> due;
    synchronized (this) {
      if (cause != null) {
        return;
      }
      cause = why;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  /// Why it was stopped; empty while it was not.
  public synchronized Optional<Cause> cause() {
    return Optional.ofNullable(cause);
  }

  public boolean isCancelled() {
    return cause().isPresent();
  }

  /// Runs an action at the moment of cancelling, or now if that has passed.
  void onCancel(Runnable action) {
    synchronized (this) {
      if (cause == null) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }
}
