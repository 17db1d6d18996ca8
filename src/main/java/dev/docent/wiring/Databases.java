package dev.docent.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.internal.exception.sqlExceptions.FlywaySqlUnableToConnectToDbException;

/// The database and the three roles that Docent uses in it.
///
/// | role | used for |
/// | --- | --- |
/// | `docent_owner` | migrations only: owns the schemas, may make roles |
/// | `docent_app` | the service |
/// | `docent_audit` | the audit trail's own connections |
record Databases(String url, Credentials owner, Credentials app, Credentials audit) {

  private static final String OWNER = "docent_owner";
  private static final String APP = "docent_app";
  private static final String AUDIT = "docent_audit";

  /// A role and its password.
  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[user=" + user + "]";
    }
  }

  /// The database of an embedded server; makes it and its roles where they are missing.
  static Databases in(EmbeddedPostgres server, DataFolder data) {
    var databases =
        new Databases(
            server.url(),
            credentials(data, OWNER),
            credentials(data, APP),
            credentials(data, AUDIT));
    try {
      try (var connection = server.connect("postgres")) {
        databases.makeRoles(connection);
        if (!exists(
            connection, "SELECT 1 FROM pg_database WHERE datname = ?", EmbeddedPostgres.DATABASE)) {
          execute(
              connection,
              "CREATE DATABASE %s OWNER %s".formatted(EmbeddedPostgres.DATABASE, OWNER));
        }
      }
      try (var connection = server.connect(EmbeddedPostgres.DATABASE)) {
        execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        execute(
            connection,
            "REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(EmbeddedPostgres.DATABASE));
        execute(
            connection,
            "GRANT CONNECT ON DATABASE %s TO %s, %s"
                .formatted(EmbeddedPostgres.DATABASE, APP, AUDIT));
      }
      return databases;
    } catch (SQLException e) {
      throw new PostgresException("The database's roles cannot be made: " + e.getMessage(), e);
    }
  }

  /// A database of the operator's own; its roles exist already.
  static Databases external(Settings.Database settings) {
    return new Databases(
        settings.url().orElseThrow(),
        new Credentials(settings.ownerUser(), settings.ownerPassword().orElse("")),
        new Credentials(settings.appUser(), settings.appPassword().orElse("")),
        new Credentials(settings.auditUser(), settings.auditPassword().orElse("")));
  }

  private static Credentials credentials(DataFolder data, String role) {
    return new Credentials(role, EmbeddedPostgres.password(data, role));
  }

  private void makeRoles(Connection connection) throws SQLException {
    for (var role : new Credentials[] {owner, app, audit}) {
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role.user())) {
        execute(connection, "CREATE ROLE %s LOGIN".formatted(role.user()));
      }
      // A password here is hexadecimal: see DataFolder.secret.
      execute(connection, "ALTER ROLE %s PASSWORD '%s'".formatted(role.user(), role.password()));
    }
    execute(connection, "ALTER ROLE %s CREATEROLE".formatted(OWNER));
    execute(
        connection, "ALTER ROLE %s SET createrole_self_grant = 'set, inherit'".formatted(OWNER));
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Brings the schemas to this version: the audit's first, because the library's tables refer to
  /// it. Each has its own history.
  void migrate() {
    migrate("db/audit", "audit_migrations");
    migrate("db/library", "library_migrations");
  }

  private void migrate(String location, String history) {
    try {
      Flyway.configure(Databases.class.getClassLoader())
          .dataSource(url, owner.user(), owner.password())
          .locations("classpath:" + location)
          .table(history)
          .defaultSchema("public")
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywaySqlUnableToConnectToDbException e) {
      throw new PostgresException(
          "The database %s takes no connection of %s: %s Is it running, and are the settings docent.database.* right?"
              .formatted(url, owner.user(), words(e)),
          e);
    }
  }

  private static String words(FlywaySqlUnableToConnectToDbException e) {
    return e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
  }

  /// Installs in an embedded server what only a superuser may: what refuses to drop or disarm the
  /// log. An operator's own database gets it from the operator.
  static void guard(EmbeddedPostgres server) {
    try (InputStream script = Databases.class.getResourceAsStream("/db/audit-superuser.sql");
        Connection connection = server.connect(EmbeddedPostgres.DATABASE)) {
      String sql = new String(requireNonNull(script, "script").readAllBytes(), UTF_8);
      execute(connection, sql);
    } catch (SQLException | IOException e) {
      throw new PostgresException("The log's guard cannot be installed: " + e.getMessage(), e);
    }
  }

  /// Whether the service's role can reach the database.
  boolean reachable() {
    try (var connection = DriverManager.getConnection(url, app.user(), app.password())) {
      return connection.isValid(2);
    } catch (SQLException _) {
      return false;
    }
  }

  /// The settings by which Quarkus reaches the database: its default datasource as the service's
  /// role, the datasource `audit` as the audit's.
  Map<String, String> quarkusSettings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("quarkus.datasource.jdbc.url", url);
    settings.put("quarkus.datasource.username", app.user());
    settings.put("quarkus.datasource.password", app.password());
    settings.put("quarkus.datasource.audit.jdbc.url", url);
    settings.put("quarkus.datasource.audit.username", audit.user());
    settings.put("quarkus.datasource.audit.password", audit.password());
    return settings;
  }
}
