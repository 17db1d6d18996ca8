package dev.docent.compliance.seal;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.TreeView;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Moves durable records into the tree and signs what it has become. Safe for concurrent use.
///
/// ```
/// audit.pending ─▶ leaves + subtrees + signed checkpoint, one commit ─▶ folder ─▶ listener
/// ```
///
/// Every process of an installation may run one: an advisory lock, held for one transaction, elects
/// who seals, and the tree's right edge is read in that transaction, never remembered. A round
/// takes place every second while there is something new; when there is not, a record of life keeps
/// the newest checkpoint younger than a minute, so that silence says something.
///
/// Before it signs, a sealer compares the tree in the database with the last checkpoint there, with
/// the last one in its [CheckpointFolder], and with the last one that its witness signed. A tree
/// that is shorter than the folder's, but its beginning, came from a backup, and so did one that is
/// not the witness's: a new epoch opens, with a key of its own, and its first record names the last
/// checkpoint of the old one and what was lost. Any other difference is damage, and nothing is
/// signed any more.
public final class Sealer implements AutoCloseable {
  /// How far the database's clock may run back between two checkpoints.
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private static final Pattern EPOCH = Pattern.compile("(.+)/epoch-([1-9][0-9]{0,8})");

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(50);

  private final DataSource database;
  private final AuditWriter writer;
  private final LogKeys keys;
  private final CheckpointFolder folder;
  private final Optional<WitnessMemory> witness;
  private final String name;
  private final InstantSource clock;
  private final Consumer<SignedNote> published;
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;

  private @Nullable Connection kept;
  private @Nullable Checkpoint remembered;
  private boolean folderBehind;
  private volatile boolean witnessAsked;
  private volatile Health health = new Health(State.STARTING, "", Optional.empty());
  private volatile boolean closed;

  /// What a sealer is doing.
  public enum State {
    STARTING,
    /// Its last round sealed, or there was nothing to seal.
    SEALING,
    /// Another process seals.
    STANDBY,
    /// The database, or the log, cannot be reached.
    UNAVAILABLE,
    /// The key that signs this epoch is not in this process's folder.
    KEY_MISSING,
    /// The database's clock runs behind the last checkpoint.
    CLOCK_BACK,
    /// The database is not what was signed; nothing is signed until a person has looked into it.
    DAMAGED,
    /// Sealing works, but the folder of checkpoints cannot be written.
    FOLDER_UNAVAILABLE
  }

  /// @param reason for a person; empty while all is well
  /// @param lastRound when the last round ended well
  public record Health(State state, String reason, Optional<Instant> lastRound) {}

  /// @param database plain connections of a role that has `audit_seal`; one is kept
  /// @param witness asked at the start, when the database was away, and whenever it is
  ///   [#contradicted]; one that does not answer holds nothing up
  /// @param name of the log before `/epoch-n`, such as `docent.example.org/4f2a`
  /// @param published told of each checkpoint after its commit, in the sealer's thread: must not
  ///   block
  public Sealer(
      DataSource database,
      AuditWriter writer,
      LogKeys keys,
      CheckpointFolder folder,
      Optional<WitnessMemory> witness,
      String name,
      InstantSource clock,
      Consumer<SignedNote> published) {
    this.database = database;
    this.writer = writer;
    this.keys = keys;
    this.folder = folder;
    this.witness = witness;
    this.name = name;
    this.clock = clock;
    this.published = published;
    this.thread = Thread.ofPlatform().name("audit-sealer").daemon(true).unstarted(this::run);
  }

  /// Seals from now on, until it is closed.
  public void start() {
    thread.start();
  }

  public Health health() {
    return health;
  }

  /// Has a round take place without waiting for the next second.
  public void wake() {
    wanted.release();
  }

  /// The witness would not sign the newest state: the next round asks what it knows.
  public void contradicted() {
    witnessAsked = false;
    wake();
  }

