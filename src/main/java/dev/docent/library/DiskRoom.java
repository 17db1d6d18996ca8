package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a disk takes anything more: asked when something could not be written, to say why.
public final class DiskRoom {
  // A segment of PostgreSQL's log: with less it stops.
  private static final long LEAST_BYTES = 16L << 20;

  private final Path folder;

  public DiskRoom(Path folder) {
    this.folder = requireNonNull(folder, "folder");
  }

  public boolean isFull() {
    try {
      return Files.getFileStore(folder).getUsableSpace() < LEAST_BYTES;
    } catch (IOException _) {
      return false; // nobody knows
    }
  }
}
