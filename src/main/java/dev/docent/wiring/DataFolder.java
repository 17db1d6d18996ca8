package dev.docent.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The one folder that holds everything an installation keeps.
///
/// ```
/// pg/        PostgreSQL: binaries, cluster, its log       index/   Lucene
/// blobs/     documents' bytes and parsed text             keys/    secrets, 0700
/// uploads/   bytes of documents that are on their way     logs/    service.log
/// run/       service.json, operator.token, temporary/
/// audit/     leaf hashes and checkpoints of the log, unless it lies elsewhere
/// lock       held while a service runs on this folder; holds its process id
/// ```
///
/// Files made here are readable by their owner only. The folder itself is 0700, or 0711 where the
/// service runs as root, because PostgreSQL then runs as another user and must reach `pg/`. Safe
/// for concurrent use.
public final class DataFolder {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_AND_PASSAGE =
      PosixFilePermissions.fromString("rwx--x--x");
  private static final Set<PosixFilePermission> SECRET =
      PosixFilePermissions.fromString("rw-------");
  private static final int SECRET_BYTES = 32;
  private static final String NEW_TOKEN =
      "./docent down and ./docent up make a new one that only its owner can read.";

  private final Path root;

  private DataFolder(Path root) {
    this.root = root;
  }

  /// Names the folder without touching the disk.
  public static DataFolder at(Path root) {
    return new DataFolder(root.toAbsolutePath().normalize());
  }

  /// The folder used when none is named: `$DOCENT_DATA`, else `docent` in the user's data home.
  public static Path standard(Map<String, String> environment, Path home) {
    var named = environment.get("DOCENT_DATA");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    var dataHome = environment.get("XDG_DATA_HOME");
    return dataHome != null && Path.of(dataHome).isAbsolute()
        ? Path.of(dataHome, "docent")
        : home.resolve(".local/share/docent");
  }

