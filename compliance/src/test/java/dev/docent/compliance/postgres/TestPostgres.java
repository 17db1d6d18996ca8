package dev.docent.compliance.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A durable PostgreSQL (fsync on) in a temporary folder, as an unprivileged user when the tests
/// run as root; stopped and deleted when the JVM ends.
public final class TestPostgres {
  private static final String UNPRIVILEGED = "65534"; // nobody
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path home;
  private final int port;

  private TestPostgres(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /// The cluster that tests share.
  public static TestPostgres shared() {
    return Shared.CLUSTER;
  }

  private static final class Shared {
    static final TestPostgres CLUSTER = start();
  }

  public static TestPostgres start() {
    try {
      Path home = Files.createTempDirectory("docent-test-pg");
      TestPostgres cluster = new TestPostgres(home, freePort());
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::delete));
      cluster.unpack();
      cluster.run("initdb", "-D", cluster.data(), "-U", "postgres", "-E", "UTF8", "--locale=C");
      cluster.resume();
      try (Connection connection = cluster.connect("postgres", "postgres");
          Statement statement = connection.createStatement()) {
        // The least privileges that the migrations need: no superuser.
        statement.execute("CREATE ROLE docent_owner LOGIN CREATEROLE");
        statement.execute("ALTER ROLE docent_owner SET createrole_self_grant = 'set, inherit'");
        statement.execute("CREATE ROLE docent_app LOGIN");
        statement.execute("CREATE ROLE docent_audit LOGIN");
      }
      return cluster;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("no PostgreSQL for the tests", e);
    }
  }

  /// A new database with the audit schema in it.
  public Database newDatabase() {
    String name = "docent" + DATABASES.incrementAndGet();
    try (Connection connection = connect("postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " OWNER docent_owner");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Database database = new Database(name);
    Flyway.configure()
        .dataSource(database.as("docent_owner"))
        .locations("classpath:db/audit")
        .defaultSchema("public")
        .table("audit_migrations")
        .load()
        .migrate();
    return database;
  }

  /// Stops the server; connections are cut.
  public void stop() {
    run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
  }

  public void resume() {
    // No vacuum of its own: its transaction, begun before a record's, holds that record back from
    // the next seal, which is right and which tests that count seals do not expect.
    run(
        "pg_ctl",
        "-D",
        data(),
        "-l",
        home.resolve("log").toString(),
        "-o",
        "-p "
            + port
            + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c autovacuum=off",
        "-w",
        "start");
  }

  /// One database of the cluster.
  public final class Database {
    private final String name;

    Database(String name) {
      this.name = name;
    }

    public PGSimpleDataSource as(String role) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setServerNames(new String[] {"127.0.0.1"});
      source.setPortNumbers(new int[] {port});
      source.setDatabaseName(name);
      source.setUser(role);
      return source;
    }

    /// Runs statements one by one as a role.
    public void execute(String role, String... statements) throws SQLException {
      try (Connection connection = as(role).getConnection();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    /// Keeps a copy of the database as it is now, as a backup does; connections to it are cut.
    public void save() throws SQLException {
      new Database("postgres")
          .execute(
              "postgres",
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                  + name
                  + "'",
              "CREATE DATABASE " + name + "_saved TEMPLATE " + name + " OWNER docent_owner");
    }

    /// Puts the copy of [#save] in the place of the database; connections to it are cut.
    public void restore() throws SQLException {
      new Database("postgres")
          .execute(
              "postgres",
              "DROP DATABASE " + name + " WITH (FORCE)",
              "CREATE DATABASE " + name + " TEMPLATE " + name + "_saved OWNER docent_owner");
    }

    /// The first column of the first row, as text.
    public String query(String role, String sql) throws SQLException {
      try (Connection connection = as(role).getConnection();
          Statement statement = connection.createStatement();
          var rows = statement.executeQuery(sql)) {
        rows.next();
        return String.valueOf(rows.getString(1));
      }
    }
  }

  private Connection connect(String role, String database) throws SQLException {
    return new Database(database).as(role).getConnection();
  }

  private void unpack() throws IOException {
    Path archive = home.resolve("postgres.txz");
    try (InputStream box = TestPostgres.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
      if (box == null) {
        throw new IOException("the archive of PostgreSQL is not on the class path");
      }
      Files.copy(box, archive);
    }
    process(List.of("tar", "-xJf", archive.toString(), "-C", home.toString()));
    Files.delete(archive);
    if (isRoot()) {
      process(List.of("chown", "-R", UNPRIVILEGED + ":" + UNPRIVILEGED, home.toString()));
    }
  }

  private String data() {
    return home.resolve("data").toString();
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + UNPRIVILEGED));
      command.add("--clear-groups");
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    process(command);
  }

  private void process(List<String> command) {
    try {
      Path output = Files.createTempFile("docent-test-pg", ".out");
      int exit =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start()
              .waitFor();
      String said = Files.readString(output);
      Files.delete(output);
      if (exit != 0) {
        throw new IllegalStateException(command + " failed: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void delete() {
    try {
      if (Files.exists(Path.of(data(), "postmaster.pid"))) {
        stop();
      }
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
