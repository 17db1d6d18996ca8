package dev.docent.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The operating-system user that PostgreSQL's programs run as.
///
/// PostgreSQL refuses to run as root. Where the service does, its programs run as the account
/// `docent` if the machine has one, else as `nobody`, without root's groups or capabilities. Where
/// that user cannot pass a folder above the data folder (`/root` is 0700), the data folder's `pg/`
/// is shown to the programs alone, by a bind mount in a mount namespace of their own: nobody's
/// rights on any folder change.
sealed interface PostgresUser {

  /// The user of this process.
  record Self() implements PostgresUser {}

  /// Another user, because this process is root.
  record Other(String name, String group) implements PostgresUser {}

  /// Where the programs see the `pg/` folder when its real place is closed to them.
  Path VIEW = Path.of("/mnt");

  static boolean runsAsRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException _) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /// The user for a service that runs as this process does.
  static PostgresUser choose() {
    if (!runsAsRoot()) {
      return new Self();
    }
    return account("docent")
        .or(() -> account("nobody"))
        .orElseThrow(
            () ->
                new PostgresException(
                    "PostgreSQL does not run as root, and this machine has neither an account \"docent\" nor \"nobody\". Add one (useradd --system docent) or run Docent as an ordinary user."));
  }

  private static Optional<Other> account(String name) {
    try {
      var lookup = Path.of("/").getFileSystem().getUserPrincipalLookupService();
      lookup.lookupPrincipalByName(name);
      for (var group : List.of(name, "nogroup", "nobody")) {
        try {
          lookup.lookupPrincipalByGroupName(group);
          return Optional.of(new Other(name, group));
        } catch (IOException _) {
          continue;
        }
      }
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// A program's command line under this user.
  ///
  /// @param folder the `pg/` folder; arguments inside it are rewritten where the program sees it
  ///   elsewhere
  default List<String> command(Path folder, Path program, List<String> arguments) {
    return switch (this) {
      case Self() -> join(List.of(program.toString()), arguments);
      case Other(var name, var group) -> {
        var drop = List.of("setpriv", "--reuid", name, "--regid", group, "--clear-groups", "--");
        if (passable(folder)) {
          yield join(drop, join(List.of(program.toString()), arguments));
        }
        var seen = new ArrayList<String>();
        for (var word : join(List.of(program.toString()), arguments)) {
          seen.add(word.replace(folder.toString(), VIEW.toString()));
        }
        var mount =
            List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                "mount --bind \"$1\" \"$2\" && cd / && shift 2 && exec \"$@\"",
                "docent",
                folder.toString(),
                VIEW.toString());
        yield join(mount, join(drop, seen));
      }
    };
  }

  /// Whether everyone may pass every folder above and including this one.
  private static boolean passable(Path folder) {
    for (Path step = folder.toAbsolutePath(); step != null; step = step.getParent()) {
      try {
        if (!Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }

  /// Gives a folder and all in it to this user.
  default void own(Path folder) {
    if (!(this instanceof Other(var name, var group))) {
      return;
    }
    try {
      var lookup = folder.getFileSystem().getUserPrincipalLookupService();
      var owner = lookup.lookupPrincipalByName(name);
      var groupOwner = lookup.lookupPrincipalByGroupName(group);
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              return give(file);
            }

            @Override
            public FileVisitResult preVisitDirectory(Path file, BasicFileAttributes attributes)
                throws IOException {
              return give(file);
            }

            private FileVisitResult give(Path file) throws IOException {
              var view =
                  Files.getFileAttributeView(
                      file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
              view.setOwner(owner);
              view.setGroup(groupOwner);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new PostgresException(
          "%s cannot be given to the user %s: %s".formatted(folder, name, e), e);
    }
  }

  private static List<String> join(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
