package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much a disk still takes: asked before something large begins, and when something could not
/// be written, to say why. Each asks for what it needs itself.
public final class DiskRoom {
  // A segment of PostgreSQL's log: with less it stops.
  private static final long LEAST_BYTES = 16L << 20;

  private final Path folder;

  public DiskRoom(Path folder) {
    this.folder = requireNonNull(folder, "folder");
  }

  public boolean isFull() {
    return freeBytes() < LEAST_BYTES;
  }

  /// What may still be written; where the system does not say, as much as one likes.
  public long freeBytes() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException _) {
      return Long.MAX_VALUE;
    }
  }
}
