package dev.docent.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// SHA-256 digests of large files, remembered while a file's size and time stay the same: one line
/// `sha256 size nanoseconds` in a file named by the digest of the path.
final class VerifiedDigests {
  private final Path folder;

  VerifiedDigests(Path folder) {
    this.folder = folder;
  }

  /// The digest, from memory or computed and remembered.
  String of(Path file) throws IOException {
    String state = state(file);
    Path memory = memory(file);
    try {
      String[] line = Files.readString(memory).strip().split(" ", 2);
      if (line.length == 2 && line[1].equals(state)) {
        return line[0];
      }
    } catch (NoSuchFileException e) {
      // not seen before
    }
    String sha256 = digest(file);
    remember(file, sha256);
    return sha256;
  }

  void remember(Path file, String sha256) throws IOException {
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "digest", ".new");
    Files.writeString(fresh, sha256 + " " + state(file) + "\n");
    Files.move(
        fresh, memory(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path memory(Path file) throws IOException {
    return folder.resolve(hex(sha256().digest(file.toRealPath().toString().getBytes(UTF_8))));
  }

  private static String state(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.size() + " " + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
  }

  static String digest(Path file) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return hex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
