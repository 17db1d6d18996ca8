package dev.docent.compliance.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Makes events durable, or says in time that it cannot. Safe for concurrent use by any number of
/// threads and, on one database, of processes: nothing is locked between them.
///
/// ```
/// append ──▶ queue ──one transaction for up to 64──▶ audit.event   the caller waits for the commit
///              └─ while the database is away ─▶ spool ─▶ audit.event, where a spool is configured
/// appendIn ─────────the caller's transaction───────▶ audit.event   durable when that commits
/// ```
///
/// [#append] is for acts that change no table (a sign-in, a question, an answer): call it *before*
/// the act with the intent and after it with the outcome, and let nothing out until it has
/// returned. While one transaction commits, further events gather behind it, so a lone event never
/// waits for company and 16 busy callers share a commit. [#submit] is the same in two steps, for
/// work that goes on meanwhile and reveals nothing until the record is durable.
///
/// [#appendIn] is for a change: record and change commit together or not at all, and
/// `audit.require_record()` on the changed table refuses the one without the other.
///
/// The `DataSource` must open plain connections of a role that has `audit_append`, not lend them
/// from a pool: the writer keeps one for as long as it works and cuts it when in doubt. That
/// connection holds advisory locks on the ids the writer has used, by which other processes know
/// that it lives.
public final class AuditWriter implements AutoCloseable {
  /// How long an append may take: a caller knows within two seconds, with what is around it.
  public static final Duration TIME_LIMIT = Duration.ofMillis(1500);

  private static final int MAX_BATCH = 64;
  // The time limit at several times the measured rate; beyond it, waiting only fills memory.
  private static final int MAX_WAITING = 50_000;
  private static final Duration RETRY = Duration.ofMillis(250);
  private static final Duration HEARTBEAT = Duration.ofMillis(500);
  // Some 100 ms of replay: new records never wait longer than that behind it.
  private static final int REPLAY_AT_ONCE = 512;

  private final InstantSource clock;
  private final EventIds ids;
  private final UUID transactionWriter = UUID.randomUUID();
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Set<UUID> intents = ConcurrentHashMap.newKeySet();
  private final Store store;
  private final Thread thread;
  private volatile boolean closed;

  /// What the writer last saw.
  ///
  /// @param available whether the latest attempt to reach the database succeeded; without events
  ///   there is one every half second
  /// @param lastDurable of the latest append that succeeded; empty before the first
  /// @param waiting events in the queue
  /// @param spooled records in the spool that are not in the database yet
  public record Health(
      boolean available, Optional<Instant> lastDurable, int waiting, long spooled) {}

  /// An event on its way into the log.
  public interface Pending {
    /// The record's name, known before it is durable.
    Receipt receipt();

    /// Returns when the record is durable.
    ///
    /// @throws AuditUnavailableException at most [#TIME_LIMIT] after it was submitted
    Receipt await();
  }

  /// A writer that takes nothing while the database does not.
  public AuditWriter(DataSource database, InstantSource clock) {
    this(database, clock, Optional.empty());
  }

  /// @param spool takes records while the database does not; empty: nothing is taken then
  public AuditWriter(DataSource database, InstantSource clock, Optional<SpoolSettings> spool) {
    this.clock = clock;
    this.ids = new EventIds(clock, new SecureRandom());
    this.store = new Store(database, clock, spool.map(settings -> new Spool(settings, clock)));
    this.thread = Thread.ofPlatform().name("audit-writer").daemon(true).start(this::run);
  }

  /// Makes one event durable: when this returns, its record is committed and synced.
  ///
  /// @throws AuditUnavailableException after at most [#TIME_LIMIT]; the act must not happen
  /// @throws IllegalArgumentException if the record would exceed 16 KiB
  public Receipt append(AuditEvent event) {
    return submit(event).await();
  }

  /// Hands over one event; [Pending#await] tells when it is durable.
  ///
  /// @throws AuditUnavailableException if no more events are taken
  /// @throws IllegalArgumentException if the record would exceed 16 KiB
  public Pending submit(AuditEvent event) {
    Waiting waiting = new Waiting(event, ids.next());
    // Finds a record that is too large here, in its own caller, not in the batch of others.
    CanonicalEvent.encode(
        event, waiting.receipt, transactionWriter, OptionalLong.of(Long.MAX_VALUE >> 11));
    if (event.outcome() == AuditEvent.Outcome.INTENDED) {
      intents.add(waiting.receipt.event());
    }
    if (closed || !queue.offer(waiting)) {
      ended(waiting);
      throw new AuditUnavailableException("the audit log takes no records", false);
    }
    return waiting;
  }

