package dev.docent.compliance.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The bytes that are stored and hashed: one event in canonical JSON.
///
/// ```
/// {"act":..,"actor":..,"data":{..},"id":..,"outcome":..,"time":..,"v":1,
///  "writer":{"id":..,"seq":..}}
/// ```
///
/// `data` holds the event's record components under their own names, without `actor`. A component
/// is spelled by its type: an enum constant in lower case, a UUID in lower case with hyphens, a
/// time as `YYYY-MM-DDThh:mm:ss.sssZ`, a day as `YYYY-MM-DD`, a record of one component as that
/// component, any other record as an object; an empty `Optional` is left out. `seq` is left out for
/// a record that was written in the transaction of the change it describes.
final class CanonicalEvent {
  static final int VERSION = 1;

  /// The limit of one record, also a constraint of the table.
  static final int MAX_BYTES = 16_384;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  private CanonicalEvent() {}

  static byte[] encode(AuditEvent event, Receipt receipt, UUID writer, OptionalLong sequence) {
    Map<String, Object> data = fields((Record) event);
    data.remove("actor");
    Map<String, Object> by = new LinkedHashMap<>(Map.of("id", writer.toString()));
    sequence.ifPresent(number -> by.put("seq", number));
    byte[] bytes =
        CanonicalJson.write(
            Map.of(
                "v",
                VERSION,
                "id",
                receipt.event().toString(),
                "time",
                format(receipt.time()),
                "act",
                event.act(),
                "outcome",
                spelling(event.outcome()),
                "actor",
                event.actor().value(),
                "data",
                data,
                "writer",
                by));
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          event.act() + " takes " + bytes.length + " bytes, more than " + MAX_BYTES);
    }
    return bytes;
  }

  static String format(Instant time) {
    return TIME.format(time);
  }

  static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> fields(Record fields) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (RecordComponent component : COMPONENTS.get(fields.getClass())) {
      Object value = plain(read(component, fields));
      if (value != null) {
        object.put(component.getName(), value);
      }
    }
    return object;
  }

  private static @Nullable Object plain(Object value) {
    return switch (value) {
      case String _, Integer _, Long _, Boolean _ -> value;
      case UUID id -> id.toString();
      case Instant time -> format(time);
      case LocalDate day -> day.toString();
      case Enum<?> constant -> spelling(constant);
      case Optional<?> optional -> optional.isPresent() ? plain(optional.get()) : null;
      case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
      case Collection<?> items -> items.stream().map(item -> (Object) plain(item)).toList();
      case Record fields -> {
        RecordComponent[] components = COMPONENTS.get(fields.getClass());
        yield components.length == 1 ? plain(read(components[0], fields)) : fields(fields);
      }
      default -> throw new IllegalStateException("no spelling for " + value.getClass().getName());
    };
  }

  private static Object read(RecordComponent component, Record fields) {
    try {
      return component.getAccessor().invoke(fields);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("accessors of events are public and do not throw", e);
    }
  }

  /// The columns that the table is searched by, derived from the canonical bytes alone, so that
  /// anyone can derive them again.
  ///
  /// @param account the person an act is about: `data.account`
  /// @param documents every value of a key `document` and every item of a key `documents`
  /// @param intent `data.intent`
  record SearchColumns(
      UUID id,
      String act,
      String outcome,
      String actor,
      Instant time,
      @Nullable String account,
      List<UUID> documents,
      @Nullable UUID intent,
      String writer,
      OptionalLong sequence) {

    static SearchColumns of(Map<String, Object> record) {
      Map<?, ?> data = (Map<?, ?>) require(record, "data");
      Map<?, ?> writer = (Map<?, ?>) require(record, "writer");
      Object intent = data.get("intent");
      return new SearchColumns(
          UUID.fromString((String) require(record, "id")),
          (String) require(record, "act"),
          (String) require(record, "outcome"),
          (String) require(record, "actor"),
          Instant.parse((String) require(record, "time")),
          (String) data.get("account"),
          documents(data).distinct().toList(),
          intent == null ? null : UUID.fromString((String) intent),
          String.valueOf(writer.get("id")),
          writer.get("seq") instanceof Long number
              ? OptionalLong.of(number)
              : OptionalLong.empty());
    }

    private static Object require(Map<String, Object> record, String key) {
      Object value = record.get(key);
      if (value == null) {
        throw new IllegalArgumentException("a record has '" + key + "'");
      }
      return value;
    }

    private static Stream<UUID> documents(Object value) {
      return switch (value) {
        case List<?> list -> list.stream().flatMap(SearchColumns::documents);
        case Map<?, ?> map -> map.entrySet().stream().flatMap(SearchColumns::documents);
        default -> Stream.empty();
      };
    }

    private static Stream<UUID> documents(Map.Entry<?, ?> entry) {
      if (entry.getValue() instanceof String id && "document".equals(entry.getKey())) {
        return Stream.of(UUID.fromString(id));
      }
      if (entry.getValue() instanceof List<?> ids && "documents".equals(entry.getKey())) {
        return ids.stream().map(id -> UUID.fromString((String) id));
      }
      return documents(entry.getValue());
    }
  }
}
