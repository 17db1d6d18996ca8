package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One cluster serves all tests here, in order: making it takes seconds. Its folder has a space in
/// its name and is closed to other users, as a home folder is.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedPostgresTest {

  @TempDir static Path temporary;

  private final List<String> progress = new ArrayList<>();

  private DataFolder data() throws Exception {
    var closed = temporary.resolve("closed to others");
    Files.createDirectories(closed);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    return DataFolder.at(closed.resolve("data")).create();
  }

  @Test
  @Order(1)
  void runsAsDurableAsAnInstalledServer() throws Exception {
    try (var server = EmbeddedPostgres.start(data(), progress::add);
        var connection = server.connect("postgres")) {
      var settings = new HashMap<String, String>();
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT name, setting FROM pg_settings")) {
        while (rows.next()) {
          settings.put(rows.getString(1), rows.getString(2));
        }
      }
      assertThat(settings)
          .containsEntry("fsync", "on")
          .containsEntry("synchronous_commit", "on")
          .containsEntry("full_page_writes", "on")
          .containsEntry("data_checksums", "on")
          .containsEntry("listen_addresses", "127.0.0.1")
          .containsEntry("server_encoding", "UTF8")
          .containsEntry("password_encryption", "scram-sha-256");
    }
    assertThat(EmbeddedPostgres.postmaster(data().postgres().resolve("cluster"))).isEmpty();
  }

  @Test
  @Order(2)
  void givesEveryRoleWhatItNeedsAndNoMore() throws Exception {
    try (var server = EmbeddedPostgres.start(data(), progress::add)) {
      var databases = Databases.in(server, data());
      assertThat(databases.reachable()).isTrue();
      try (var owner = open(databases, databases.owner());
          var statement = owner.createStatement()) {
        statement.execute("CREATE SCHEMA probe");
        statement.execute("CREATE ROLE probe_reader NOLOGIN");
        statement.execute("GRANT probe_reader TO docent_audit");
      }
      try (var app = open(databases, databases.app());
          var statement = app.createStatement()) {
        assertThatThrownBy(() -> statement.execute("CREATE SCHEMA mine"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("permission denied");
      }
      assertThatThrownBy(() -> DriverManager.getConnection(databases.url(), "docent_app", "wrong"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  @Order(3)
  void stopsAnOrphanAndStartsAfresh() throws Exception {
    // a server whose service was killed: nobody closed it
    EmbeddedPostgres.start(data(), progress::add);
    var orphan = EmbeddedPostgres.postmaster(data().postgres().resolve("cluster")).orElseThrow();
    try (var server = EmbeddedPostgres.start(data(), progress::add)) {
      assertThat(progress).contains("Stopping the database that an interrupted run left behind");
      assertThat(orphan.isAlive()).isFalse();
      assertThat(Databases.in(server, data()).reachable()).isTrue();
    }
  }

  @Test
  @Order(4)
  void recoversFromItsOwnSuddenDeathWithWhatWasCommitted() throws Exception {
    var crashed = EmbeddedPostgres.start(data(), progress::add);
    var databases = Databases.in(crashed, data());
    try (var owner = open(databases, databases.owner());
        var statement = owner.createStatement()) {
      statement.execute("CREATE TABLE probe.kept (word text)");
      statement.execute("INSERT INTO probe.kept VALUES ('kept')");
    }
    var postmaster = EmbeddedPostgres.postmaster(data().postgres().resolve("cluster"));
    postmaster.orElseThrow().destroyForcibly();
    postmaster.orElseThrow().onExit().join();

    try (var server = EmbeddedPostgres.start(data(), progress::add);
        var owner = open(Databases.in(server, data()), databases.owner());
        var statement = owner.createStatement();
        var rows = statement.executeQuery("SELECT word FROM probe.kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("kept");
    }
  }

  @Test
  @Order(5)
  void takesAnotherPortWhenItsOwnIsTaken() throws Exception {
    var port = Integer.parseInt(Files.readString(data().postgres().resolve("port")).strip());
    try (var _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        var server = EmbeddedPostgres.start(data(), progress::add)) {
      assertThat(server.url()).doesNotContain(":" + port + "/");
    }
  }

  @Test
  @Order(6)
  void ignoresAStalePidOfAnotherProgram() throws Exception {
    var cluster = data().postgres().resolve("cluster");
    Files.writeString(
        cluster.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + cluster + "\n");
    assertThat(EmbeddedPostgres.postmaster(cluster)).isEmpty();
    try (var server = EmbeddedPostgres.start(data(), progress::add)) {
      assertThat(server.url()).startsWith("jdbc:postgresql://127.0.0.1:");
    }
  }

  @Test
  @Order(7)
  void refusesAClusterOfAnotherMajorVersion() throws Exception {
    var version = data().postgres().resolve("cluster/PG_VERSION");
    var made = Files.readString(version);
    Files.writeString(version, "17\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(data(), progress::add))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("made by PostgreSQL 17, this is 18");
    Files.writeString(version, made);
  }

  private static Connection open(Databases databases, Databases.Credentials role)
      throws SQLException {
    return DriverManager.getConnection(databases.url(), role.user(), role.password());
  }
}
