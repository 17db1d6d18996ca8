package dev.docent.compliance.verify;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// Lines of a file as bytes, each with its line feed, and the digest of all that was read. Confined
/// to one thread.
final class Lines implements AutoCloseable {
  /// A record of 16 KiB, or the proof of a record, fits many times.
  private static final int MAX_LINE_BYTES = 1 << 17;

  private final InputStream in;
  private final MessageDigest digest;
  private byte[] buffer = new byte[1 << 18];
  private int at;
  private int end;

  Lines(InputStream in, MessageDigest digest) {
    this.in = in;
    this.digest = digest;
  }

  /// @return empty at the end; the last line may lack its line feed, and a line that is too long
  ///   comes in pieces that do
  Optional<byte[]> next() throws IOException {
    int searched = 0; // bytes after `at`, which moves when the buffer does
    while (true) {
      for (; at + searched < end; searched++) {
        if (buffer[at + searched] == '\n') {
          return Optional.of(cut(at + searched + 1));
        }
      }
      if (searched >= MAX_LINE_BYTES || !fill()) {
        return at == end ? Optional.empty() : Optional.of(cut(end));
      }
    }
  }

  private byte[] cut(int to) {
    digest.update(buffer, at, to - at);
    byte[] line = Arrays.copyOfRange(buffer, at, to);
    at = to;
    return line;
  }

  private boolean fill() throws IOException {
    if (at > 0 && end == buffer.length) {
      System.arraycopy(buffer, at, buffer, 0, end - at);
      end -= at;
      at = 0;
    }
    int read = in.read(buffer, end, buffer.length - end);
    end += Math.max(0, read);
    return read > 0;
  }

  /// Digest of the whole file; reads what is left of it.
  byte[] digest() throws IOException {
    while (next().isPresent()) {
      // reads on
    }
    return digest.digest();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
