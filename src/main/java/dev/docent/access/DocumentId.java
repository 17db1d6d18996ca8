package dev.docent.access;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/// Identity of a document: one location in one collection, whatever its current bytes.
public record DocumentId(UUID value) implements Comparable<DocumentId> {
  public DocumentId {
    requireNonNull(value, "value");
  }

  /// @throws IllegalArgumentException when `text` is not a UUID
  public static DocumentId of(String text) {
    return new DocumentId(UUID.fromString(text));
  }

  @Override
  public int compareTo(DocumentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