  /// Waits until a record is in a signed tree.
  ///
  /// @return its place; empty if that takes longer than the limit
  public Optional<SealedLog.Place> await(UUID event, SealedLog log, Duration limit) {
    Instant end = clock.instant().plus(limit);
    wake();
    while (true) {
      Optional<SealedLog.Place> place = log.place(event);
      if (place.isPresent() || clock.instant().isAfter(end)) {
        return place;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  /// Replaces the key that signs: the new one is announced in a record that the old one seals, and
  /// introduced by a note that the old one signs; then the old one's secret half is destroyed.
  ///
  /// @param actor who has it replaced
  /// @return the new key
  /// @throws AuditUnavailableException if the log does not let it; then the old key goes on
  public synchronized VerifierKey rotateKey(ActorRef actor) {
    try {
      SealRound round = begin();
      NoteSigner old = round.signer();
      NoteSigner next = keys.create(old.verifier().name(), VerifierKey.Kind.LOG);
      round.rollback();
      UUID announced =
          writer
              .append(
                  new AuditEvent.KeyAnnounced(
                      actor, AuditEvent.KeyChange.ROTATED, next.verifier().line()))
              .event();
      while (true) {
        round = begin();
        if (round.isLeaf(announced)) {
          break;
        }
        seal(round, Optional.empty());
      }
      round.succeed(old, next.verifier());
      round.commit();
      keys.destroy(old.verifier());
      return next.verifier();
    } catch (SQLException e) {
      drop();
      throw new AuditUnavailableException("the key cannot be replaced", false, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      drop();
    }
  }

  private void run() {
    while (!closed) {
      boolean more = false;
      try {
        more = seal();
      } catch (RuntimeException e) { // the top of a thread that must outlive its rounds
        set(State.UNAVAILABLE, String.valueOf(e.getMessage()));
      }
      try {
        if (!more && !closed) {
          boolean early = wanted.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
          if (early) {
            wanted.drainPermits();
          }
        }
      } catch (InterruptedException e) {
        return;
      }
    }
    seal(); // what came in while the service was stopping
  }

  /// One round, now.
  ///
  /// @return whether records still wait
  public synchronized boolean seal() {
    try {
      SealRound round = begin();
      Optional<Instant> before = round.lastCheckpointAt();
      boolean more = seal(round, Optional.empty());
      boolean silent =
          before.filter(last -> last.plus(SIGN_OF_LIFE).isBefore(round.now())).isPresent();
      if (silent && !more && round.sealed() == 0 && !closed) {
        Checkpoint last = round.last();
        var _ =
            writer.append(
                new AuditEvent.Sealed(
                    ActorRef.SYSTEM, last.size(), Base64.getEncoder().encodeToString(last.root())));
        return true;
      }
      return more;
    } catch (Refusal refusal) {
      if (refusal.state != State.STANDBY) {
        drop();
      }
      remembered = null;
      set(refusal.state, String.valueOf(refusal.getMessage()));
    } catch (TreeDamagedException e) {
      drop();
      set(State.DAMAGED, String.valueOf(e.getMessage()));
    } catch (SQLException | AuditUnavailableException e) {
      drop();
      set(State.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
    return false;
  }

  private boolean seal(SealRound round, Optional<UUID> first) throws SQLException {
    round.take(first);
    boolean grown = round.sign();
    round.commit();
    set(State.SEALING, "");
    if (grown) {
      remembered = round.last();
    }
    if (grown || folderBehind) {
      round.lastNote().ifPresent(note -> keep(round, note));
    }
    if (grown) {
      round.lastNote().ifPresent(published);
    }
    return round.full();
  }

  /// What the folder missed while it could not be written comes with the next round that can.
  private void keep(SealRound round, SignedNote note) {
    try {
      round.copyTo(folder);
      folder.keepCheckpoint(round.epoch(), note);
      folderBehind = false;
    } catch (RuntimeException | SQLException e) {
      set(State.FOLDER_UNAVAILABLE, String.valueOf(e.getMessage()));
      folderBehind = true;
    }
  }

  /// Elected, with a tree that is the one that was signed last, and ready to take records.
  private SealRound begin() throws SQLException {
    while (true) {
      Connection connection = connection();
      if (!SealRound.elected(connection)) {
        connection.rollback();
        throw new Refusal(State.STANDBY, "another process seals");
      }
      Optional<SealRound> begun = SealRound.read(connection);
      if (begun.isEmpty()) {
        open(connection);
        continue;
      }
      SealRound round = begun.get();
      round.checkTree();
      Optional<Lost> lost = lost(round);
      if (lost.isPresent()) {
        openEpoch(round, lost.get());
        continue;
      }
      if (round.clockRanBack(CLOCK_TOLERANCE)) {
        throw new Refusal(State.CLOCK_BACK, "the database's clock runs behind the last checkpoint");
      }
      round.use(signer(round.key()));
      return round;
    }
  }

  private NoteSigner signer(VerifierKey key) {
    return keys.find(key)
        .orElseThrow(
            () -> new Refusal(State.KEY_MISSING, "the key %08x is not here".formatted(key.id())));
  }

  /// A state of the log that the database does not hold any more.
  ///
  /// @param common records that it certainly still holds
  private record Lost(int epoch, Checkpoint checkpoint, long common) {
    static final Comparator<Lost> BY_AGE =
        Comparator.comparing(Lost::epoch)
            .thenComparing(lost -> lost.checkpoint().size())
            .thenComparing(Lost::common);

    static Optional<Lost> newest(Optional<Lost> one, Optional<Lost> other) {
      return Stream.of(one, other).flatMap(Optional::stream).max(BY_AGE);
    }
  }

  /// The log's first start.
  private void open(Connection connection) throws SQLException {
    Optional<Lost> before =
        Lost.newest(
            folder.last().map(kept -> new Lost(kept.epoch(), kept.checkpoint(), 0)),
            witnessed(List.of()).map(head -> new Lost(epochOf(head), head, 0)));
    int epoch = before.map(lost -> lost.epoch() + 1).orElse(1);
    String origin = name + "/epoch-" + epoch;
    NoteSigner signer = keys.create(origin, VerifierKey.Kind.LOG);
    SealRound.open(connection, epoch, origin, signer.verifier());
    announceFirst(signer);
    if (before.isPresent()) {
      // An empty database where there was a log: all of it is lost.
      UUID first = writer.append(opened(epoch, before.get(), 0)).event();
      SealRound round = SealRound.read(connection).orElseThrow();
      round.use(signer);
      seal(round, Optional.of(first));
    } else {
      connection.commit();
    }
  }

  private void announceFirst(NoteSigner signer) {
    var _ =
        writer.append(
            new AuditEvent.KeyAnnounced(
                ActorRef.SYSTEM, AuditEvent.KeyChange.FIRST, signer.verifier().line()));
  }

  /// @return the newest state that others remember, if the database went back behind it
  private Optional<Lost> lost(SealRound round) throws SQLException {
    return Lost.newest(
        round.lastIs(remembered) ? Optional.empty() : knownToFolder(round), knownToWitness(round));
  }

  /// @return what the folder remembers, if the database went back behind it
  /// @throws TreeDamagedException if the two disagree in any other way
  private Optional<Lost> knownToFolder(SealRound round) throws SQLException {
    Optional<CheckpointFolder.Kept> last = folder.last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    CheckpointFolder.Kept known = last.get();
    if (known.epoch() < round.epoch()) {
      return Optional.empty(); // nothing of this epoch was kept yet
    }
    if (known.epoch() > round.epoch() || known.checkpoint().size() > round.size()) {
      TreeView view = round.view();
      if (known.leaves() < round.size()
          || !Arrays.equals(folder.root(known.epoch(), round.size()), view.root())) {
        throw new TreeDamagedException(
            "the database's %d records are not the beginning of what was signed: %s"
                .formatted(round.size(), known.checkpoint()));
      }
      return Optional.of(new Lost(known.epoch(), known.checkpoint(), round.size()));
    }
    if (!isOf(round, known.checkpoint())) {
      throw new TreeDamagedException(
          "the database's first %d records are not those that were signed"
              .formatted(known.checkpoint().size()));
    }
    return Optional.empty();
  }

  /// The witness has no leaves to compare with: what the database holds beyond the last state in it
  /// that the witness signed may have been recorded after the backup was put back.
  ///
  /// @return what the witness remembers, if the database does not hold it
  /// @throws TreeDamagedException if the database contradicts a signature of the witness in it
  private Optional<Lost> knownToWitness(SealRound round) throws SQLException {
    if (witnessAsked) {
      return Optional.empty();
    }
    witnessAsked = true;
    Optional<Checkpoint> head = witnessed(round.keys());
    if (head.isEmpty() || epochOf(head.get()) < round.epoch()) {
      return Optional.empty();
    }
    Checkpoint known = head.get();
    if (epochOf(known) == round.epoch() && known.size() <= round.size() && isOf(round, known)) {
      return Optional.empty();
    }
    Optional<Checkpoint> common = round.cosigned(witness.orElseThrow().witness());
    if (common.filter(of -> of.size() > round.size() || !isOf(round, of)).isPresent()) {
      throw new TreeDamagedException(
          "the database's records are not those that the witness signed: " + common.get());
    }
    return Optional.of(new Lost(epochOf(known), known, common.map(Checkpoint::size).orElse(0L)));
  }

  private static boolean isOf(SealRound round, Checkpoint known) {
    return Arrays.equals(round.view().root(known.size()), known.root());
  }

  /// The newest state that the witness signed; empty without a witness, and while it is away.
  private Optional<Checkpoint> witnessed(List<SealedLog.Key> remembered) {
    if (witness.isEmpty()) {
      return Optional.empty();
    }
    Set<VerifierKey> known =
        remembered.stream().map(SealedLog.Key::verifier).collect(Collectors.toSet());
    try {
      return witness
          .get()
          .newest(key -> known.contains(key) || keys.find(key).isPresent(), remembered)
          .filter(head -> epochOf(head) > 0);
    } catch (IOException e) {
      return Optional.empty(); // asked to sign what is sealed now, it says when it knows better
    }
  }

  /// @return 0 for a state of another log
  private int epochOf(Checkpoint checkpoint) {
    Matcher origin = EPOCH.matcher(checkpoint.origin());
    return origin.matches() && origin.group(1).equals(name) ? Integer.parseInt(origin.group(2)) : 0;
  }

  /// Begins a new epoch after a database was restored. Its first record is sealed before any other.
  private void openEpoch(SealRound round, Lost lost) throws SQLException {
    int epoch = Math.max(lost.epoch(), round.epoch()) + 1;
    String origin = name + "/epoch-" + epoch;
    NoteSigner signer = keys.create(origin, VerifierKey.Kind.LOG);
    UUID first = writer.append(opened(epoch, lost, round.size())).event();
    announceFirst(signer);
    round.openEpoch(epoch, origin, keys.find(round.key()), signer, lost.checkpoint().size());
    seal(round, Optional.of(first));
  }

  private static AuditEvent opened(int epoch, Lost lost, long restored) {
    return new AuditEvent.EpochOpened(
        ActorRef.SYSTEM,
        epoch,
        lost.checkpoint().size(),
        Base64.getEncoder().encodeToString(lost.checkpoint().root()),
        restored,
        lost.common());
  }

  private void set(State state, String reason) {
    Optional<Instant> last =
        state == State.SEALING ? Optional.of(clock.instant()) : health.lastRound();
    health = new Health(state, reason, last);
  }

  private Connection connection() throws SQLException {
    if (kept != null && !kept.isValid(2)) {
      drop();
    }
    Connection connection = kept;
    if (connection == null) {
      connection = database.getConnection();
      connection.setAutoCommit(false);
      kept = connection;
    }
    return connection;
  }

  private void drop() {
    remembered = null;
    witnessAsked = false; // a database that comes back may be a restored one
    Connection connection = kept;
    kept = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Nothing is left to release: the server ends the transaction with the connection.
      }
    }
  }

  /// A round that must not take place, and why.
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final State state;

    Refusal(State state, String reason) {
      super(reason);
      this.state = state;
    }
  }
}
