package dev.docent.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Bytes by name: documents as they came, and what was read from them. What is here can be made
/// again only for the second kind.
///
/// A put is durable and complete when it returns; a crash before leaves nothing under the name. The
/// bytes of a blob are never changed, only replaced as a whole. Safe for concurrent use. Failures
/// of the disk are an [java.io.UncheckedIOException]; trying again helps when the cause is gone.
public interface BlobStore {
  /// Which kind of bytes; part of the name.
  enum Kind {
    /// A document as it came, named by its SHA-256.
    ORIGINAL,
    /// A parsed document; its name begins with the original's.
    PARSED,
    /// Vectors of passages; likewise.
    VECTORS
  }

  /// Bytes that were taken in under their SHA-256. Until closed they cannot be removed, so that
  /// whoever took them in can say first that they are in use.
  interface Stored extends AutoCloseable {
    String sha256();

    long bytes();

    @Override
    void close();
  }

  /// Takes in a document's bytes, reading the stream to its end, and names them by their digest.
  ///
  /// @throws TooLargeException when there are more than `maxBytes`; nothing is kept
  Stored putOriginal(InputStream bytes, long maxBytes) throws IOException;

  /// Keeps what `writer` writes, in the place of what the name had before.
  void put(Kind kind, String name, Writer writer);

  /// Writes a blob's bytes; does not close the stream.
  @FunctionalInterface
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /// The bytes as a file that may be read until it is removed.
  Optional<Path> file(Kind kind, String name);

  /// Removes a document's bytes and everything that was made from them: all blobs whose name begins
  /// with its SHA-256. Does nothing while they are [Stored], or when `unused`, asked then, says no.
  ///
  /// @return whether they were removed
  boolean remove(String sha256, BooleanSupplier unused);

  /// The SHA-256 of all documents whose bytes, or anything made from them, are here.
  Set<String> all();

  /// More bytes came than are allowed.
  final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long maxBytes;

    public TooLargeException(long maxBytes) {
      super("More than " + maxBytes + " bytes");
      this.maxBytes = maxBytes;
    }

    public long maxBytes() {
      return maxBytes;
    }
  }
}
