package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.library.Transactions.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.jspecify.annotations.Nullable;

/// Documents that arrive in pieces, over lines that break and pages that are loaded anew. Each
/// belongs to whoever began it; to others it does not exist.
///
/// ```
/// begin ─▶ [0, bytes) append* ─▶ complete ─▶ a document; its id stays known until it expires
///             └─ nothing for a day: removed
/// ```
///
/// `uploads/ID` in the data folder holds the bytes, the database how many of them are synced. After
/// a crash whatever is beyond that is cut off: an upload goes on behind bytes that are certain, and
/// nothing of it is a document before all of them are. Safe for concurrent use: of two who send the
/// same upload the later one goes on, and the earlier one's next bytes are refused.
public final class Uploads {
  static final Duration KEPT = Duration.ofHours(24);
  static final int MOST_AT_ONCE = 100;

  // Left to the database, the index and the log: they stop with a full disk.
  private static final long RESERVED_BYTES = 256L << 20;
  private static final long SYNC_EVERY_BYTES = 8L << 20;
  private static final int COPY_BYTES = 1 << 16;

  private final Transactions transactions;
  private final Path folder;
  private final long maxBytes;
  private final InstantSource clock;
  private final Map<UUID, Receiving> receiving = new ConcurrentHashMap<>();

  /// @param folder which belongs to these uploads alone
  /// @param maxBytes of one document
  public Uploads(Transactions transactions, Path folder, long maxBytes, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.folder = requireNonNull(folder, "folder");
    this.clock = requireNonNull(clock, "clock");
    this.maxBytes = maxBytes;
  }

  /// What this process knows of an upload's file; guarded by itself.
  private static final class Receiving {
    long written;
    long synced;
    @Nullable Object sender;

    Receiving(long synced) {
      this.written = synced;
      this.synced = synced;
    }
  }

