package dev.docent.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A PostgreSQL server of our own, in the data folder, as durable as an installed one: fsync,
/// synchronous commit, full page writes and data checksums are on.
///
/// ```
/// pg/programs-18.6.0/   PostgreSQL's programs      pg/cluster/      the data
/// pg/port               the loopback port in use   pg/server.log    the server's log, without SQL
/// ```
///
/// It listens on 127.0.0.1 only and every role has a random password. The server outlives a JVM
/// that is killed; the next start stops that orphan, so that no half-done transaction of the dead
/// service can still commit, and starts afresh. Confined to the thread that starts it, but
/// [#close()] may be called from any.
final class EmbeddedPostgres implements AutoCloseable {

  static final String SUPERUSER = "postgres";
  static final String DATABASE = "docent";

  private static final Duration INITIALISE_WITHIN = Duration.ofMinutes(3);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(8);
  // Crash recovery replays at most max_wal_size of log; a quiet machine needs seconds.
  private static final Duration START_WITHIN = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int STARTS_TO_TRY = 8;

  private final DataFolder data;
  private final PostgresUser user;
  private final PostgresBinaries binaries;
  private final int port;

  private EmbeddedPostgres(
      DataFolder data, PostgresUser user, PostgresBinaries binaries, int port) {
    this.data = data;
    this.user = user;
    this.binaries = binaries;
    this.port = port;
  }

  /// Starts the server and waits until it takes connections, after crash recovery where the last
  /// end was not clean.
  ///
  /// @param data a data folder this process has locked
  /// @param progress told, in a sentence each, about steps that take time
  /// @throws PostgresException where it cannot be started; the message ends with the server's own
  ///   last words
  static EmbeddedPostgres start(DataFolder data, Consumer<String> progress) {
    var user = PostgresUser.choose();
    var binaries = unpack(data, progress);
    var cluster = cluster(data);
    if (Files.notExists(cluster)) {
      progress.accept("Making the database (once)");
      initialise(data, user, binaries);
    }
    requireSameMajorVersion(cluster);
    stopOrphan(data, user, binaries, progress);
    var port = port(data, false);
    for (int attempt = 1; attempt <= STARTS_TO_TRY; attempt++) {
      var server = new EmbeddedPostgres(data, user, binaries, port);
      switch (server.launch(progress)) {
        case READY -> {
          return server;
        }
        case PORT_TAKEN -> port = port(data, true);
        case SESSIONS_LEFT -> pause(Duration.ofSeconds(1));
      }
    }
    throw new PostgresException(
        "PostgreSQL did not start in %d attempts; see %s"
            .formatted(STARTS_TO_TRY, data.postgres().resolve("server.log")));
  }

  private enum Launch {
    READY,
    PORT_TAKEN,
    /// The sessions of a server that was killed have not noticed yet.
    SESSIONS_LEFT
  }

  private static Path cluster(DataFolder data) {
    return data.postgres().resolve("cluster");
  }

  private static PostgresBinaries unpack(DataFolder data, Consumer<String> progress) {
    if (Files.notExists(data.postgres().resolve("programs-" + PostgresBinaries.VERSION))) {
      progress.accept("Unpacking PostgreSQL " + PostgresBinaries.VERSION + " (once)");
    }
    return PostgresBinaries.unpack(data.postgres());
  }

