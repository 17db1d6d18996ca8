package dev.docent.compliance.audit;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Makes events durable, or says within two seconds that it cannot. Safe for concurrent use by any
/// number of threads and, on one database, of processes: nothing is locked between them.
///
/// ```
/// append ──▶ queue ──one transaction for up to 64──▶ audit.event   the caller waits for the commit
/// appendIn ─────────the caller's transaction───────▶ audit.event   durable when that commits
/// ```
///
/// [#append] is for acts that change no table (a sign-in, a question, an answer): call it *before*
/// the act with the intent and after it with the outcome, and let nothing out until it has
/// returned. While one transaction commits, further events gather behind it, so a lone event never
/// waits for company and 16 busy callers share a commit.
///
/// [#appendIn] is for a change: record and change commit together or not at all, and
/// `audit.require_record()` on the changed table refuses the one without the other.
///
/// The `DataSource` must open plain connections of a role that has `audit_append`, not lend them
/// from a pool: the writer keeps one for as long as it works and cuts it when in doubt. That
/// connection holds an advisory lock on the writer's id, by which other processes know that it
/// lives.
public final class AuditWriter implements AutoCloseable {
  /// How long an append may take.
  public static final Duration TIME_LIMIT = Duration.ofSeconds(2);

  private static final int MAX_BATCH = 64;
  // 2 s at several times the measured rate; beyond it, waiting only fills memory.
  private static final int MAX_WAITING = 50_000;
  private static final Duration PARTITION_CHECK = Duration.ofHours(6);

  private final DataSource database;
  private final InstantSource clock;
  private final EventIds ids;
  private final UUID transactionWriter = UUID.randomUUID();
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Thread thread;
  private final AtomicReference<Health> health;
  private volatile boolean closed;

  /// What the writer last saw.
  ///
  /// @param lastDurable of the latest append that succeeded; empty before the first
  /// @param lastFailure of the latest transaction that failed
  /// @param waiting events in the queue
  public record Health(Optional<Instant> lastDurable, Optional<Instant> lastFailure, int waiting) {
    /// Whether the latest attempt succeeded.
    public boolean available() {
      return lastFailure.isEmpty()
          || lastDurable.filter(time -> time.isAfter(lastFailure.get())).isPresent();
    }
  }

  public AuditWriter(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.ids = new EventIds(clock, new SecureRandom());
    this.health = new AtomicReference<>(new Health(Optional.empty(), Optional.empty(), 0));
    this.thread = Thread.ofPlatform().name("audit-writer").daemon(true).start(this::run);
  }

