package dev.docent.access;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/// Name of a group of accounts, and the label that opens a document to it: a lower-case slug of at
/// most 64 characters.
public record GroupId(String value) implements Comparable<GroupId> {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

  /// The built-in group of every enabled account.
  public static final GroupId EVERYONE = new GroupId("everyone");

  public GroupId {
    requireNonNull(value, "value");
    if (!SLUG.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A group's name has 1 to 64 characters of a-z, 0-9, dot, dash and underscore and begins and ends with a letter"
              + " or digit");
    }
  }

  @Override
  public int compareTo(GroupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