  /// Makes the cluster beside its place and moves it there whole, so that a start interrupted here
  /// begins again from nothing.
  private static void initialise(DataFolder data, PostgresUser user, PostgresBinaries binaries) {
    var draft = data.postgres().resolve("cluster.new");
    try {
      PostgresBinaries.delete(draft);
      Files.createDirectory(draft);
      user.own(draft);
      var password = data.postgres().resolve("password.new");
      data.writeSecret(password, password(data, SUPERUSER));
      user.own(password);
      run(
          data,
          user,
          binaries.program("initdb"),
          List.of(
              "--pgdata=" + draft,
              "--username=" + SUPERUSER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--data-checksums"),
          INITIALISE_WITHIN);
      Files.delete(password);
      var rules = draft.resolve("pg_hba.conf");
      Files.writeString(
          rules,
          """
          # Written by Docent: every role, from this machine, with its password; nobody else.
          host all all 127.0.0.1/32 scram-sha-256
          """);
      Files.move(draft, cluster(data), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PostgresException(
          "The database cannot be made in %s: %s".formatted(data.postgres(), e), e);
    }
  }

  private static void requireSameMajorVersion(Path cluster) {
    try {
      var made = Files.readString(cluster.resolve("PG_VERSION")).strip();
      var have = PostgresBinaries.VERSION.substring(0, PostgresBinaries.VERSION.indexOf('.'));
      if (!made.equals(have)) {
        throw new PostgresException(
            "The database in %s was made by PostgreSQL %s, this is %s. Restore a backup into a new data folder."
                .formatted(cluster, made, have));
      }
    } catch (IOException e) {
      throw new PostgresException("The database in %s cannot be read: %s".formatted(cluster, e), e);
    }
  }

  /// Stops a server left behind by a service that was killed.
  private static void stopOrphan(
      DataFolder data, PostgresUser user, PostgresBinaries binaries, Consumer<String> progress) {
    var orphan = postmaster(cluster(data));
    if (orphan.isPresent()) {
      progress.accept("Stopping the database that an interrupted run left behind");
      stop(data, user, binaries, "fast");
    }
  }

  /// Whether a server runs on the data folder's cluster.
  static boolean runs(DataFolder data) {
    return postmaster(cluster(data)).isPresent();
  }

  /// The server that runs on the cluster, by the process id in `postmaster.pid` and proof that this
  /// process works in that very folder: the id alone may have gone to another program since.
  static Optional<ProcessHandle> postmaster(Path cluster) {
    try {
      var lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      var process = ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
      return process.filter(
          handle -> {
            try {
              return Files.isSameFile(Path.of("/proc", "" + handle.pid(), "cwd"), cluster);
            } catch (IOException _) {
              return false;
            }
          });
    } catch (IOException | NumberFormatException | NoSuchElementException _) {
      return Optional.empty(); // also a file that is being written
    }
  }

  /// The loopback port kept in the data folder, or another free one.
  private static int port(DataFolder data, boolean another) {
    var file = data.postgres().resolve("port");
    try {
      if (!another && Files.exists(file)) {
        return Integer.parseInt(Files.readString(file).strip());
      }
      try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        Files.writeString(file, socket.getLocalPort() + "\n");
        return socket.getLocalPort();
      }
    } catch (IOException | NumberFormatException e) {
      throw new PostgresException("No port for the database: " + e.getMessage(), e);
    }
  }

  private Launch launch(Consumer<String> progress) {
    var log = data.postgres().resolve("server.log");
    try {
      Files.deleteIfExists(log);
      var process =
          new ProcessBuilder(
                  user.command(data.postgres(), binaries.program("postgres"), arguments()))
              .directory(data.postgres().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      return await(process, progress);
    } catch (IOException e) {
      throw new PostgresException("PostgreSQL cannot be started: " + e.getMessage(), e);
    }
  }

  private List<String> arguments() {
    var settings =
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "max_connections=40",
            "shared_buffers=32MB",
            "max_wal_size=256MB",
            "max_parallel_workers=0",
            "max_parallel_maintenance_workers=0",
            "max_logical_replication_workers=0",
            "io_method=sync",
            "autovacuum_max_workers=1",
            "jit=off",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "password_encryption=scram-sha-256",
            // Values in statements are documents' titles and people's names: never in the log.
            "log_statement=none",
            "log_min_duration_statement=-1",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_parameter_max_length=0",
            "log_parameter_max_length_on_error=0",
            "log_checkpoints=off",
            "lc_messages=C");
    var arguments = new ArrayList<>(List.of("-D", cluster(data).toString()));
    for (var setting : settings) {
      arguments.add("-c");
      arguments.add(setting);
    }
    return arguments;
  }

  private Launch await(Process process, Consumer<String> progress) {
    var started = System.nanoTime();
    var reported = false;
    while (!ready(process)) {
      if (!process.isAlive()) {
        if (serverLog().contains("could not bind")) {
          return Launch.PORT_TAKEN;
        }
        if (serverLog().contains("pre-existing shared memory block")) {
          return Launch.SESSIONS_LEFT;
        }
        throw failure("PostgreSQL ended while starting");
      }
      var waited = Duration.ofNanos(System.nanoTime() - started);
      if (waited.compareTo(START_WITHIN) > 0) {
        process.destroyForcibly();
        throw failure("PostgreSQL was not ready in " + START_WITHIN.toSeconds() + " s");
      }
      if (!reported && serverLog().contains("automatic recovery in progress")) {
        progress.accept("The database recovers from an interrupted run");
        reported = true;
      }
      pause(POLL);
    }
    try (var _ = connect("postgres")) {
      return Launch.READY;
    } catch (SQLException e) {
      process.destroy();
      throw failure("PostgreSQL takes no connection: " + e.getMessage());
    }
  }

  /// The server writes its process id into the first line of this file and its state into the
  /// eighth; one that was killed leaves its own behind.
  private boolean ready(Process process) {
    try {
      var lines = Files.readAllLines(cluster(data).resolve("postmaster.pid"));
      return lines.size() >= 8
          && lines.getFirst().strip().equals("" + process.pid())
          && lines.get(7).strip().equals("ready");
    } catch (IOException _) {
      return false;
    }
  }

  private PostgresException failure(String what) {
    var words = serverLog().lines().toList();
    var last = words.subList(Math.max(0, words.size() - 5), words.size());
    return new PostgresException(what + ". Its last words: " + String.join(" | ", last));
  }

  private String serverLog() {
    try {
      return Files.readString(data.postgres().resolve("server.log"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "(no log)";
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("Interrupted while PostgreSQL started", e);
    }
  }

  /// A connection of the superuser. The caller closes it.
  Connection connect(String database) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", password(data, SUPERUSER));
    properties.setProperty("loginTimeout", "10");
    return DriverManager.getConnection(url(database), properties);
  }

  /// The JDBC address of Docent's database.
  String url() {
    return url(DATABASE);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /// The random password of a role, made the first time it is asked for.
  static String password(DataFolder data, String role) {
    return data.secret(data.keys().resolve("database").resolve(role));
  }

  /// Stops the server: sessions end, a checkpoint is written. Where it does not stop in time it is
  /// stopped at once, which costs the next start a crash recovery and no committed data.
  @Override
  public void close() {
    if (postmaster(cluster(data)).isPresent()) {
      stop(data, user, binaries, "fast");
    }
  }

  private static void stop(
      DataFolder data, PostgresUser user, PostgresBinaries binaries, String mode) {
    try {
      run(
          data,
          user,
          binaries.program("pg_ctl"),
          List.of(
              "stop",
              "-D",
              cluster(data).toString(),
              "-m",
              mode,
              "-w",
              "-t",
              "" + STOP_WITHIN.toSeconds()),
          STOP_WITHIN.plusSeconds(2));
    } catch (PostgresException e) {
      if (postmaster(cluster(data)).isEmpty()) {
        return;
      }
      if (mode.equals("immediate")) {
        throw e;
      }
      stop(data, user, binaries, "immediate");
    }
  }

  private static void run(
      DataFolder data, PostgresUser user, Path program, List<String> arguments, Duration limit) {
    var output = data.logs().resolve(program.getFileName() + ".log");
    try {
      var process =
          new ProcessBuilder(user.command(data.postgres(), program, arguments))
              .directory(data.postgres().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new PostgresException(
            "%s did not end in %d s; see %s"
                .formatted(program.getFileName(), limit.toSeconds(), output));
      }
      if (process.exitValue() != 0) {
        throw new PostgresException(
            "%s failed: %s".formatted(program.getFileName(), Files.readString(output).strip()));
      }
      Files.delete(output);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be run as the user of PostgreSQL (are setpriv and unshare of util-linux installed?)"
              .formatted(program.getFileName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("Interrupted while " + program.getFileName() + " ran", e);
    }
  }
}
