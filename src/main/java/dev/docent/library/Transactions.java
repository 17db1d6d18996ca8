package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/// Runs work on the database in one transaction each. A change is recorded in its own transaction;
/// PostgreSQL refuses to commit a change to what people own, may or see without such a record. Safe
/// for concurrent use.
public final class Transactions {
  private final SessionFactory sessions;
  private final ChangeRecorder recorder;

  public Transactions(SessionFactory sessions, ChangeRecorder recorder) {
    this.sessions = requireNonNull(sessions, "sessions");
    this.recorder = requireNonNull(recorder, "recorder");
  }

  <T> T run(Function<Work, T> work) {
    return sessions.fromTransaction(session -> work.apply(new Work(session)));
  }

  /// One transaction at work.
  final class Work {
    private final Session session;

    private Work(Session session) {
      this.session = session;
    }

    Session session() {
      return session;
    }

    void record(Change change) {
      session.doWork(connection -> recorder.record(connection, change));
    }
  }
}
