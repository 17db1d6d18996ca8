package dev.docent.compliance.audit;

import java.util.Collection;
import java.util.List;

/// A set of short names that the organisation or the program gave: groups, roles, properties.
///
/// @param values distinct, in ascending order of their UTF-16 units
public record Names(List<String> values) {
  public static final Names NONE = new Names(List.of());

  public Names {
    values = values.stream().distinct().sorted().toList();
    if (values.stream().anyMatch(name -> name.isEmpty() || name.length() > 120)) {
      throw new IllegalArgumentException("a name has 1 to 120 characters");
    }
  }

  public static Names of(Collection<String> names) {
    return new Names(List.copyOf(names));
  }
}
