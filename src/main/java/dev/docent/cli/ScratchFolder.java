package dev.docent.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A folder to work in. A temporary one is gone when it is closed, or when the process is told to
/// end; one that the user named stays.
final class ScratchFolder implements AutoCloseable {

  // Until the process is gone, its threads may still put files into what is being removed.
  private static final int ATTEMPTS = 20;

  static final String PREFIX = "docent-scratch-%d-".formatted(ProcessHandle.current().pid());

  private final Path path;
  private final Optional<Thread> guard;

  private ScratchFolder(Path path, boolean temporary) {
    this.path = path;
    this.guard =
        temporary
            ? Optional.of(new Thread(() -> remove(path), "remove-scratch"))
            : Optional.empty();
    guard.ifPresent(Runtime.getRuntime()::addShutdownHook);
  }

  static ScratchFolder open(Optional<Path> named) {
    try {
      return named.isPresent()
          ? new ScratchFolder(Files.createDirectories(named.get()).toAbsolutePath(), false)
          : new ScratchFolder(Files.createTempDirectory(PREFIX), true);
    } catch (IOException e) {
      throw new CommandException("The scratch folder cannot be made: " + e, e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    guard.ifPresent(
        thread -> {
          remove(path);
          Runtime.getRuntime().removeShutdownHook(thread);
        });
  }

  private static void remove(Path folder) {
    for (int i = 0; i < ATTEMPTS && Files.exists(folder); i++) {
      try {
        Files.walkFileTree(folder, new Removal());
      } catch (IOException _) {
        // a file came or went meanwhile: once more
      }
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
