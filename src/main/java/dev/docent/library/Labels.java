package dev.docent.library;

import dev.docent.access.GroupId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Groups as they lie in a `text[]` column: sorted, so that equal sets are equal arrays.
final class Labels {
  private Labels() {}

  static String[] column(Collection<GroupId> groups) {
    return groups.stream().map(GroupId::value).distinct().sorted().toArray(String[]::new);
  }

  static Set<GroupId> groups(String[] column) {
    return Arrays.stream(column).map(GroupId::new).collect(Collectors.toCollection(TreeSet::new));
  }
}
