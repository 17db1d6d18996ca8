package dev.docent.api;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.index.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the fields of requests; what cannot be is an error that names the field.
final class Fields {
  private Fields() {}

  static Set<GroupId> groups(String field, Collection<String> names) {
    return set(field, names, GroupId::new, "A group's name has a-z, 0-9, dot, dash and underscore");
  }

  /// Several names in one query parameter, separated by commas; empty when there is no parameter.
  static Optional<Set<GroupId>> groups(String field, @Nullable String commaSeparated) {
    return Optional.ofNullable(commaSeparated)
        .map(
            text ->
                groups(
                    field,
                    Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList()));
  }

  static Set<Role> roles(String field, Collection<String> names) {
    return set(
        field,
        names,
        name -> Role.valueOf(name.toUpperCase(Locale.ROOT)),
        "A role is EMPLOYEE, COMPLIANCE_OFFICER or ADMINISTRATOR");
  }

  static Set<CollectionId> collections(String field, @Nullable Collection<String> ids) {
    return ids == null ? Set.of() : set(field, ids, CollectionId::of, "An id is a UUID");
  }

  static Set<DocumentId> documents(String field, @Nullable Collection<String> ids) {
    return ids == null ? Set.of() : set(field, ids, DocumentId::of, "An id is a UUID");
  }

  static <T> Optional<T> optional(
      String field, @Nullable String text, Function<String, T> reading, String error) {
    return Optional.ofNullable(text)
        .filter(value -> !value.isBlank())
        .map(value -> read(field, value, reading, error));
  }

  static Optional<Instant> instant(String field, @Nullable String text) {
    return optional(
        field, text, Instant::parse, "A time is ISO 8601 in UTC, as in 2026-11-23T20:15:00Z");
  }

  static Period period(@Nullable LocalDate from, @Nullable LocalDate until) {
    if (from != null && until != null && until.isBefore(from)) {
      throw ApiException.invalid(
          "until", Problem.Reason.PERIOD_REVERSED, "The last day is not before the first");
    }
    return new Period(Optional.ofNullable(from), Optional.ofNullable(until));
  }

  static <E extends Enum<E>> E constant(String field, Class<E> type, String name) {
    return read(
        field,
        name.toUpperCase(Locale.ROOT),
        text -> Enum.valueOf(type, text),
        "The value is one of "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  private static <T> Set<T> set(
      String field, Collection<String> texts, Function<String, T> reading, String error) {
    return texts.stream()
        .map(text -> read(field, text, reading, error))
        .collect(Collectors.toSet());
  }

  private static <T> T read(
      String field, @Nullable String text, Function<String, T> reading, String error) {
    if (text == null) {
      throw ApiException.invalid(field, Problem.Reason.BAD_VALUE, error);
    }
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException | DateTimeException _) {
      throw ApiException.invalid(field, Problem.Reason.BAD_VALUE, error);
    }
  }
}
