package dev.docent.compliance.seal;

import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The secret halves of keys, one file each, readable by their owner only, apart from the database.
/// Safe for concurrent use by processes: a file appears whole or not at all.
public final class LogKeys {
  private final Path folder;

  /// @param folder exists and is its owner's alone
  public LogKeys(Path folder) {
    this.folder = folder;
  }

  /// Makes a key and keeps it.
  public NoteSigner create(String name, VerifierKey.Kind kind) {
    NoteSigner signer = NoteSigner.generate(name, kind);
    Path file = file(signer.verifier());
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(StandardCharsets.UTF_8.encode(signer.secret()));
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the signing key cannot be kept", e);
    }
    return signer;
  }

  /// The secret half of a key, where it is here.
  public Optional<NoteSigner> find(VerifierKey key) {
    try {
      Path file = file(key);
      return Files.exists(file)
          ? Optional.of(NoteSigner.read(Files.readString(file)))
              .filter(signer -> signer.verifier().equals(key))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the signing key cannot be read", e);
    }
  }

  /// Removes a key that signs no more.
  void destroy(VerifierKey key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new UncheckedIOException("the old signing key cannot be removed", e);
    }
  }

  private Path file(VerifierKey key) {
    return folder.resolve("signing-%08x.key".formatted(key.id()));
  }
}
