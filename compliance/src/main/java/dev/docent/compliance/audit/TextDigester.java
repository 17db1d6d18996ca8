package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Turns texts into [TextDigest]s under one key. Safe for concurrent use.
///
/// Two keys are in use: one of the installation, for texts that belong to nobody (a path, a
/// mistyped user name), and one per person, made by [Identities#digesterOf], which is destroyed
/// with the person's entry so that nobody can afterwards test a guess against what they asked.
public final class TextDigester {
  private final String keyName;
  private final SecretKey key;

  /// @param keyName goes into every digest; `[a-z0-9_-]{1,64}`
  /// @param key at least 32 secret bytes; copied
  public TextDigester(String keyName, byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("a digest key has at least 32 bytes");
    }
    this.keyName = keyName;
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  public TextDigest digest(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new TextDigest(keyName, HexFormat.of().formatHex(hmac(key, bytes)), bytes.length);
  }

  static byte[] hmac(SecretKey key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
