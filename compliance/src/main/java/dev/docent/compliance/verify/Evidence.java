package dev.docent.compliance.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The files of an export, in a folder or in a ZIP file.
abstract sealed class Evidence implements AutoCloseable {
  /// The largest file that is read as a whole: the manifest of an export with millions of gaps.
  private static final int MAX_WHOLE_BYTES = 1 << 28;

  static Evidence at(Path path) throws IOException {
    return Files.isDirectory(path) ? new Folder(path) : new Zip(new ZipFile(path.toFile()));
  }

  abstract InputStream open(String name) throws IOException;

  byte[] read(String name) throws IOException {
    try (InputStream file = open(name)) {
      byte[] content = file.readNBytes(MAX_WHOLE_BYTES);
      if (file.read() >= 0) {
        throw new IOException(name + " is too large");
      }
      return content;
    }
  }

  @Override
  public void close() throws IOException {}

  private static final class Folder extends Evidence {
    private final Path folder;

    Folder(Path folder) {
      this.folder = folder;
    }

    @Override
    InputStream open(String name) throws IOException {
      return Files.newInputStream(folder.resolve(name));
    }
  }

  private static final class Zip extends Evidence {
    private final ZipFile zip;

    Zip(ZipFile zip) {
      this.zip = zip;
    }

    @Override
    InputStream open(String name) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new NoSuchFileException(name);
      }
      return zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
