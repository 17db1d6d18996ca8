package dev.docent.compliance.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Signs notes with an Ed25519 key. Safe for concurrent use.
///
/// A key is kept as two lines of text:
///
/// ```
/// PRIVATE+KEY+ name + "+" + id + "+" + base64(kind byte || 32 secret bytes)
/// the verifier key
/// ```
public final class NoteSigner {
  // The fixed beginning of an Ed25519 key in PKCS #8 (RFC 8410).
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final String PREFIX = "PRIVATE+KEY+";

  private final VerifierKey verifier;
  private final PrivateKey key;

  private NoteSigner(VerifierKey verifier, PrivateKey key) {
    this.verifier = verifier;
    this.key = key;
  }

  /// Makes a new key from the JDK's random numbers.
  public static NoteSigner generate(String name, VerifierKey.Kind kind) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] spki = pair.getPublic().getEncoded();
      String raw =
          Base64.getEncoder()
              .encodeToString(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
      return new NoteSigner(new VerifierKey(name, kind, raw), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /// Reads what [#secret] wrote.
  ///
  /// @throws IllegalArgumentException if that is no key, or its two halves do not belong together
  public static NoteSigner read(String secret) {
    List<String> lines = secret.lines().toList();
    if (lines.size() != 2 || !lines.getFirst().startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a signing key");
    }
    VerifierKey verifier = VerifierKey.parse(lines.get(1));
    try {
      String encodedSeed = lines.getFirst().substring(PREFIX.length()).split("\\+", 3)[2];
      byte[] kindAndSeed = Base64.getDecoder().decode(encodedSeed);
      byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + 32);
      System.arraycopy(kindAndSeed, 1, encoded, PKCS8.length, 32);
      NoteSigner signer =
          new NoteSigner(
              verifier,
              KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      String probe = "probe\n";
      if (!verifier.verifies(probe, signer.signature(probe, Instant.EPOCH))) {
        throw new IllegalArgumentException("the two halves of the key do not belong together");
      }
      return signer;
    } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a signing key", e);
    }
  }

  /// The key as text, for a file that only its owner can read.
  public String secret() {
    byte[] pkcs8 = key.getEncoded();
    byte[] kindAndSeed =
        ByteBuffer.allocate(33).put(verifier.kind().code).put(pkcs8, pkcs8.length - 32, 32).array();
    return "%s%s+%08x+%s\n%s\n"
        .formatted(
            PREFIX,
            verifier.name(),
            verifier.id(),
            Base64.getEncoder().encodeToString(kindAndSeed),
            verifier.line());
  }

  public VerifierKey verifier() {
    return verifier;
  }

  /// Signs the text of a note.
  ///
  /// @param text ends with a line feed
  /// @param time goes into the signature of a witness, in seconds
  public SignedNote.Signed sign(String text, Instant time) {
    return new SignedNote.Signed(
        verifier.name(), verifier.id(), Base64.getEncoder().encodeToString(signature(text, time)));
  }

  private byte[] signature(String text, Instant time) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      return switch (verifier.kind()) {
        case LOG -> {
          signature.update(text.getBytes(UTF_8));
          yield signature.sign();
        }
        case WITNESS -> {
          long second = time.getEpochSecond();
          signature.update(VerifierKey.cosigned(second, text));
          yield ByteBuffer.allocate(72).putLong(second).put(signature.sign()).array();
        }
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was usable when it was read", e);
    }
  }
}
