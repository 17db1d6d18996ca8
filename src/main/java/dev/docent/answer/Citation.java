package dev.docent.answer;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Words of a document, and exactly where they stand.
///
/// @param number what the answer's sentences call it, from 1
/// @param date the day the document is of
/// @param page 0-based; empty where the document has no pages of its own
/// @param pageLabel what a person calls the page: "12", "iv", a sheet's name; may be empty
/// @param text verbatim: the document's text from `start` to `end`
/// @param columns names of the columns over the first row of a table in it, in the order of its
///   cells; empty where there is no such row, or no names are known
/// @param likeliest the sentence in `text` that answers likeliest, where the words were chosen for
///   one
/// @param cells where in `text`, UTF-16 units, a white space separates cells of a table without
///   being a tab
/// @param start first UTF-16 unit in the document's text
/// @param end behind the last one
/// @param boxes where the words stand on their pages; empty where there is no fixed layout
/// @param score fused retrieval score, comparable within one answer only
public record Citation(
    int number,
    DocumentId document,
    String revision,
    String title,
    String path,
    CollectionId collection,
    String mediaType,
    Optional<LocalDate> date,
    OptionalInt page,
    String pageLabel,
    String text,
    Optional<Part> likeliest,
    List<String> columns,
    List<Integer> cells,
    int start,
    int end,
    List<Box> boxes,
    Set<Leg> foundBy,
    double score) {
  public Citation {
    requireNonNull(document, "document");
    requireNonNull(revision, "revision");
    requireNonNull(title, "title");
    requireNonNull(path, "path");
    requireNonNull(collection, "collection");
    requireNonNull(mediaType, "mediaType");
    requireNonNull(date, "date");
    requireNonNull(page, "page");
    requireNonNull(pageLabel, "pageLabel");
    requireNonNull(text, "text");
    requireNonNull(likeliest, "likeliest");
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
    boxes = List.copyOf(boxes);
    foundBy = Set.copyOf(foundBy);
    if (number < 1 || text.length() != end - start) {
      throw new IllegalArgumentException("citation " + number + " [" + start + "," + end + ")");
    }
  }

  /// A part of the cited text: UTF-16 units in it, `[start, end)`.
  public record Part(int start, int end) {}

  /// A rectangle on a page: PDF points, origin top left of the page as displayed.
  ///
  /// @param page 0-based
  public record Box(int page, double x, double y, double width, double height) {}

  /// A way of finding a passage.
  public enum Leg {
    WORDS,
    MEANING
  }
}
