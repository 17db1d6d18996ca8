package dev.docent.compliance.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hashes of the tree (RFC 6962, 2.1). Confined to one thread.
///
/// ```
/// leaf(record)      = SHA-256(0x00 || record)
/// node(left, right) = SHA-256(0x01 || left || right)
/// ```
///
/// Hashes are arrays of [#BYTES] bytes; nobody writes to one after it was made.
public final class TreeHasher {
  public static final int BYTES = 32;

  private final MessageDigest digest = sha256();

  public byte[] leaf(byte[] record) {
    return leaf(record, 0, record.length);
  }

  /// @param length bytes of the record from `offset`
  public byte[] leaf(byte[] buffer, int offset, int length) {
    digest.update((byte) 0);
    digest.update(buffer, offset, length);
    return digest.digest();
  }

  public byte[] node(byte[] left, byte[] right) {
    digest.update((byte) 1);
    digest.update(left, 0, BYTES);
    digest.update(right, 0, BYTES);
    return digest.digest();
  }

  /// The root of the tree without records: SHA-256 of nothing.
  public byte[] emptyRoot() {
    return digest.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
