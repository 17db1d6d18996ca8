package dev.docent.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.docent.access.GroupId;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a folder's `.docent.json` says of it:
///
/// ```json
/// {"collection": "Intranet", "description": "…",
///  "readers": {".": ["everyone"], "hr": ["hr"]}, "ignore": ["*.tmp", "drafts/**"]}
/// ```
///
/// `readers` maps folders inside it to groups; of several, the longest holds, whole names only.
///
/// @param readers by folder, `""` for the whole
final class FolderRules {
  static final String FILE = ".docent.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Optional<String> collection;
  private final String description;
  private final Map<String, Set<GroupId>> readers;
  private final List<PathMatcher> ignored;

  private FolderRules(
      Optional<String> collection,
      String description,
      Map<String, Set<GroupId>> readers,
      List<PathMatcher> ignored) {
    this.collection = collection;
    this.description = description;
    this.readers = readers;
    this.ignored = ignored;
  }

  private record Form(
      @Nullable String collection,
      @Nullable String description,
      @Nullable Map<String, Set<String>> readers,
      @Nullable List<String> ignore) {}

  /// Reads the rules of a folder; a folder without has none, and what is in it stays the
  /// operator's.
  ///
  /// @throws UnreadableException when the file is there but makes no sense: guessing who may read
  ///   is not an option
  static FolderRules of(Path folder) {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      return new FolderRules(Optional.empty(), "", Map.of(), List.of());
    }
    try {
      Form form = JSON.readValue(file.toFile(), Form.class);
      Map<String, Set<String>> readers = form.readers() == null ? Map.of() : form.readers();
      List<String> ignore = form.ignore() == null ? List.of() : form.ignore();
      return new FolderRules(
          Optional.ofNullable(form.collection()),
          form.description() == null ? "" : form.description(),
          readers.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      entry -> prefix(entry.getKey()), entry -> groups(entry.getValue()))),
          ignore.stream()
              .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
              .toList());
    } catch (JsonProcessingException e) {
      throw new UnreadableException(
          "%s is not as it should be, line %d: %s"
              .formatted(FILE, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new UnreadableException(FILE + " is not as it should be: " + e.getMessage(), e);
    }
  }

  private static String prefix(String folder) {
    String trimmed = folder.replaceAll("^(\\./)+|/+$", "");
    return trimmed.equals(".") ? "" : trimmed;
  }

  private static Set<GroupId> groups(Set<String> names) {
    return names.stream().map(GroupId::new).collect(Collectors.toCollection(TreeSet::new));
  }

  Optional<String> collection() {
    return collection;
  }

  String description() {
    return description;
  }

  /// Who may read a file at this path; nobody but the operator where no rule says.
  Set<GroupId> readers(String path) {
    String folder = path;
    while (!folder.isEmpty()) {
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
      if (readers.containsKey(folder)) {
        return readers.getOrDefault(folder, Set.of());
      }
    }
    return Set.of();
  }

  /// Who may read what comes to the collection without a folder.
  Set<GroupId> defaultReaders() {
    return readers.getOrDefault("", Set.of());
  }

  /// Every group the rules name.
  Set<GroupId> groups() {
    return readers.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  boolean ignores(String path) {
    Path whole = Path.of(path);
    return ignored.stream()
        .anyMatch(glob -> glob.matches(whole) || glob.matches(whole.getFileName()));
  }

  /// The rules cannot be read.
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
