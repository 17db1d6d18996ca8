package dev.docent.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a set calls its documents, and where they lie. A document of a folder may be called by its
/// path, by the end of it, or by the name of its file with or without its extension, as long as no
/// other document could be meant; a text of a corpus is called by its id.
public final class DocumentNames {
  private static final String AMBIGUOUS = "";

  private final Map<String, String> pathOfName = new HashMap<>();
  private final Map<String, String> nameOfPath = new HashMap<>();

  private DocumentNames() {}

  /// Files of a folder, by their paths in it.
  public static DocumentNames ofFiles(List<String> paths) {
    DocumentNames names = new DocumentNames();
    for (String path : paths) {
      for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
        names.add(path.substring(at + 1), path);
      }
      String file = path.substring(path.lastIndexOf('/') + 1);
      if (file.lastIndexOf('.') > 0) {
        names.add(file.substring(0, file.lastIndexOf('.')), path);
      }
    }
    for (String path : paths) {
      names.pathOfName.put(key(path), path);
      names.nameOfPath.put(path, path);
    }
    return names;
  }

  /// Texts of a corpus, as [Corpus#writeTo] lays them down.
  public static DocumentNames ofTexts(Corpus corpus) {
    DocumentNames names = new DocumentNames();
    for (int i = 0; i < corpus.texts().size(); i++) {
      names.pathOfName.put(key(corpus.texts().get(i).id()), Corpus.path(i));
      names.nameOfPath.put(Corpus.path(i), corpus.texts().get(i).id());
    }
    return names;
  }

  private void add(String name, String path) {
    pathOfName.merge(key(name), path, (_, _) -> AMBIGUOUS);
  }

  private static String key(String name) {
    return name.strip().replace('\\', '/').toLowerCase(Locale.ROOT);
  }

  /// Where the document of this name lies; empty when there is none, or more than one.
  Optional<String> path(String name) {
    return Optional.ofNullable(pathOfName.get(key(name))).filter(path -> !path.isEmpty());
  }

  /// What the set calls the document that lies there.
  String name(String path) {
    return nameOfPath.getOrDefault(path, path);
  }
}
