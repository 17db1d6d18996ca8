package dev.docent.compliance.audit;

import java.util.regex.Pattern;

/// Stands for a text in the log: its keyed digest and its length, never the text.
///
/// @param key names the key, so that the digest can be checked while that key exists
/// @param hmac HMAC-SHA-256 of the text's UTF-8 bytes, 64 lower-case hexadecimal characters
/// @param bytes length of the text in UTF-8 bytes
public record TextDigest(String key, String hmac, long bytes) {
  private static final Pattern KEY = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final Pattern HMAC = Pattern.compile("[0-9a-f]{64}");

  public TextDigest {
    if (!KEY.matcher(key).matches() || !HMAC.matcher(hmac).matches() || bytes < 0) {
      throw new IllegalArgumentException("not a keyed digest");
    }
  }
}
