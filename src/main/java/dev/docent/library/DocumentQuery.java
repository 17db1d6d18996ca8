package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import java.util.Optional;

/// Which documents to list, and in which order.
///
/// @param text part of the title or path, in any case
/// @param offset how many to leave out first
/// @param limit how many to list, 1 to [#MAX_LIMIT]
public record DocumentQuery(
    Optional<CollectionId> collection,
    Optional<DocumentState> state,
    Optional<String> text,
    Sort sort,
    boolean descending,
    int offset,
    int limit) {
  public static final int MAX_LIMIT = 500;

  /// What the library's page asks for first.
  public static final DocumentQuery FIRST =
      new DocumentQuery(
          Optional.empty(), Optional.empty(), Optional.empty(), Sort.TITLE, false, 0, 50);

  /// What to sort by; ties by id.
  public enum Sort {
    PATH("path"),
    TITLE("title"),
    UPDATED_AT("updatedAt"),
    BYTES("byteSize"),
    STATE("state");

    private final String column;

    Sort(String column) {
      this.column = column;
    }
  }

  public DocumentQuery {
    requireNonNull(collection, "collection");
    requireNonNull(state, "state");
    requireNonNull(text, "text");
    requireNonNull(sort, "sort");
    if (offset < 0 || limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
    }
  }

  /// The same, of documents with this in their title or path.
  public DocumentQuery matching(String part) {
    return new DocumentQuery(collection, state, Optional.of(part), sort, descending, offset, limit);
  }

  String order(String alias) {
    return "%s.%s %s, %s.id".formatted(alias, sort.column, descending ? "desc" : "asc", alias);
  }
}
