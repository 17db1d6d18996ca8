package dev.docent.wiring;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a failure of the file system means, for the person at the terminal.
public final class DiskFailure {
  // strerror of ENOSPC and EDQUOT: the JDK passes them on as text only.
  private static final List<String> NO_ROOM =
      List.of("No space left on device", "Disk quota exceeded");

  private DiskFailure() {}

  /// What happened, without a full stop.
  public static String inWords(IOException failure) {
    if (isFull(failure)) {
      return "the disk is full";
    }
    return switch (failure) {
      case AccessDeniedException denied -> denied(Path.of(denied.getFile()));
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is no folder";
      case NotDirectoryException file -> file.getFile() + " is no folder";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }

  /// Whether something failed because no byte more goes onto the disk.
  public static boolean isFull(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(message -> NO_ROOM.stream().anyMatch(message::contains));
  }

  private static String denied(Path path) {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return "%s may not use %s, which belongs to %s"
        .formatted(System.getProperty("user.name"), there, owner(there));
  }

  /// Whose a file is, by name.
  static String owner(Path path) {
    try {
      return Files.getOwner(path).getName();
    } catch (IOException | UnsupportedOperationException _) {
      return "somebody else";
    }
  }
}