  /// An intent is in hand from before it is durable until its outcome is, or cannot be.
  private void ended(Waiting waiting) {
    if (waiting.event instanceof AuditEvent.Closing closing) {
      intents.remove(closing.intent());
    } else {
      intents.remove(waiting.receipt.event());
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
      byte[] canonical =
          CanonicalEvent.encode(event, receipt, transactionWriter, OptionalLong.empty());
      try (PreparedStatement insert = EventInsert.prepare(transaction)) {
        EventInsert.bind(insert, canonical, event instanceof AuditEvent.Closing);
        insert.executeUpdate();
      }
      return receipt;
    } catch (SQLException e) {
      throw new AuditUnavailableException("the record was not written", false, e);
    }
  }

  public Health health() {
    Health last = store.health;
    return new Health(last.available, last.lastDurable, queue.size(), last.spooled);
  }

  /// Refuses at once what could not be recorded, before anything is looked up for it.
  ///
  /// @throws AuditUnavailableException if an append has no chance now
  public void ensureTakesRecords() {
    if (closed || !(store.health.available || store.spool.isPresent())) {
      throw new AuditUnavailableException("the audit log cannot be reached", false);
    }
  }

  /// Closes as unknown every intent that nobody will close any more: those of writers that no
  /// longer live, and those of this one whose outcome could not be written. Call it at start,
  /// before the first request, and from time to time.
  ///
  /// @param log as the reading role
  /// @return how many intents were closed
  /// @throws AuditUnavailableException as [#append]
  public int reconcile(AuditReader log) {
    int closedNow = 0;
    for (AuditReader.OpenIntent open : log.openIntents()) {
      boolean abandoned = !open.writerLives() || store.used.contains(open.writer());
      if (abandoned && !intents.contains(open.intent())) {
        append(new AuditEvent.Reconciled(ActorRef.SYSTEM, open.intent()));
        closedNow++;
      }
    }
    return closedNow;
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

  private void run() {
    List<Waiting> batch = new ArrayList<>(MAX_BATCH);
    while (true) {
      try {
        Waiting first = queue.poll(50, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (closed) {
            break;
          }
          store.recover();
          store.listen();
          continue;
        }
        batch.add(first);
        queue.drainTo(batch, MAX_BATCH - 1);
        batch.removeIf(waiting -> !waiting.state.compareAndSet(State.WAITING, State.WRITING));
        if (!batch.isEmpty()) {
          store.write(batch);
        }
        batch.clear();
        store.recover();
      } catch (InterruptedException e) {
        break;
      }
    }
    queue.forEach(waiting -> waiting.fail("the audit log is closed", false, null));
    store.close();
  }

  private enum State {
    WAITING,
    WRITING,
    ABANDONED
  }

  /// An event in the queue and its caller.
  private final class Waiting implements Pending {
    final AuditEvent event;
    final Receipt receipt;
    final long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
    final CompletableFuture<Receipt> done = new CompletableFuture<>();
    final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    Waiting(AuditEvent event, Receipt receipt) {
      this.event = event;
      this.receipt = receipt;
    }

    @Override
    public Receipt receipt() {
      return receipt;
    }

    @Override
    public Receipt await() {
      boolean durable = false;
      try {
        Receipt written = done.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        durable = true;
        return written;
      } catch (TimeoutException e) {
        throw abandon("the audit log did not answer in time", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw abandon("interrupted while recording", e);
      } catch (ExecutionException e) {
        throw (AuditUnavailableException) e.getCause();
      } finally {
        if (!durable || event instanceof AuditEvent.Closing) {
          ended(this);
        }
      }
    }

    boolean isLate() {
      return System.nanoTime() - deadline > 0;
    }

    private AuditUnavailableException abandon(String why, Exception cause) {
      boolean untouched = state.compareAndSet(State.WAITING, State.ABANDONED);
      return new AuditUnavailableException(why, !untouched, cause);
    }

    void fail(String why, boolean mayBeWritten, @Nullable Throwable cause) {
      done.completeExceptionally(
          cause == null
              ? new AuditUnavailableException(why, mayBeWritten)
              : new AuditUnavailableException(why, mayBeWritten, cause));
    }
  }

  /// The database and, behind it, the spool. Confined to the writer's thread but for its health.
  private static final class Store {
    private final DataSource database;
    private final InstantSource clock;
    private final Optional<Spool> spool;
    final Set<UUID> used = ConcurrentHashMap.newKeySet();
    private @Nullable WriterStream stream;
    private long triedAt = System.nanoTime() - RETRY.toNanos();
    private long heardAt = System.nanoTime();
    private long spooled;
    private boolean spooling;
    private Spool.@Nullable Content replaying;
    private int replayed;
    volatile Health health = new Health(true, Optional.empty(), 0, 0);

    Store(DataSource database, InstantSource clock, Optional<Spool> spool) {
      this.database = database;
      this.clock = clock;
      this.spool = spool;
      this.spooling = spool.filter(Spool::waits).isPresent();
    }

    void write(List<Waiting> batch) {
      if (spooling) {
        spool(batch, null);
      } else {
        writeThrough(batch);
      }
    }

    /// One transaction for a batch. A connection that turns out to be dead before the commit was
    /// sent is replaced once: its transaction cannot have happened. Once the commit was sent,
    /// nobody knows.
    private void writeThrough(List<Waiting> batch) {
      for (boolean fresh = stream == null; ; fresh = true) {
        boolean committing = false;
        try {
          WriterStream open = stream();
          open.insert(events(batch), receipts(batch), clock);
          committing = true;
          open.commit(batch.size());
          note(true);
          batch.forEach(waiting -> waiting.done.complete(waiting.receipt));
          return;
        } catch (Throwable e) { // the top of a thread that must outlive whatever a driver throws
          cut();
          if (committing) {
            // Spooled too, it might be in the log twice over: under one id, with a gap in a
            // numbering.
            note(false);
            batch.forEach(waiting -> waiting.fail("the audit log did not answer", true, e));
            return;
          }
          // Whoever has been refused by now must not find a record of what did not happen.
          List<Waiting> late = batch.stream().filter(Waiting::isLate).toList();
          late.forEach(waiting -> waiting.fail("the audit log did not answer", false, e));
          batch.removeAll(late);
          if (fresh || batch.isEmpty()) {
            note(false);
            spool(batch, e);
            return;
          }
        }
      }
    }

    private WriterStream stream() throws SQLException {
      WriterStream open = stream;
      if (open == null) {
        triedAt = System.nanoTime();
        open = WriterStream.open(database, used);
        stream = open;
      }
      return open;
    }

    private void spool(List<Waiting> batch, @Nullable Throwable cause) {
      if (batch.isEmpty()) {
        return;
      }
      try {
        Spool journal =
            spool.orElseThrow(() -> new IOException("there is no second device", cause));
        journal.add(events(batch), receipts(batch));
        spooling = true;
        spooled += batch.size();
        note(false);
        batch.forEach(waiting -> waiting.done.complete(waiting.receipt));
      } catch (IOException e) {
        Throwable why = cause == null ? e : cause;
        batch.forEach(waiting -> waiting.fail("the audit log is unavailable", false, why));
      }
    }

    private static List<AuditEvent> events(List<Waiting> batch) {
      return batch.stream().map(waiting -> waiting.event).toList();
    }

    private static List<Receipt> receipts(List<Waiting> batch) {
      return batch.stream().map(waiting -> waiting.receipt).toList();
    }

    /// Comes back to the database as soon as it takes records, without waiting for one, and brings
    /// it what was spooled, some at a time: new records are spooled behind the others meanwhile.
    void recover() {
      if (stream == null) {
        boolean idle = health.available && !spooling;
        if (idle || System.nanoTime() - triedAt < RETRY.toNanos()) {
          return;
        }
      } else if (!spooling) {
        return;
      }
      try {
        WriterStream open = stream();
        if (spooling) {
          replay(open);
        }
        health = new Health(true, health.lastDurable, 0, spooled);
      } catch (SQLException | IOException | RuntimeException e) {
        cut();
        note(false);
      }
    }

    /// Notices while nothing is written that the database has gone, so that the first who ask then
    /// are refused at once.
    void listen() {
      if (stream == null || System.nanoTime() - heardAt < HEARTBEAT.toNanos()) {
        return;
      }
      heardAt = System.nanoTime();
      if (!stream.isAlive()) {
        cut();
        note(false);
      }
    }

    private void replay(WriterStream open) throws SQLException, IOException {
      Spool journal = spool.orElseThrow();
      Spool.Content content = replaying;
      if (content == null) {
        content = journal.read();
        replaying = content;
      }
      int end = Math.min(replayed + REPLAY_AT_ONCE, content.lines().size());
      for (; replayed < end; replayed = Math.min(replayed + MAX_BATCH, end)) {
        open.replay(content.lines().subList(replayed, Math.min(replayed + MAX_BATCH, end)));
      }
      spooled = content.lines().size() - replayed;
      if (spooled > 0) {
        return;
      }
      replaying = journal.read();
      if (replaying.lines().size() > replayed) {
        spooled = replaying.lines().size() - replayed;
        return;
      }
      open.insert(
          new AuditEvent.SpoolReplayed(ActorRef.SYSTEM, replayed, content.intact()),
          new EventIds(clock, new SecureRandom()).next());
      journal.clear(content.intact());
      spooling = false;
      replaying = null;
      replayed = 0;
    }

    private void note(boolean written) {
      health =
          new Health(
              written, written ? Optional.of(clock.instant()) : health.lastDurable, 0, spooled);
    }

    private void cut() {
      if (stream != null) {
        stream.cut();
        stream = null;
      }
    }

    void close() {
      if (stream != null) {
        stream.close();
      }
      try {
        if (spool.isPresent()) {
          spool.get().close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
