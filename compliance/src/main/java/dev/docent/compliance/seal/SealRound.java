package dev.docent.compliance.seal;

import static java.util.Objects.requireNonNull;

import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.Frontier;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.Tiles;
import dev.docent.compliance.tree.TreeHasher;
import dev.docent.compliance.tree.TreeView;
import dev.docent.compliance.tree.VerifierKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One transaction of a sealer. Confined to one thread.
final class SealRound {
  private static final int MAX_RECORDS = 4096;
  // Any fixed number: the lock on it elects the sealer among the processes of one database.
  private static final long ELECTION = 0x646f63656e740001L;

  private final Connection connection;
  private final Instant now;
  private int epoch;
  private VerifierKey key;
  private int keyOrdinal;
  private final long size;
  private final @Nullable Checkpoint lastSigned;
  private final @Nullable Instant lastSignedAt;
  private @Nullable NoteSigner signer;
  private @Nullable Checkpoint signed;
  private @Nullable SignedNote note;
  private int taken;
  private final Frontier frontier;

  private SealRound(
      Connection connection,
      Instant now,
      int epoch,
      VerifierKey key,
      int keyOrdinal,
      long size,
      @Nullable SignedNote note,
      @Nullable Instant lastSignedAt)
      throws SQLException {
    this.connection = connection;
    this.now = now;
    this.epoch = epoch;
    this.key = key;
    this.keyOrdinal = keyOrdinal;
    this.size = size;
    this.note = note;
    this.lastSigned = note == null ? null : Checkpoint.parse(note.text());
    this.lastSignedAt = lastSignedAt;
    this.frontier = TreeTables.frontier(connection, size);
  }

