package dev.docent.wiring;

import static java.util.Locale.ROOT;

import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.audit.TextDigest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The settings as they are, and as the log has them.
final class SettingsOnRecord {
  private SettingsOnRecord() {}

  /// Every setting that has a value, by its full name.
  static Map<String, String> of(Settings settings) {
    Map<String, String> values = new HashMap<>();
    collect("docent", Settings.class, settings, values);
    return values;
  }

  private static void collect(
      String prefix, Class<?> group, Object settings, Map<String, String> values) {
    for (Method method : group.getDeclaredMethods()) {
      if (method.isDefault() || Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      String name = prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(ROOT);
      switch (value(method, settings)) {
        case Optional<?> optional ->
            optional.ifPresent(value -> values.put(name, value.toString()));
        case OptionalInt optional ->
            optional.ifPresent(value -> values.put(name, Integer.toString(value)));
        case Object part
            when method.getReturnType().getEnclosingClass() == Settings.class
                && method.getReturnType().isInterface() ->
            collect(name, method.getReturnType(), part, values);
        case Object value -> values.put(name, value.toString());
      }
    }
  }

  private static Object value(Method method, Object settings) {
    try {
      return method.invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("A setting can be read", e);
    }
  }

  /// What the log's latest record of each setting says.
  ///
  /// @return digest of the value by name, without those that have none any more
  static Map<String, TextDigest> read(AuditReader log) {
    AuditQuery changes = AuditQuery.ALL.withAct("setting.changed");
    Map<String, TextDigest> known = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Optional<String> next = Optional.empty();
    do {
      AuditReader.Page page = log.search(changes, next, AuditReader.MAX_PAGE);
      for (AuditRecord record : page.records()) {
        String name = String.valueOf(record.data().get("setting"));
        if (seen.add(name)
            && record.data().get("after") instanceof Map<?, ?> digest
            && digest.get("bytes") instanceof Long bytes) {
          known.put(
              name,
              new TextDigest(
                  String.valueOf(digest.get("key")), String.valueOf(digest.get("hmac")), bytes));
        }
      }
      next = page.next();
    } while (next.isPresent());
    return known;
  }
}
