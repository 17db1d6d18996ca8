package dev.docent.model;

import static java.util.Objects.requireNonNull;

/// Which model answered, precisely enough to be audited.
///
/// @param name the catalogue's name, or the file's own for an operator's file
/// @param architecture the GGUF architecture, such as `qwen2`
/// @param sha256 of the model file, lower-case hexadecimal; empty if an external server holds the
///   file
/// @param bytes size of the model file; 0 if an external server holds the file
public record ModelIdentity(String name, String architecture, String sha256, long bytes) {
  public ModelIdentity {
    requireNonNull(name, "name");
    requireNonNull(architecture, "architecture");
    requireNonNull(sha256, "sha256");
    if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes < 0: " + bytes);
    }
  }
}