  /// The disk has no room for a document of this size.
  public static final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRoomException() {
      super("The disk has no room for a document of this size");
    }
  }

  /// Bytes were sent for another place than the one where they go on.
  public static final class OffsetException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long received;

    OffsetException(long received) {
      super("The upload goes on at byte " + received);
      this.received = received;
    }

    public long received() {
      return received;
    }
  }

  /// Begins an upload, or finds the one that the caller began for the same file and place.
  ///
  /// @throws BlobStore.TooLargeException where no document may be so large
  /// @throws NoRoomException where the disk has no room for it
  public PartialUpload begin(
      String owner,
      CollectionId collection,
      String path,
      Optional<Set<GroupId>> readers,
      long bytes,
      Instant modifiedAt) {
    Arrival.checkPath(path);
    if (bytes < 1) {
      throw new LibraryException.Invalid("Upload-Length", "An upload has at least one byte");
    }
    if (bytes > maxBytes) {
      throw new BlobStore.TooLargeException(maxBytes);
    }
    Optional<PartialUpload> begun =
        of(owner).stream()
            .filter(upload -> upload.collection().equals(collection) && upload.path().equals(path))
            .filter(upload -> upload.bytes() == bytes && upload.modifiedAt().equals(modifiedAt))
            .filter(upload -> upload.readers().equals(readers))
            .findFirst();
    if (begun.isPresent()) {
      return begun.get();
    }
    checkRoom(bytes);
    return transactions.run(
        work -> {
          readers.ifPresent(
              groups -> LibraryCollections.checkGroups(work.session(), "readers", groups));
          UploadRow row = new UploadRow();
          row.id = UUID.randomUUID();
          row.owner = owner;
          row.collectionId = collection.value();
          row.path = path;
          row.readers = readers.map(Labels::column).orElse(null);
          row.byteSize = bytes;
          row.modifiedAt = modifiedAt;
          row.createdAt = clock.instant();
          row.expiresAt = row.createdAt.plus(KEPT);
          checkCount(work, owner);
          work.session().persist(row);
          return row.toUpload();
        });
  }

  private static void checkCount(Work work, String owner) {
    long begun =
        work.session()
            .createSelectionQuery(
                "select count(*) from Upload where owner = :owner and documentId is null",
                Long.class)
            .setParameter("owner", owner)
            .getSingleResult();
    if (begun >= MOST_AT_ONCE) {
      throw new LibraryException.Conflict(
          LibraryException.Reason.TOO_MANY_UPLOADS,
          "%d uploads are not finished: continue or discard some first".formatted(begun),
          Map.of("count", begun));
    }
  }

  /// A document needs its size twice for a moment: as it arrives, and as it is kept.
  private void checkRoom(long bytes) {
    long promised =
        transactions.run(
            work ->
                work.session()
                    .createSelectionQuery(
                        "select coalesce(sum(2 * byteSize - received), 0) from Upload where"
                            + " documentId is null",
                        Long.class)
                    .getSingleResult());
    if (new DiskRoom(folder).freeBytes() - promised - RESERVED_BYTES < 2 * bytes) {
      throw new NoRoomException();
    }
  }

  /// The uploads of a person that are not complete, the oldest first.
  public List<PartialUpload> of(String owner) {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from Upload where owner = :owner and documentId is null and expiresAt > :now"
                        + " order by createdAt",
                    UploadRow.class)
                .setParameter("owner", owner)
                .setParameter("now", clock.instant())
                .list()
                .stream()
                .map(UploadRow::toUpload)
                .toList());
  }

  /// With all that has arrived until now, durably.
  public PartialUpload get(String owner, UUID id) {
    PartialUpload upload = row(owner, id);
    Receiving at = receiving.get(id);
    if (at == null) {
      return upload;
    }
    synchronized (at) {
      if (at.written > at.synced) {
        try (FileChannel file = open(id)) {
          sync(id, at, file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return row(owner, id);
  }

  private PartialUpload row(String owner, UUID id) {
    return transactions.run(
        work ->
            Optional.ofNullable(work.session().find(UploadRow.class, id))
                .filter(row -> row.owner.equals(owner))
                .filter(row -> row.expiresAt.isAfter(clock.instant()))
                .map(UploadRow::toUpload)
                .orElseThrow(
                    () ->
                        new LibraryException.NotFound(
                            LibraryException.Reason.NO_SUCH_UPLOAD, "There is no such upload")));
  }

  /// Takes bytes to the end of the stream, or until it breaks: what came until then is kept.
  ///
  /// @param offset of the first byte; all before it must be here
  /// @throws OffsetException where they are not, or more are
  public PartialUpload append(String owner, UUID id, long offset, InputStream bytes) {
    PartialUpload upload = row(owner, id);
    Receiving at = receiving.computeIfAbsent(id, _ -> new Receiving(upload.received()));
    Object sender = new Object();
    try (FileChannel file = open(id)) {
      synchronized (at) {
        if (file.size() < at.written) {
          // A folder that was restored without its newest bytes: the upload goes on with what is
          // there.
          at.written = file.size();
          sync(id, at, file);
        }
        if (upload.document().isPresent() || offset != at.written) {
          throw new OffsetException(at.written);
        }
        // Whatever a crash left beyond what is certain.
        file.truncate(at.written);
        at.sender = sender;
      }
      try {
        copy(bytes, file, at, sender, upload);
      } finally {
        synchronized (at) {
          if (at.sender == sender) {
            sync(id, at, file);
            at.sender = null;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return row(owner, id);
  }

  private void copy(
      InputStream bytes, FileChannel file, Receiving at, Object sender, PartialUpload upload)
      throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    for (int read = next(bytes, buffer); read >= 0; read = next(bytes, buffer)) {
      synchronized (at) {
        if (at.sender != sender) {
          throw new OffsetException(at.written);
        }
        if (at.written + read > upload.bytes()) {
          throw new LibraryException.Conflict("More bytes came than were announced");
        }
        ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
        for (long place = at.written; piece.hasRemaining(); place += file.write(piece, place)) {}
        at.written += read;
        if (at.written - at.synced >= SYNC_EVERY_BYTES) {
          sync(upload.id(), at, file);
        }
      }
    }
  }

  /// A line that breaks ends the piece, no more.
  private static int next(InputStream bytes, byte[] buffer) {
    try {
      return bytes.read(buffer);
    } catch (IOException _) {
      return -1;
    }
  }

  private void sync(UUID id, Receiving at, FileChannel file) throws IOException {
    file.force(true);
    at.synced = at.written;
    transactions.run(
        work ->
            work.session()
                .createMutationQuery(
                    "update Upload set received = :received, expiresAt = :expires where id = :id")
                .setParameter("received", at.synced)
                .setParameter("expires", clock.instant().plus(KEPT))
                .setParameter("id", id)
                .executeUpdate());
  }

  private FileChannel open(UUID id) throws IOException {
    return FileChannel.open(file(id), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private Path file(UUID id) {
    return folder.resolve(id.toString());
  }

  /// Makes a document of an upload that is complete, once: who asks again is told the same
  /// document.
  ///
  /// @param acceptance takes the bytes in; where it fails the upload stays as it is
  /// @throws OffsetException where bytes are missing
  public DocumentId complete(String owner, UUID id, Function<InputStream, DocumentId> acceptance) {
    PartialUpload upload = row(owner, id);
    Receiving at = receiving.computeIfAbsent(id, _ -> new Receiving(upload.received()));
    synchronized (at) {
      PartialUpload now = row(owner, id);
      if (now.document().isPresent()) {
        return now.document().get();
      }
      if (now.received() < now.bytes()) {
        throw new OffsetException(now.received());
      }
      DocumentId document;
      try (InputStream bytes = Files.newInputStream(file(id))) {
        if (Files.size(file(id)) != now.bytes()) {
          throw new IOException("The bytes of upload %s are not all there".formatted(id));
        }
        document = acceptance.apply(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      transactions.run(
          work ->
              work.session()
                  .createMutationQuery("update Upload set documentId = :document where id = :id")
                  .setParameter("document", document.value())
                  .setParameter("id", id)
                  .executeUpdate());
      delete(id);
      return document;
    }
  }

  /// Gives up an upload.
  public void remove(String owner, UUID id) {
    row(owner, id);
    transactions.run(
        work -> {
          Optional.ofNullable(work.session().find(UploadRow.class, id, LockMode.PESSIMISTIC_WRITE))
              .ifPresent(row -> forget(work, owner, row, Change.UploadRemoved.Cause.REQUESTED));
          return id;
        });
    delete(id);
  }

  /// That a document arrived has a record of its own.
  private static void forget(
      Work work, String actor, UploadRow row, Change.UploadRemoved.Cause cause) {
    work.session().remove(row);
    if (row.documentId == null) {
      work.record(
          new Change.UploadRemoved(
              actor,
              row.id,
              row.owner,
              new CollectionId(row.collectionId),
              row.path,
              row.byteSize,
              row.received,
              cause));
    }
  }

  private void delete(UUID id) {
    Receiving at = receiving.remove(id);
    try {
      if (at == null) {
        Files.deleteIfExists(file(id));
        return;
      }
      synchronized (at) {
        at.sender = null;
        Files.deleteIfExists(file(id));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes what nobody went on with, and bytes without an upload.
  ///
  /// @return how many were removed
  public int removeExpired() {
    try {
      // The files first: one that comes now has its row already.
      List<Path> there;
      try (var files = Files.list(folder)) {
        there = files.toList();
      }
      Set<String> kept = unfinished();
      int removed = 0;
      for (Path file : there) {
        String name = String.valueOf(file.getFileName());
        if (!kept.contains(name)) {
          delete(UUID.fromString(name));
          removed++;
        }
      }
      return removed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ids of all that are not complete, once the expired ones are forgotten.
  private Set<String> unfinished() {
    return transactions.run(
        work -> {
          work.session()
              .createSelectionQuery("from Upload where expiresAt <= :now", UploadRow.class)
              .setParameter("now", clock.instant())
              .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
              .list()
              .forEach(row -> forget(work, "system", row, Change.UploadRemoved.Cause.EXPIRED));
          return work
              .session()
              .createSelectionQuery("select id from Upload where documentId is null", UUID.class)
              .list()
              .stream()
              .map(UUID::toString)
              .collect(Collectors.toSet());
        });
  }
}
