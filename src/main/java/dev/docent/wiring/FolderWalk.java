package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The files of a folder, or a single file, as an ingest run finds them.
///
/// Names that begin with a dot are left out. A symbolic link to a file counts when the file lies
/// inside the folder; links to folders are not followed, so there are no loops and no way out.
///
/// @param files by path
/// @param unreadable folders that could not be looked into, as path prefixes ending in `/`: nothing
///   below them is known to be gone
record FolderWalk(List<Found> files, List<String> unreadable) {
  /// @param path relative to the folder, with `/`
  record Found(String path, Path file) {}

  FolderWalk {
    files = List.copyOf(files);
    unreadable = List.copyOf(unreadable);
  }

  /// @throws IOException when the folder itself cannot be read
  static FolderWalk of(Path root, FolderRules rules) throws IOException {
    if (Files.isRegularFile(root)) {
      String name = requireNonNull(root.getFileName(), "name").toString();
      return new FolderWalk(List.of(new Found(name, root)), List.of());
    }
    Visitor visitor = new Visitor(root, root.toRealPath(), rules);
    Files.walkFileTree(root, visitor);
    visitor.files.sort(Comparator.comparing(Found::path));
    return new FolderWalk(visitor.files, List.copyOf(visitor.unreadable));
  }

  /// Whether a document that was found at `path` before is gone for certain.
  boolean lacks(String path) {
    return unreadable.stream().noneMatch(path::startsWith);
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Path realRoot;
    private final FolderRules rules;
    private final List<Found> files = new ArrayList<>();
    private final TreeSet<String> unreadable = new TreeSet<>();

    private Visitor(Path root, Path realRoot, FolderRules rules) {
      this.root = root;
      this.realRoot = realRoot;
      this.rules = rules;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(root) || wanted(directory)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      boolean regular =
          attributes.isRegularFile() || (attributes.isSymbolicLink() && insideFile(file));
      if (regular && wanted(file)) {
        files.add(new Found(relative(file), file));
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean insideFile(Path link) throws IOException {
      return Files.isRegularFile(link) && link.toRealPath().startsWith(realRoot);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      unreadable.add(relative(file) + "/");
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      if (failure != null) {
        unreadable.add(directory.equals(root) ? "" : relative(directory) + "/");
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean wanted(Path path) {
      return !requireNonNull(path.getFileName(), "name").toString().startsWith(".")
          && !rules.ignores(relative(path));
    }

    private String relative(Path path) {
      return root.relativize(path).toString().replace('\\', '/');
    }
  }
}
