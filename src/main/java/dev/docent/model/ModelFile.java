package dev.docent.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// A model file on this machine whose digest is known.
public record ModelFile(Path path, ModelIdentity identity) {
  public ModelFile {
    requireNonNull(path, "path");
    requireNonNull(identity, "identity");
  }
}
