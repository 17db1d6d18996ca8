package dev.docent.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// Every setting of the service: name, meaning, unit, default.
///
/// A setting `docent.ingest.workers` is read from the system property of that name, the environment
/// variable `DOCENT_INGEST_WORKERS`, or the file `docent.properties` in the data folder, in this
/// order.
@ConfigMapping(prefix = "docent")
public interface Settings {

  /// The data folder. Default: `docent` in the user's data home.
  Optional<String> data();

  /// The address the service listens on. Anything but a loopback address opens it to the network.
  @WithDefault("127.0.0.1")
  String host();

  /// The port the service listens on.
  @WithDefault("8642")
  int port();

  /// Options of the service's JVM beside its own, with white space between them, such as
  /// `-Xmx768m`; where both say something, these hold. Default: none.
  Optional<String> javaOptions();

  /// The address that browsers use, as in `https://docent.example.org`, where a proxy before the
  /// service ends TLS. With `https` the session's cookie is sent over TLS alone. Default: none.
  Optional<PublicUrl> publicUrl();

  /// The PostgreSQL server.
  Database database();

  /// Reading documents.
  Ingest ingest();

  /// The chat model.
  Model model();

  /// The log of what happened.
  Audit audit();

  /// An external PostgreSQL in place of the embedded one.
  interface Database {
    /// JDBC address of an existing database, `jdbc:postgresql://host:5432/name`. Default: the
    /// embedded server. The three roles must exist; the owner needs CREATEROLE.
    Optional<String> url();

    /// Role that owns the schemas and runs the migrations.
    @WithDefault("docent_owner")
    String ownerUser();

    /// Password of the owner.
    Optional<String> ownerPassword();

    /// Role of the service.
    @WithDefault("docent_app")
    String appUser();

    /// Password of the service's role.
    Optional<String> appPassword();

    /// Role of the audit trail's own connections.
    @WithDefault("docent_audit")
    String auditUser();

    /// Password of the audit trail's role.
    Optional<String> auditPassword();
  }

  /// How the log is sealed, and who else is told.
  interface Audit {
    /// What happens while the database takes no records. `strict`: nothing is answered. `spool`: a
    /// journal on this machine takes them, synced to the disk, until they are brought into the log.
    @WithDefault("strict")
    Mode mode();

    /// Largest journal of spooled records, in bytes; beyond it nothing is answered.
    @WithDefault("67108864")
    long spoolMaxBytes();

    /// Longest time that a record may be spooled; beyond it nothing is answered.
    @WithDefault("PT1H")
    Duration spoolMaxAge();

    /// What happens while the database takes no records.
    enum Mode {
      STRICT,
      SPOOL
    }

    /// Name of the log, which its checkpoints and its key carry: host and path without a scheme,
    /// such as `docent.example.org/prod`. Never changed once the log has begun. Default:
    /// `docent.local/` and 16 random hexadecimal digits.
    Optional<String> name();

    /// Folder of leaf hashes and checkpoints; best on a medium that only lets files grow. Default:
    /// `audit` in the data folder.
    Optional<String> checkpoints();

    /// Address of a witness, as in `http://witness.example.org:9650`; it runs `./docent audit
    /// witness`, on another machine at best. Default: none.
    Optional<String> witness();

    /// The witness's verifier key, as it prints it.
    Optional<String> witnessKey();

    /// A syslog server that every checkpoint is sent to: `udp://host:514`, `tcp://host:601` or
    /// `tls://host:6514`. Default: none.
    Optional<String> syslog();

    /// Time between two checks of the whole log against its signed state.
    @WithDefault("PT24H")
    Duration check();
  }

  /// Limits of reading one document.
  interface Ingest {
    /// Documents read at the same time. Default: one per two cores, at least one.
    OptionalInt workers();

    /// Largest document, in bytes.
    @WithDefault("536870912")
    long maxInputBytes();

    /// Heap of the parser's process, in MiB.
    @WithDefault("512")
    int parserHeapMib();

    /// Longest time to parse one document.
    @WithDefault("PT2M")
    Duration parseTimeout();
  }

  /// Which chat model, and how it runs.
  interface Model {
    /// Whether answers are composed by a model at all; without one, answers are quotations.
    @WithDefault("true")
    boolean enabled();

    /// A GGUF file of the operator's own. Default: the catalogue's model that fits the machine.
    Optional<String> file();

    /// Folder of downloaded models. Default: `docent/models` in the user's cache.
    Optional<String> cache();

    /// Whether the publisher's model hub may be asked for a model that is not in the cache. Only
    /// the command line fetches models, never the running service.
    @WithDefault("true")
    boolean hub();

    /// Threads that generate. Default: the cores of the machine.
    OptionalInt threads();

    /// Context of the model, in tokens: prompt and answer together.
    @WithDefault("4096")
    int contextTokens();

    /// The folder of downloaded models.
    default Path cacheFolder() {
      return cache()
          .map(Path::of)
          .orElseGet(
              () -> {
                var named = System.getenv("XDG_CACHE_HOME");
                var caches =
                    named != null && Path.of(named).isAbsolute()
                        ? Path.of(named)
                        : Path.of(System.getProperty("user.home"), ".cache");
                return caches.resolve("docent").resolve("models");
              });
    }
  }

  /// The settings as they are before the service starts, by the same rules and sources.
  ///
  /// @throws IllegalArgumentException where a value makes no sense
  static Settings read() {
    try {
      return readSources();
    } catch (ConfigValidationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Settings readSources() {
    var builder =
        new SmallRyeConfigBuilder()
            .addDefaultSources()
            .addDefaultInterceptors()
            .withMapping(Settings.class)
            .withValidateUnknown(false);
    var settings = builder.build().getConfigMapping(Settings.class);
    var file = settings.dataFolder().properties();
    if (!Files.exists(file)) {
      return settings;
    }
    try {
      // Below system properties (400) and the environment (300), above the defaults.
      var source = new PropertiesConfigSource(file.toUri().toURL(), 275);
      return builder
          .withSources(source)
          .withValidateUnknown(true)
          .withMappingIgnore("docent.home") // the launcher's own
          .build()
          .getConfigMapping(Settings.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(file, DiskFailure.inWords(e)), e);
    }
  }

  /// The data folder these settings name.
  default DataFolder dataFolder() {
    return DataFolder.at(
        data()
            .map(Path::of)
            .orElseGet(
                () ->
                    DataFolder.standard(
                        System.getenv(), Path.of(System.getProperty("user.home")))));
  }
}
