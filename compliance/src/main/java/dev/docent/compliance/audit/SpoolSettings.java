package dev.docent.compliance.audit;

import java.nio.file.Path;
import java.time.Duration;

/// Where records go while the database takes none, and for how long that may last.
///
/// @param key 32 secret bytes that chain the journal's lines, kept apart from the database; copied
/// @param maxBytes beyond it nothing is taken
/// @param maxAge of the oldest waiting record; beyond it nothing is taken
public record SpoolSettings(Path folder, byte[] key, long maxBytes, Duration maxAge) {
  public SpoolSettings {
    if (key.length != 32 || maxBytes < 1 || maxAge.isNegative()) {
      throw new IllegalArgumentException("a spool has a key of 32 bytes and positive limits");
    }
    key = key.clone();
  }
}
