package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.GroupId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// Bytes that came for a place in a collection.
///
/// @param path inside the collection, with `/`; relative and without `.` or `..`
/// @param source [#UPLOAD], or the folder it was found in
/// @param modifiedAt when its file was changed last, where that is known
/// @param readers its labels; empty: those it has, for a new one its folder's or the collection's
/// @param revision SHA-256 of the bytes, lower-case hex
/// @param run the ingest run that brought it
public record Arrival(
    CollectionId collection,
    String path,
    String source,
    String revision,
    long bytes,
    Optional<Instant> modifiedAt,
    Optional<Set<GroupId>> readers,
    Optional<UUID> run) {
  public static final String UPLOAD = "upload";

  private static final int MAX_PATH = 1024;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Arrival {
    requireNonNull(collection, "collection");
    requireNonNull(path, "path");
    requireNonNull(source, "source");
    requireNonNull(modifiedAt, "modifiedAt");
    requireNonNull(run, "run");
    readers = readers.map(Set::copyOf);
    if (!SHA256.matcher(revision).matches() || bytes < 0) {
      throw new IllegalArgumentException("Not the digest and size of bytes");
    }
    checkPath(path);
  }

  /// Whether a person says who may read it. The rules of a folder, and the options of a run over
  /// it, give way to a person.
  boolean labelledByHand() {
    return readers.isPresent() && source.equals(UPLOAD);
  }

  /// Refuses whatever could mean a place outside the collection, or cannot be shown.
  ///
  /// @throws LibraryException.Invalid naming the field `path`
  public static void checkPath(String path) {
    if (path.isBlank() || path.length() > MAX_PATH) {
      throw LibraryException.Invalid.length(
          "path", "A path has 1 to %d characters".formatted(MAX_PATH), 1, MAX_PATH);
    }
    if (path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || c == 0xfffd)) {
      throw new LibraryException.Invalid(
          "path",
          LibraryException.Reason.BAD_PATH,
          "A path holds no control characters and no backslash");
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new LibraryException.Invalid(
            "path",
            LibraryException.Reason.BAD_PATH,
            "A path is relative, with '/' between names, and without '.' and '..'");
      }
    }
  }
}
