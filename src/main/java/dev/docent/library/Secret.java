package dev.docent.library;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// A random 256-bit credential: what its owner holds, and the SHA-256 that is kept. A plain hash is
/// enough: nobody can guess 256 random bits.
///
/// @param text base64url with the prefix it was made with
public record Secret(String text) {
  private static final int BYTES = 32;

  static Secret random(String prefix, SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  byte[] hash() {
    return sha256(text);
  }

  /// Token against forged requests, bound to this secret: whoever holds the cookie can be told it
  /// again, and nothing more is stored.
  public String csrfToken() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256("csrf\n" + text));
  }

  /// Compares in constant time.
  public boolean matchesCsrf(String presented) {
    return MessageDigest.isEqual(
        csrfToken().getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
