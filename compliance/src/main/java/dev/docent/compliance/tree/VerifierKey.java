package dev.docent.compliance.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The public half of a signer of notes (C2SP signed-note, "verifier key").
///
/// ```
/// name + "+" + 8 hexadecimal digits of the key's id + "+" + base64(kind byte || 32 key bytes)
/// id = the first 4 bytes of SHA-256(name || 0x0A || kind byte || 32 key bytes)
/// ```
///
/// @param name without white space and plus sign; a log's is its origin
/// @param publicKey Ed25519, RFC 8032, in base64
public record VerifierKey(String name, Kind kind, String publicKey) {
  private static final Pattern FORM = Pattern.compile("([^+\\s]+)\\+([0-9a-f]{8})\\+(\\S+)");

  // The fixed beginning of an Ed25519 key in X.509's SubjectPublicKeyInfo (RFC 8410).
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  /// What is signed, and how the signature is laid out.
  public enum Kind {
    /// The text of the note itself; 64 bytes.
    LOG(1),
    /// C2SP tlog-cosignature: a line with the time before the text; 8 bytes of seconds since 1970,
    /// then 64.
    WITNESS(4);

    final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  public VerifierKey {
    if (name.isEmpty()
        || name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '+' || c < 0x20)
        || Base64.getDecoder().decode(publicKey).length != 32) {
      throw new IllegalArgumentException("not a verifier key");
    }
  }

  /// @throws IllegalArgumentException if the line is none, or its id does not belong to its key
  public static VerifierKey parse(String line) {
    Matcher parts = FORM.matcher(line.strip());
    if (parts.matches()) {
      byte[] key = Base64.getDecoder().decode(parts.group(3));
      for (Kind kind : Kind.values()) {
        if (key.length == 33 && key[0] == kind.code) {
          VerifierKey parsed =
              new VerifierKey(
                  parts.group(1),
                  kind,
                  Base64.getEncoder().encodeToString(Arrays.copyOfRange(key, 1, 33)));
          if (parsed.id() == HexFormat.fromHexDigits(parts.group(2))) {
            return parsed;
          }
        }
      }
    }
    throw new IllegalArgumentException("not a verifier key of a kind that is known here");
  }

  /// The line that [#parse] reads.
  public String line() {
    return "%s+%08x+%s".formatted(name, id(), Base64.getEncoder().encodeToString(kindAndKey()));
  }

  /// The key's id, as it stands before each signature.
  public int id() {
    MessageDigest digest = TreeHasher.sha256();
    digest.update(name.getBytes(UTF_8));
    digest.update((byte) '\n');
    digest.update(kindAndKey());
    return ByteBuffer.wrap(digest.digest()).getInt();
  }

  /// Whether a signature over a note's text was made by this key.
  ///
  /// @param signature without the key's id
  boolean verifies(String text, byte[] signature) {
    int extra =
        switch (kind) {
          case LOG -> 0;
          case WITNESS -> Long.BYTES;
        };
    if (signature.length != extra + 64) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key());
      check.update(
          switch (kind) {
            case LOG -> text.getBytes(UTF_8);
            case WITNESS -> cosigned(ByteBuffer.wrap(signature).getLong(), text);
          });
      return check.verify(signature, extra, 64);
    } catch (GeneralSecurityException e) {
      return false; // not a point of the curve, or no signature at all
    }
  }

  static byte[] cosigned(long epochSecond, String text) {
    return ("cosignature/v1\ntime " + epochSecond + "\n" + text).getBytes(UTF_8);
  }

  private PublicKey key() throws GeneralSecurityException {
    byte[] raw = Base64.getDecoder().decode(publicKey);
    byte[] encoded = Arrays.copyOf(X509, X509.length + raw.length);
    System.arraycopy(raw, 0, encoded, X509.length, raw.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private byte[] kindAndKey() {
    return ByteBuffer.allocate(33)
        .put(kind.code)
        .put(Base64.getDecoder().decode(publicKey))
        .array();
  }

  @Override
  public String toString() {
    return line();
  }
}
