package dev.docent.compliance.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every type of event says what it is, and the page that lists them for strangers is true.
class VocabularyTest {
  private static final Path SOURCE =
      Path.of("src/main/java/dev/docent/compliance/audit/AuditEvent.java");
  private static final Path PAGE = Path.of("EVENTS.md");

  private static final String HEAD =
      """
      # Events of the log

      Every record of the log is one of these acts. Made from `AuditEvent.java` by `VocabularyTest`
      (`-Dgolden.update=true`); the test fails when this page is not what the code says.

      Fields are those of `data` in the canonical record, with their unit and class of personal
      data: **P** pseudonym of a person (erasable: the map is destroyed), **K** keyed digest and
      length of a text (erasable: the key is destroyed), **N** none. A field with `?` may be absent.
      `actor`, beside `data` in every record, is P, or `system`, `operator` or `anonymous`. Times are
      UTC in milliseconds. No field holds text of documents, questions or answers.

      | act | outcome | fields | meaning |
      | --- | --- | --- | --- |
      """;

  @Test
  void everyTypeIsExplained() throws IOException {
    assertThat(meanings().keySet())
        .containsAll(
            EventSamples.ALL.stream().map(event -> event.getClass().getSimpleName()).toList());
  }

  @Test
  void everyKeyedOrPersonalFieldIsNamedAsSuch() throws IOException {
    String source = Files.readString(SOURCE);
    for (AuditEvent event : EventSamples.ALL) {
      String documentation = documentationOf(source, event.getClass().getSimpleName());
      for (RecordComponent field : event.getClass().getRecordComponents()) {
        if (classOf(field.getGenericType()).equals("K")) {
          assertThat(documentation)
              .as("%s of %s", field.getName(), event.act())
              .containsPattern("\\bK\\b");
        }
      }
    }
  }

  @Test
  void pageListsEveryType() throws IOException {
    Map<String, String> meanings = meanings();
    String page =
        HEAD
            + EventSamples.ALL.stream()
                .sorted(Comparator.comparing(AuditEvent::act))
                .map(event -> line(event, meanings))
                .collect(Collectors.joining());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page);
      fail("page written; run again without golden.update");
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  private static String line(AuditEvent event, Map<String, String> meanings) {
    String fields =
        Arrays.stream(event.getClass().getRecordComponents())
            .filter(field -> !field.getName().equals("actor"))
            .map(VocabularyTest::field)
            .collect(Collectors.joining("; "));
    return "| `%s` | %s | %s | %s |%n"
        .formatted(
            event.act(),
            outcomes(event),
            fields.isEmpty() ? "none" : fields,
            meanings.get(event.getClass().getSimpleName()));
  }

  /// Types that carry their own end have several outcomes.
  private static String outcomes(AuditEvent event) {
    return switch (event) {
      case AuditEvent.IngestionFinished _, AuditEvent.ExportFinished _ ->
          "success, cancelled, failure";
      case AuditEvent.SpoolReplayed _, AuditEvent.LogVerified _ -> "success, failure";
      default -> CanonicalEvent.spelling(event.outcome());
    };
  }

  private static String field(RecordComponent field) {
    Type type = field.getGenericType();
    boolean optional = raw(type) == Optional.class || raw(type) == OptionalInt.class;
    String personal = classOf(type);
    return "`%s`%s %s%s"
        .formatted(
            field.getName(),
            optional ? "?" : "",
            kind(field.getName(), type),
            personal.equals("N") ? "" : ", **" + personal + "**");
  }

  private static String kind(String name, Type type) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return kind(name, argument(type));
    }
    if (raw == List.class) {
      return "list of " + kind(name, argument(type));
    }
    if (raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants())
          .map(constant -> CanonicalEvent.spelling((Enum<?>) constant))
          .collect(Collectors.joining("/", "(", ")"));
    }
    if (raw == long.class || raw == Long.class || raw == int.class || raw == OptionalInt.class) {
      return unit(name);
    }
    if (raw == LocalDate.class) {
      return "day";
    }
    return requireNonNull(
        Map.<Class<?>, String>of(
                UUID.class, "UUID",
                Instant.class, "time",
                String.class, "code",
                boolean.class, "boolean",
                Names.class, "list of names",
                Sha256.class, "SHA-256",
                ActorRef.class, "pseudonym",
                TextDigest.class, "digest {key, hmac, bytes}",
                ModelRef.class, "model {name, sha256}",
                PassageRef.class, "passage {document, revision, page?, start, end in UTF-16 units}")
            .get(raw),
        raw.getName());
  }

  private static String unit(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("millis")) {
      return "ms";
    }
    if (lower.equals("firstbad")) {
      return "place in the tree";
    }
    return lower.endsWith("bytes") ? "bytes" : "count";
  }

  private static String classOf(Type type) {
    Class<?> raw = raw(type);
    if (raw == Optional.class || raw == List.class) {
      return classOf(argument(type));
    }
    return raw == TextDigest.class ? "K" : raw == ActorRef.class ? "P" : "N";
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  /// The first sentences of every record's documentation, by its name.
  private static Map<String, String> meanings() throws IOException {
    String source = Files.readString(SOURCE);
    return EventSamples.ALL.stream()
        .map(event -> event.getClass().getSimpleName())
        .filter(name -> !documentationOf(source, name).isBlank())
        .filter(name -> !documentationOf(source, name).startsWith("@param"))
        .collect(
            Collectors.toMap(
                name -> name, name -> documentationOf(source, name).split(" @param")[0].strip()));
  }

  private static String documentationOf(String source, String type) {
    List<String> lines = source.lines().map(String::strip).toList();
    int at = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("record " + type + "(")) {
        at = i;
      }
    }
    List<String> documentation = new ArrayList<>();
    for (int i = at - 1; i >= 0 && lines.get(i).startsWith("///"); i--) {
      documentation.addFirst(lines.get(i).substring(3).strip());
    }
    return String.join(" ", documentation).strip().replaceAll("\\s+", " ");
  }
}
