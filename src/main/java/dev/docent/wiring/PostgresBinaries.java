package dev.docent.wiring;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked once from the archive on the class path.
record PostgresBinaries(Path folder) {

  /// The version of the archive; a cluster made by another major version is refused.
  static final String VERSION = "18.6.0";

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  /// Unpacks the programs into `parent` where they are not there yet. The folder appears in one
  /// step, so that an interrupted start leaves nothing half-unpacked.
  static PostgresBinaries unpack(Path parent) {
    var folder = parent.resolve("programs-" + VERSION);
    if (Files.isDirectory(folder)) {
      return new PostgresBinaries(folder);
    }
    var draft = parent.resolve("programs-" + VERSION + ".new");
    try (var archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (archive == null) {
        throw new PostgresException(
            "This build carries PostgreSQL for Linux on x86-64 only. Name a PostgreSQL server by DOCENT_DATABASE_URL.");
      }
      delete(draft);
      extract(archive, draft);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      return new PostgresBinaries(folder);
    } catch (IOException e) {
      throw new PostgresException(
          "PostgreSQL cannot be unpacked into %s: %s".formatted(parent, e), e);
    }
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    Files.createDirectories(target);
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        var name = target.relativize(path);
        makeFolders(target, name, name.getNameCount() - (entry.isDirectory() ? 0 : 1));
        if (entry.isDirectory()) {
          continue;
        }
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          var executable = (entry.getMode() & 0111) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  /// The archive does not name every folder, and the process's umask must not close one.
  private static void makeFolders(Path target, Path name, int count) throws IOException {
    var folder = target;
    for (int i = 0; i < count; i++) {
      folder = folder.resolve(name.getName(i));
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /// Removes a folder and all in it, if it is there.
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
