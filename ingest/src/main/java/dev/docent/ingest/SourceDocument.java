package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// A document as it arrives: bytes in a file and the name they came under.
///
/// @param name file name or path inside its collection; its extension is a hint for type detection,
///   it is never opened
/// @param file where the bytes are; read, never changed
public record SourceDocument(String name, Path file) {
  public SourceDocument {
    requireNonNull(name, "name");
    requireNonNull(file, "file");
  }
}
