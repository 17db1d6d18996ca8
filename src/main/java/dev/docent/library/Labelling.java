package dev.docent.library;

import static java.util.Objects.requireNonNull;

/// What a document has its labels from.
public sealed interface Labelling {

  /// The collection, as it was when the document came.
  record ByCollection() implements Labelling {}

  /// What a person said of a folder that the document is in.
  record ByFolder(String path) implements Labelling {
    public ByFolder {
      requireNonNull(path, "path");
    }
  }

  /// The rules of the folder it is read from, or the options of the run that read it.
  record ByRules() implements Labelling {}

  /// A person, for this document alone.
  record ByHand() implements Labelling {}
}