  /// Makes the folders that are missing and sets who may enter them.
  ///
  /// @throws DataFolderException where the folder cannot be made or written
  public DataFolder create() {
    try {
      requireSameUser();
      Files.createDirectories(root);
      Files.createDirectories(postgres());
      for (var folder : new Path[] {root, postgres()}) {
        Files.setPosixFilePermissions(
            folder, PostgresUser.runsAsRoot() ? OWNER_AND_PASSAGE : OWNER_ONLY);
      }
      for (var folder :
          new Path[] {
            index(), blobs(), uploads(), keys(), checkpoints(), run(), temporary(), logs()
          }) {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
      }
      return this;
    } catch (IOException | UnsupportedOperationException e) {
      throw new DataFolderException(
          "The data folder %s cannot be made or written: %s. Name another with --data."
              .formatted(root, reason(e)),
          e);
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException failure
        ? DiskFailure.inWords(failure)
        : "its file system knows no permissions";
  }

  /// Root could write in anybody's folder: PostgreSQL, which then runs as another user, could not,
  /// nor could its owner afterwards.
  private void requireSameUser() throws IOException {
    var file = lockFile();
    if (Files.exists(file)
        && !Files.getAttribute(file, "unix:uid")
            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      throw new DataFolderException(
          "The data folder %s is %s's, and this is %s. Run Docent as %s, or name another folder with --data."
              .formatted(
                  root,
                  DiskFailure.owner(file),
                  System.getProperty("user.name"),
                  DiskFailure.owner(file)));
    }
  }

  /// Refuses a user who may not look into a folder that is there, before its files seem missing.
  ///
  /// @throws DataFolderException which names whose folder it is
  public void requireOpen() {
    var hidden = !Files.exists(root) && !Files.notExists(root);
    var closed = Files.isDirectory(root) && !(Files.isReadable(root) && Files.isExecutable(root));
    if (hidden || closed) {
      throw new DataFolderException(
          "The data folder %s cannot be used: %s. Run Docent as that user, or name another folder with --data."
              .formatted(root, DiskFailure.inWords(new AccessDeniedException(root.toString()))));
    }
  }

  /// Takes the folder for this process until the lock is closed or the process ends, however it
  /// ends.
  ///
  /// @throws DataFolderException where another process holds it; the message names that process
  public Lock lock() {
    var file = lockFile();
    try {
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      var held = tryLock(channel);
      if (held.isEmpty()) {
        channel.close();
        throw new DataFolderException(
            "The data folder %s is in use by process %s. Stop it with ./docent down, or name another folder with --data."
                .formatted(root, holderInWords()));
      }
      Files.setPosixFilePermissions(file, SECRET);
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
      channel.force(true);
      return new Lock(channel);
    } catch (IOException e) {
      throw new DataFolderException(
          "The data folder %s cannot be taken into use: %s."
              .formatted(root, DiskFailure.inWords(e)),
          e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException _) {
      return Optional.empty();
    }
  }

  /// The process that holds this folder now, where it can be told.
  ///
  /// Its id stands in the lock file. A holder that was killed leaves its id there, which may be
  /// anybody's by now, and the next one needs a moment to write its own: so that process is meant
  /// which has the file open.
  public Optional<ProcessHandle> holder() {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(lockFile()).strip()))
          .filter(this::hasOpen);
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// The holder's process id, for a sentence.
  public String holderInWords() {
    return holder().map(process -> "" + process.pid()).orElse("(unknown)");
  }

  private boolean hasOpen(ProcessHandle process) {
    try (var open = Files.list(Path.of("/proc/%d/fd".formatted(process.pid())))) {
      return open.anyMatch(this::isLockFile);
    } catch (AccessDeniedException _) {
      // Another user's, or one with capabilities, which hides its files.
      return locked() && process.info().user().equals(ProcessHandle.current().info().user());
    } catch (IOException | UncheckedIOException _) {
      return false; // it has ended
    }
  }

  private boolean isLockFile(Path descriptor) {
    try {
      return Files.isSameFile(descriptor, lockFile());
    } catch (IOException _) {
      return false; // closed meanwhile, or a socket
    }
  }

  /// Whether a process holds this folder now.
  public boolean locked() {
    var file = lockFile();
    if (!Files.exists(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel).isEmpty();
    } catch (IOException e) {
      throw new DataFolderException(
          "Whether Docent runs on %s cannot be told: %s. Run this as the user who started Docent."
              .formatted(root, DiskFailure.inWords(e)),
          e);
    }
  }

  /// The embedded database's process, where one runs on this folder, whoever started it.
  public Optional<ProcessHandle> database() {
    return EmbeddedPostgres.postmaster(postgres().resolve("cluster"));
  }

  /// The secret kept in a file, made at random (256 bits, hexadecimal) the first time.
  public String secret(Path file) {
    try {
      if (Files.notExists(file)) {
        writeSecret(file, random());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes what an earlier run that was ended by force has left behind.
  void emptyTemporary() {
    try (var left = Files.walk(temporary())) {
      for (var path : left.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(temporary())) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DataFolderException(
          "The folder %s cannot be emptied: %s".formatted(temporary(), e), e);
    }
  }

  /// Replaces the operator's token by a new random one: it is good for one run of the service.
  void renewOperatorToken() {
    writeSecret(operatorToken(), random());
  }

  /// The operator's token, from its file.
  ///
  /// @throws DataFolderException where the file cannot be read, holds none, or is not its reader's
  ///   alone; the message says what to do
  public String readOperatorToken() {
    var file = operatorToken();
    try {
      var open = new HashSet<>(Files.getPosixFilePermissions(file));
      open.removeAll(SECRET);
      if (!open.isEmpty()) {
        throw new DataFolderException(
            "The operator's token %s is open to other users of this machine, who could act as Docent's operator with it. %s"
                .formatted(file, NEW_TOKEN));
      }
      var token = Files.readString(file).strip();
      if (token.isEmpty()) {
        throw new DataFolderException(
            "The operator's token %s is empty. %s".formatted(file, NEW_TOKEN));
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new DataFolderException(
          "The operator's token %s is gone. %s".formatted(file, NEW_TOKEN), e);
    } catch (AccessDeniedException e) {
      throw new DataFolderException(
          "The operator's token cannot be read: %s. Only the user who started Docent may act as its operator."
              .formatted(DiskFailure.inWords(e)),
          e);
    } catch (IOException e) {
      throw new DataFolderException(
          "The operator's token %s cannot be read: %s. %s"
              .formatted(file, DiskFailure.inWords(e), NEW_TOKEN),
          e);
    }
  }

  private static String random() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Writes a small file that only its owner can read, in one step: readers see the old content or
  /// the new, never a part.
  public void writeSecret(Path file, String content) {
    try {
      Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      var draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(draft, PosixFilePermissions.asFileAttribute(SECRET));
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(StandardCharsets.UTF_8.encode(content));
        channel.force(true);
      }
      try {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException _) {
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path root() {
    return root;
  }

  /// Settings of this installation, where the operator wrote some.
  public Path properties() {
    return root.resolve("docent.properties");
  }

  /// PostgreSQL's binaries and cluster.
  public Path postgres() {
    return root.resolve("pg");
  }

  /// The search index.
  public Path index() {
    return root.resolve("index");
  }

  /// The bytes and the parsed text of documents.
  public Path blobs() {
    return root.resolve("blobs");
  }

  /// Documents that arrive in pieces.
  public Path uploads() {
    return root.resolve("uploads");
  }

  /// Keys and passwords.
  public Path keys() {
    return root.resolve("keys");
  }

  /// What the log remembers outside the database.
  public Path checkpoints() {
    return root.resolve("audit");
  }

  /// Records of the audit log that wait for the database.
  public Path spool() {
    return root.resolve("spool");
  }

  /// What describes the running service.
  public Path run() {
    return root.resolve("run");
  }

  /// Files of the running service that are worth nothing after it.
  public Path temporary() {
    return run().resolve("temporary");
  }

  /// Log files.
  public Path logs() {
    return root.resolve("logs");
  }

  private Path lockFile() {
    return root.resolve("lock");
  }

  /// The token by which the command line acts as the local operator.
  public Path operatorToken() {
    return run().resolve("operator.token");
  }

  /// The first administrator's password, from the service to the command line that started it and
  /// deletes it.
  public Path firstPassword() {
    return run().resolve("first-password");
  }

  /// Port and process of the running service.
  public Path serviceFile() {
    return run().resolve("service.json");
  }

  /// The service's log.
  public Path serviceLog() {
    return logs().resolve("service.log");
  }

  /// The hold on a data folder.
  public static final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
