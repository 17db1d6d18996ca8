package dev.docent.library;

import dev.docent.access.AccessFilter;
import org.hibernate.query.CommonQueryContract;

/// An access filter as part of a query over documents `d`.
final class Visibility {
  private Visibility() {}

  static String clause(AccessFilter access) {
    return switch (access) {
      case AccessFilter.Everything() -> "true = true";
      case AccessFilter.Readers _ -> "array_intersects(d.readers, :groups)";
    };
  }

  static <Q extends CommonQueryContract> Q bind(Q query, AccessFilter access) {
    switch (access) {
      case AccessFilter.Everything() -> {}
      case AccessFilter.Readers(var groups) -> query.setParameter("groups", Labels.column(groups));
    }
    return query;
  }
}
