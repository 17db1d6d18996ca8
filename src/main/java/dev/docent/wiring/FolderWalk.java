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
/// @param leftOut what is not a document, by path; a folder stands for all that is in it
/// @param unreadable folders that could not be looked into, as path prefixes ending in `/`: nothing
///   below them is known to be gone
record FolderWalk(List<Found> files, List<LeftOut> leftOut, List<String> unreadable) {
  /// @param path relative to the folder, with `/`
  record Found(String path, Path file) {}

  /// @param path relative to the folder, with `/`; of a folder it ends in one
  record LeftOut(String path, Why why) {}

  /// Why something in the folder is not taken for a document.
  enum Why {
    HIDDEN("Names that begin with a dot are left out."),
    IGNORED("The folder's .docent.json says to leave it out."),
    RULES("It holds the folder's rules and is no document."),
    LINK("It is a link to a folder, to nothing, or out of the folder that is read."),
    NO_FILE("It is no file but a device, a pipe or the like."),
    NOT_OPENED("It could not be looked into: check that the user of the service may read it.");

    private final String sentence;

    Why(String sentence) {
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  FolderWalk {
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
    unreadable = List.copyOf(unreadable);
  }

  /// @throws IOException when the folder itself cannot be read
  static FolderWalk of(Path root, FolderRules rules) throws IOException {
    if (Files.isRegularFile(root)) {
      String name = requireNonNull(root.getFileName(), "name").toString();
      return new FolderWalk(List.of(new Found(name, root)), List.of(), List.of());
    }
    Visitor visitor = new Visitor(root, root.toRealPath(), rules);
    Files.walkFileTree(root, visitor);
    visitor.files.sort(Comparator.comparing(Found::path));
    visitor.leftOut.sort(Comparator.comparing(LeftOut::path));
    return new FolderWalk(visitor.files, visitor.leftOut, List.copyOf(visitor.unreadable));
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
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final TreeSet<String> unreadable = new TreeSet<>();

    private Visitor(Path root, Path realRoot, FolderRules rules) {
      this.root = root;
      this.realRoot = realRoot;
      this.rules = rules;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.equals(root) || wanted(directory, "/")
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!wanted(file, "")) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isRegularFile() || (attributes.isSymbolicLink() && insideFile(file))) {
        files.add(new Found(relative(file), file));
      } else {
        leftOut.add(
            new LeftOut(relative(file), attributes.isSymbolicLink() ? Why.LINK : Why.NO_FILE));
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
      leftOut.add(new LeftOut(relative(file) + "/", Why.NOT_OPENED));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      if (failure != null) {
        unreadable.add(directory.equals(root) ? "" : relative(directory) + "/");
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean wanted(Path path, String end) {
      String name = requireNonNull(path.getFileName(), "name").toString();
      if (name.startsWith(".")) {
        leftOut.add(
            new LeftOut(
                relative(path) + end,
                path.equals(root.resolve(FolderRules.FILE)) ? Why.RULES : Why.HIDDEN));
        return false;
      }
      if (rules.ignores(relative(path))) {
        leftOut.add(new LeftOut(relative(path) + end, Why.IGNORED));
        return false;
      }
      return true;
    }

    private String relative(Path path) {
      return root.relativize(path).toString().replace('\\', '/');
    }
  }
}
