package dev.docent.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// After Airlift: one test states every default, one states every key.
class SettingsTest {
  /// Every key with a value that is not its default.
  private static final Map<String, String> OTHER =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("docent.data", "/srv/docent"),
              Map.entry("docent.host", "0.0.0.0"),
              Map.entry("docent.port", "9000"),
              Map.entry("docent.java-options", "-Xmx768m"),
              Map.entry("docent.public-url", "https://docent.example.org"),
              Map.entry("docent.audit.mode", "spool"),
              Map.entry("docent.audit.spool-max-bytes", "1000"),
              Map.entry("docent.audit.spool-max-age", "PT5M"),
              Map.entry("docent.audit.name", "docent.example.org/prod"),
              Map.entry("docent.audit.checkpoints", "/worm/audit"),
              Map.entry("docent.audit.witness", "http://witness.example.org:9650"),
              Map.entry("docent.audit.witness-key", "witness.example.org+abcd+key"),
              Map.entry("docent.audit.syslog", "tls://log.example.org:6514"),
              Map.entry("docent.audit.check", "PT6H"),
              Map.entry("docent.database.url", "jdbc:postgresql://db/docent"),
              Map.entry("docent.database.owner-user", "owner"),
              Map.entry("docent.database.owner-password", "one"),
              Map.entry("docent.database.app-user", "app"),
              Map.entry("docent.database.app-password", "two"),
              Map.entry("docent.database.audit-user", "audit"),
              Map.entry("docent.database.audit-password", "three"),
              Map.entry("docent.ingest.workers", "3"),
              Map.entry("docent.ingest.max-input-bytes", "1000"),
              Map.entry("docent.ingest.parser-heap-mib", "256"),
              Map.entry("docent.ingest.parse-timeout", "PT30S"),
              Map.entry("docent.model.enabled", "false"),
              Map.entry("docent.model.file", "/models/own.gguf"),
              Map.entry("docent.model.cache", "/models"),
              Map.entry("docent.model.hub", "false"),
              Map.entry("docent.model.threads", "8"),
              Map.entry("docent.model.context-tokens", "8192")));

  @Test
  void statesEveryDefault() {
    Settings settings = settings(Map.of());

    assertThat(settings.data()).isEmpty();
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8642);
    assertThat(settings.javaOptions()).isEmpty();
    assertThat(settings.publicUrl()).isEmpty();
    assertThat(settings.audit().mode().name()).isEqualTo("STRICT");
    assertThat(settings.audit().spoolMaxBytes()).isEqualTo(64L << 20);
    assertThat(settings.audit().spoolMaxAge()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.audit().name()).isEmpty();
    assertThat(settings.audit().checkpoints()).isEmpty();
    assertThat(settings.audit().witness()).isEmpty();
    assertThat(settings.audit().witnessKey()).isEmpty();
    assertThat(settings.audit().syslog()).isEmpty();
    assertThat(settings.audit().check()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.database().url()).isEmpty();
    assertThat(settings.database().ownerUser()).isEqualTo("docent_owner");
    assertThat(settings.database().ownerPassword()).isEmpty();
    assertThat(settings.database().appUser()).isEqualTo("docent_app");
    assertThat(settings.database().appPassword()).isEmpty();
    assertThat(settings.database().auditUser()).isEqualTo("docent_audit");
    assertThat(settings.database().auditPassword()).isEmpty();
    assertThat(settings.ingest().workers()).isEmpty();
    assertThat(settings.ingest().maxInputBytes()).isEqualTo(512L << 20);
    assertThat(settings.ingest().parserHeapMib()).isEqualTo(512);
    assertThat(settings.ingest().parseTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.model().enabled()).isTrue();
    assertThat(settings.model().file()).isEmpty();
    assertThat(settings.model().cache()).isEmpty();
    assertThat(settings.model().hub()).isTrue();
    assertThat(settings.model().threads()).isEmpty();
    assertThat(settings.model().contextTokens()).isEqualTo(4096);
  }

  @Test
  void readsEveryKey() {
    Settings settings = settings(OTHER);

    assertThat(settings.data()).hasValue("/srv/docent");
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.port()).isEqualTo(9000);
    assertThat(settings.javaOptions()).hasValue("-Xmx768m");
    assertThat(settings.publicUrl()).hasValue(PublicUrl.of("https://docent.example.org"));
    assertThat(settings.audit().mode().name()).isEqualTo("SPOOL");
    assertThat(settings.audit().spoolMaxBytes()).isEqualTo(1000);
    assertThat(settings.audit().spoolMaxAge()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.audit().name()).hasValue("docent.example.org/prod");
    assertThat(settings.audit().checkpoints()).hasValue("/worm/audit");
    assertThat(settings.audit().witness()).hasValue("http://witness.example.org:9650");
    assertThat(settings.audit().witnessKey()).hasValue("witness.example.org+abcd+key");
    assertThat(settings.audit().syslog()).hasValue("tls://log.example.org:6514");
    assertThat(settings.audit().check()).isEqualTo(Duration.ofHours(6));
    assertThat(settings.database().url()).hasValue("jdbc:postgresql://db/docent");
    assertThat(settings.database().ownerUser()).isEqualTo("owner");
    assertThat(settings.database().ownerPassword()).hasValue("one");
    assertThat(settings.database().appUser()).isEqualTo("app");
    assertThat(settings.database().appPassword()).hasValue("two");
    assertThat(settings.database().auditUser()).isEqualTo("audit");
    assertThat(settings.database().auditPassword()).hasValue("three");
    assertThat(settings.ingest().workers()).hasValue(3);
    assertThat(settings.ingest().maxInputBytes()).isEqualTo(1000);
    assertThat(settings.ingest().parserHeapMib()).isEqualTo(256);
    assertThat(settings.ingest().parseTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.model().enabled()).isFalse();
    assertThat(settings.model().file()).hasValue("/models/own.gguf");
    assertThat(settings.model().cache()).hasValue("/models");
    assertThat(settings.model().hub()).isFalse();
    assertThat(settings.model().threads()).hasValue(8);
    assertThat(settings.model().contextTokens()).isEqualTo(8192);
  }

  /// A setting that the two tests above do not name fails here.
  @Test
  void noKeyIsLeftOut() {
    assertThat(new TreeSet<>(keys("docent", Settings.class).toList())).isEqualTo(OTHER.keySet());
  }

  @Test
  void aPublicUrlIsAWholeAddress() {
    for (String half : List.of("docent.example.org", "https:", "ftp://docent.example.org", "a b")) {
      assertThatThrownBy(() -> settings(Map.of("docent.public-url", half)))
          .hasMessageContaining("docent.public-url");
    }
    assertThat(SettingsOnRecord.of(settings(OTHER)))
        .containsEntry("docent.public-url", "https://docent.example.org")
        .containsOnlyKeys(OTHER.keySet());
  }

  private static Stream<String> keys(String prefix, Class<?> group) {
    return Arrays.stream(group.getDeclaredMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .flatMap(
            method ->
                isValue(method)
                    ? Stream.of(prefix + "." + kebab(method))
                    : keys(prefix + "." + kebab(method), method.getReturnType()));
  }

  private static boolean isValue(Method method) {
    Class<?> type = method.getReturnType();
    return !type.isInterface() || type == Optional.class || type == OptionalInt.class;
  }

  private static String kebab(Method method) {
    return method.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
  }

  private static Settings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withMapping(Settings.class)
        .withSources(new PropertiesConfigSource(values, "test", 500))
        .build()
        .getConfigMapping(Settings.class);
  }
}