  /// Makes one event durable: when this returns, its record is committed and synced.
  ///
  /// @throws AuditUnavailableException after at most [#TIME_LIMIT]; the act must not happen
  /// @throws IllegalArgumentException if the record would exceed 16 KiB
  public Receipt append(AuditEvent event) {
    Waiting waiting = new Waiting(event, ids.next());
    // Finds a record that is too large here, in its own caller, not in the batch of others.
    CanonicalEvent.encode(
        event, waiting.receipt, transactionWriter, OptionalLong.of(Long.MAX_VALUE >> 11));
    if (closed || !queue.offer(waiting)) {
      throw new AuditUnavailableException("the audit log takes no records", false);
    }
    try {
      return waiting.done.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw abandon(waiting, "the audit log did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abandon(waiting, "interrupted while recording", e);
    } catch (ExecutionException e) {
      throw (AuditUnavailableException) e.getCause();
    }
  }

  /// Writes one event in the transaction of the change it describes, under the same role. Nothing
  /// is durable until the caller commits; if this throws, the transaction must be rolled back.
  ///
  /// @throws IllegalStateException if the connection is in auto-commit mode
  public Receipt appendIn(Connection transaction, AuditEvent event) {
    try {
      if (transaction.getAutoCommit()) {
        throw new IllegalStateException("a change and its record share one transaction");
      }
      Receipt receipt = ids.next();
      try (PreparedStatement insert = EventInsert.prepare(transaction)) {
        EventInsert.bind(insert, event, receipt, transactionWriter, OptionalLong.empty());
        insert.executeUpdate();
      }
      return receipt;
    } catch (SQLException e) {
      throw new AuditUnavailableException("the record was not written", false, e);
    }
  }

  public Health health() {
    Health last = health.get();
    return new Health(last.lastDurable, last.lastFailure, queue.size());
  }

  /// Closes as unknown every intent whose writer no longer lives: what a crash left behind. Call it
  /// at start, before the first request.
  ///
  /// @param log as the reading role
  /// @return how many intents were closed
  /// @throws AuditUnavailableException as [#append]
  public int reconcile(AuditReader log) {
    List<UUID> abandoned = log.abandonedIntents();
    for (UUID intent : abandoned) {
      append(new AuditEvent.Reconciled(ActorRef.SYSTEM, intent));
    }
    return abandoned.size();
  }

  /// Takes no more events, writes those that wait, and returns.
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static AuditUnavailableException abandon(Waiting waiting, String why, Exception cause) {
    boolean untouched = waiting.state.compareAndSet(State.WAITING, State.ABANDONED);
    return new AuditUnavailableException(why, !untouched, cause);
  }

  private void run() {
    Stream stream = null;
    List<Waiting> batch = new ArrayList<>(MAX_BATCH);
    while (true) {
      try {
        Waiting first = queue.poll(50, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (closed) {
            break;
          }
          continue;
        }
        batch.add(first);
        queue.drainTo(batch, MAX_BATCH - 1);
        batch.removeIf(waiting -> !waiting.state.compareAndSet(State.WAITING, State.WRITING));
        if (!batch.isEmpty()) {
          stream = write(batch, stream);
        }
        batch.clear();
      } catch (InterruptedException e) {
        break;
      }
    }
    queue.forEach(waiting -> waiting.fail("the audit log is closed", false, null));
    if (stream != null) {
      stream.close();
    }
  }

  /// One transaction for a batch. A connection that turns out to be dead before the commit was sent
  /// is replaced once: its transaction cannot have happened. Once the commit was sent, nobody
  /// knows.
  ///
  /// @return the stream to go on with, or null after a failure
  private @Nullable Stream write(List<Waiting> batch, @Nullable Stream kept) {
    Stream stream = kept;
    for (boolean fresh = stream == null; ; fresh = true) {
      boolean committing = false;
      try {
        if (stream == null) {
          stream = Stream.open(database);
        }
        stream.insert(batch, clock);
        committing = true;
        stream.commit(batch.size());
        Instant now = clock.instant();
        health.updateAndGet(last -> new Health(Optional.of(now), last.lastFailure, 0));
        batch.forEach(Waiting::complete);
        return stream;
      } catch (Throwable e) { // the top of a thread that must outlive whatever a driver throws
        if (stream != null) {
          stream.cut();
          stream = null;
        }
        if (committing || fresh) {
          Instant now = clock.instant();
          health.updateAndGet(last -> new Health(last.lastDurable, Optional.of(now), 0));
          boolean mayBeWritten = committing;
          batch.forEach(waiting -> waiting.fail("the audit log is unavailable", mayBeWritten, e));
          return null;
        }
      }
    }
  }

  private enum State {
    WAITING,
    WRITING,
    ABANDONED
  }

  /// An event in the queue and its caller.
  private static final class Waiting {
    final AuditEvent event;
    final Receipt receipt;
    final CompletableFuture<Receipt> done = new CompletableFuture<>();
    final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    Waiting(AuditEvent event, Receipt receipt) {
      this.event = event;
      this.receipt = receipt;
    }

    void complete() {
      done.complete(receipt);
    }

    void fail(String why, boolean mayBeWritten, @Nullable Throwable cause) {
      done.completeExceptionally(
          cause == null
              ? new AuditUnavailableException(why, mayBeWritten)
              : new AuditUnavailableException(why, mayBeWritten, cause));
    }
  }

  /// One connection and the gap-free numbering of what went through it. After any failure the
  /// numbering ends and a new writer id begins, so a gap inside one id always means loss.
  private static final class Stream {
    private final Connection connection;
    private final PreparedStatement insert;
    private final UUID writer = UUID.randomUUID();
    private long next;
    private Instant partitionsChecked = Instant.MIN;

    private Stream(Connection connection, PreparedStatement insert) {
      this.connection = connection;
      this.insert = insert;
    }

    static Stream open(DataSource database) throws SQLException {
      Connection connection = database.getConnection();
      try {
        connection.setNetworkTimeout(Runnable::run, (int) TIME_LIMIT.toMillis());
        connection.setAutoCommit(false);
        Stream stream = new Stream(connection, EventInsert.prepare(connection));
        stream.call("SET statement_timeout = '2s'");
        stream.call("SELECT pg_advisory_lock(" + WriterLock.keyOf(stream.writer) + ")");
        connection.commit();
        return stream;
      } catch (SQLException e) {
        cut(connection);
        throw e;
      }
    }

    void insert(List<Waiting> batch, InstantSource clock) throws SQLException {
      if (clock.instant().isAfter(partitionsChecked.plus(PARTITION_CHECK))) {
        call("SELECT audit.ensure_partitions()");
        connection.commit();
        partitionsChecked = clock.instant();
      }
      long sequence = next;
      for (Waiting waiting : batch) {
        EventInsert.bind(
            insert, waiting.event, waiting.receipt, writer, OptionalLong.of(sequence++));
        insert.addBatch();
      }
      insert.executeBatch();
    }

    void commit(int written) throws SQLException {
      connection.commit();
      next += written;
    }

    void close() {
      try (connection) {
        insert.close();
      } catch (SQLException e) {
        cut();
      }
    }

    /// Ends the connection without a word to a server that may not be listening.
    void cut() {
      cut(connection);
    }

    private static void cut(Connection connection) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // Nothing is left to release: the socket was gone already.
      }
    }

    private void call(String sql) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        if (statement.execute()) {
          try (ResultSet ignored = statement.getResultSet()) {
            ignored.next();
          }
        }
      }
    }
  }
}
