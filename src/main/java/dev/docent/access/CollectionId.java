package dev.docent.access;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/// Identity of a collection of documents.
public record CollectionId(UUID value) implements Comparable<CollectionId> {
  public CollectionId {
    requireNonNull(value, "value");
  }

  /// @throws IllegalArgumentException when `text` is not a UUID
  public static CollectionId of(String text) {
    return new CollectionId(UUID.fromString(text));
  }

  @Override
  public int compareTo(CollectionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