  /// Whether this transaction may seal.
  static boolean elected(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, ELECTION);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  /// The state of the log; empty before its first start.
  static Optional<SealRound> read(Connection connection) throws SQLException {
    String sql =
        """
        SELECT k.epoch, k.vkey, k.ordinal,
               (SELECT coalesce(max(seq) + 1, 0) FROM audit.leaf), clock_timestamp(),
               c.note, c.created_at
        FROM audit.log_key k LEFT JOIN LATERAL (
          SELECT note, created_at FROM audit.checkpoint
          ORDER BY epoch DESC, tree_size DESC LIMIT 1) c ON true
        ORDER BY k.ordinal DESC LIMIT 1""";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      String note = rows.getString(6);
      return Optional.of(
          new SealRound(
              connection,
              rows.getObject(5, OffsetDateTime.class).toInstant(),
              rows.getInt(1),
              VerifierKey.parse(rows.getString(2)),
              rows.getInt(3),
              rows.getLong(4),
              note == null ? null : SignedNote.parse(note),
              note == null ? null : rows.getObject(7, OffsetDateTime.class).toInstant()));
    }
  }

  static void open(Connection connection, int epoch, String origin, VerifierKey key)
      throws SQLException {
    insertEpoch(connection, epoch, origin);
    insertKey(connection, 0, epoch, key, 0, Optional.empty());
  }

  // --- What is there

  int epoch() {
    return epoch;
  }

  VerifierKey key() {
    return key;
  }

  /// Leaves before this round.
  long size() {
    return size;
  }

  Instant now() {
    return now;
  }

  Optional<Instant> lastCheckpointAt() {
    return Optional.ofNullable(lastSignedAt);
  }

  /// The newest checkpoint, this round's where it signed one.
  Checkpoint last() {
    return requireNonNull(signed != null ? signed : lastSigned, "nothing was signed yet");
  }

  /// The newest checkpoint as it was signed; empty before the first.
  Optional<SignedNote> lastNote() {
    return Optional.ofNullable(note);
  }

  boolean lastIs(@Nullable Checkpoint known) {
    return known != null && known.equals(lastSigned);
  }

  /// @throws TreeDamagedException if the leaves are not those of the last checkpoint
  void checkTree() {
    long expected = lastSigned == null ? 0 : lastSigned.size();
    if (size != expected) {
      throw new TreeDamagedException(
          "the tree has %d leaves, the last checkpoint says %d".formatted(size, expected));
    }
    if (lastSigned != null && !Arrays.equals(frontier.root(), lastSigned.root())) {
      throw new TreeDamagedException(
          "the tree's last hashes are not those that were signed at size " + size);
    }
  }

  boolean clockRanBack(Duration tolerance) {
    return lastSignedAt != null && now.plus(tolerance).isBefore(lastSignedAt);
  }

  /// The tree as it lies in the database in this transaction.
  TreeView view() {
    return new TreeView(tiles(), size);
  }

  private Tiles tiles() {
    return (level, index, width) -> {
      try {
        return TreeTables.hashes(connection, level, index * Tiles.WIDTH, width);
      } catch (SQLException e) {
        throw new TreeDamagedException("the tree cannot be read: " + e.getMessage());
      }
    };
  }

  /// Every key that ever signed, as far as the database remembers.
  List<SealedLog.Key> keys() throws SQLException {
    return SealedLog.keys(connection);
  }

  /// The newest state in the database that a witness signed; empty without one.
  Optional<Checkpoint> cosigned(VerifierKey witness) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT c.note, s.line
            FROM audit.cosignature s JOIN audit.checkpoint c USING (tree_size, epoch)
            WHERE s.witness = ? ORDER BY epoch DESC, tree_size DESC LIMIT 1""")) {
      statement.setString(1, witness.name());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                    SignedNote.parse(rows.getString(1))
                        .with(SignedNote.Signed.parse(rows.getString(2))))
                .filter(note -> note.signedBy(witness))
                .map(note -> Checkpoint.parse(note.text()))
            : Optional.empty();
      }
    }
  }

  boolean isLeaf(UUID event) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM audit.leaf WHERE event_id = ?")) {
      statement.setObject(1, event);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  // --- What becomes of it

  void use(NoteSigner loaded) {
    signer = loaded;
  }

  NoteSigner signer() {
    return requireNonNull(signer, "signer");
  }

  /// Makes waiting records leaves, in the order in which they were recorded.
  ///
  /// @param first the record that comes before all others
  void take(Optional<UUID> first) throws SQLException {
    String order =
        first.isPresent() ? "event_id <> ?, recorded_at, event_id" : "recorded_at, event_id";
    String sql =
        """
        SELECT event_id, recorded_at, e.canonical
        FROM (SELECT event_id, recorded_at FROM audit.pending ORDER BY %s
              LIMIT %d FOR UPDATE SKIP LOCKED) p
        LEFT JOIN audit.event e USING (recorded_at, event_id)
        ORDER BY %s"""
            .formatted(order, MAX_RECORDS, order);
    List<UUID> ids = new ArrayList<>();
    List<OffsetDateTime> times = new ArrayList<>();
    List<byte[]> leaves = new ArrayList<>();
    TreeHasher hasher = new TreeHasher();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (first.isPresent()) {
        statement.setObject(1, first.get());
        statement.setObject(2, first.get());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
          times.add(rows.getObject(2, OffsetDateTime.class));
          byte[] canonical = rows.getBytes(3);
          if (canonical == null) {
            throw new TreeDamagedException("record " + ids.getLast() + " is gone before sealing");
          }
          leaves.add(hasher.leaf(canonical));
        }
      }
    }
    taken = ids.size();
    if (taken > 0) {
      insert(ids, times, leaves);
    }
  }

  private void insert(List<UUID> ids, List<OffsetDateTime> times, List<byte[]> leaves)
      throws SQLException {
    List<Integer> levels = new ArrayList<>();
    List<Long> indexes = new ArrayList<>();
    List<byte[]> roots = new ArrayList<>();
    for (byte[] leaf : leaves) {
      frontier.append(
          leaf,
          (height, index, root) -> {
            if (height > 0 && height % 8 == 0) {
              levels.add(height / 8);
              indexes.add(index);
              roots.add(root);
            }
          });
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO audit.leaf (seq, event_id, recorded_at, leaf_hash)
            SELECT ? + o - 1, i, t, h
            FROM unnest(?::uuid[], ?::timestamptz[], ?::bytea[]) WITH ORDINALITY AS n(i, t, h, o)""")) {
      insert.setLong(1, size);
      insert.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
      insert.setArray(
          3,
          connection.createArrayOf(
              "timestamptz",
              times.stream()
                  .map(time -> time.withOffsetSameInstant(ZoneOffset.UTC).toString())
                  .toArray()));
      insert.setArray(4, connection.createArrayOf("bytea", leaves.toArray(byte[][]::new)));
      insert.executeUpdate();
    }
    if (!roots.isEmpty()) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              INSERT INTO audit.subtree (level, idx, hash)
              SELECT * FROM unnest(?::int[], ?::bigint[], ?::bytea[])""")) {
        insert.setArray(1, connection.createArrayOf("int4", levels.toArray()));
        insert.setArray(2, connection.createArrayOf("int8", indexes.toArray()));
        insert.setArray(3, connection.createArrayOf("bytea", roots.toArray(byte[][]::new)));
        insert.executeUpdate();
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM audit.pending WHERE event_id = ANY (?)")) {
      delete.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      delete.executeUpdate();
    }
  }

  /// Signs the tree if it grew.
  ///
  /// @return whether it did
  boolean sign() throws SQLException {
    if (taken == 0) {
      return false;
    }
    Checkpoint checkpoint = new Checkpoint(key.name(), frontier.size(), frontier.root());
    SignedNote next =
        new SignedNote(checkpoint.text(), List.of(signer().sign(checkpoint.text(), now)));
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO audit.checkpoint (epoch, tree_size, root_hash, note)
            VALUES (?, ?, ?, ?)""")) {
      insert.setInt(1, epoch);
      insert.setLong(2, checkpoint.size());
      insert.setBytes(3, checkpoint.root());
      insert.setString(4, next.format());
      insert.executeUpdate();
    }
    signed = checkpoint;
    note = next;
    return true;
  }

  /// Lets another key sign from the next round on.
  void succeed(NoteSigner old, VerifierKey next) throws SQLException {
    SignedNote statement = new KeyStatement(next, size).signed(old);
    insertKey(connection, keyOrdinal + 1, epoch, next, size, Optional.of(statement));
  }

  /// Turns this round into the first of a new epoch.
  ///
  /// @param old signs for the new key where its secret half is still there
  /// @param lastSize of the last tree that was signed in the epoch before
  void openEpoch(
      int number, String origin, Optional<NoteSigner> old, NoteSigner next, long lastSize)
      throws SQLException {
    insertEpoch(connection, number, origin);
    insertKey(
        connection,
        keyOrdinal + 1,
        number,
        next.verifier(),
        lastSize,
        old.map(signing -> new KeyStatement(next.verifier(), lastSize).signed(signing)));
    epoch = number;
    key = next.verifier();
    keyOrdinal++;
    signer = next;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /// Records that this round made leaves.
  int sealed() {
    return taken;
  }

  /// Whether more records may wait than one round takes.
  boolean full() {
    return taken == MAX_RECORDS;
  }

  /// Brings a folder's leaves up to this round's.
  void copyTo(CheckpointFolder folder) throws SQLException {
    long end = frontier.size();
    for (long from = folder.leaves(epoch); from < end; ) {
      int count = (int) Math.min(1 << 16, end - from);
      folder.keepLeaves(epoch, from, TreeTables.hashes(connection, 0, from, count));
      from += count;
    }
    connection.rollback();
  }

  private static void insertEpoch(Connection connection, int epoch, String origin)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO audit.epoch (epoch, origin) VALUES (?, ?)")) {
      insert.setInt(1, epoch);
      insert.setString(2, origin);
      insert.executeUpdate();
    }
  }

  private static void insertKey(
      Connection connection,
      int ordinal,
      int epoch,
      VerifierKey key,
      long lastSize,
      Optional<SignedNote> statement)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO audit.log_key (ordinal, epoch, vkey, last_size, statement)
            VALUES (?, ?, ?, ?, ?)""")) {
      insert.setInt(1, ordinal);
      insert.setInt(2, epoch);
      insert.setString(3, key.line());
      insert.setLong(4, lastSize);
      insert.setString(5, statement.map(SignedNote::format).orElse(null));
      insert.executeUpdate();
    }
  }
}
