package dev.docent.compliance.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A short text with signatures (C2SP signed-note).
///
/// ```
/// text, one or more lines, each ended by LF
///
/// — name base64(4 bytes of the key's id || signature)
/// — name base64(...)
/// ```
///
/// @param text with its last line feed; that is what is signed
/// @param signatures in order; none has been checked
public record SignedNote(String text, List<Signed> signatures) {
  private static final int MAX_BYTES = 1_000_000;
  private static final int MAX_SIGNATURES = 100;
  private static final Pattern LINE = Pattern.compile("— ([^+\\s]+) (\\S+)");

  /// One signature line.
  ///
  /// @param signature base64, without the key's id
  public record Signed(String name, int keyId, String signature) {
    /// @throws IllegalArgumentException if the line is no signature
    public static Signed parse(String line) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new IllegalArgumentException("not a signature line");
      }
      byte[] bytes = Base64.getDecoder().decode(parts.group(2));
      if (bytes.length < 5) {
        throw new IllegalArgumentException("a signature follows the key's id");
      }
      Signed signed =
          new Signed(
              parts.group(1),
              ByteBuffer.wrap(bytes).getInt(),
              Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 4, bytes.length)));
      if (!signed.line().equals(line)) {
        throw new IllegalArgumentException("base64 has one spelling");
      }
      return signed;
    }

    /// The line without its line feed.
    public String line() {
      byte[] raw = Base64.getDecoder().decode(signature);
      byte[] bytes = ByteBuffer.allocate(4 + raw.length).putInt(keyId).put(raw).array();
      return "— " + name + " " + Base64.getEncoder().encodeToString(bytes);
    }
  }

  public SignedNote {
    if (!text.endsWith("\n")
        || text.chars().anyMatch(c -> (c < 0x20 && c != '\n') || c == 0x7f)
        || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("not a note");
    }
    signatures = List.copyOf(signatures);
  }

  /// @throws IllegalArgumentException if that is no note with at least one signature
  public static SignedNote parse(String note) {
    int split = note.lastIndexOf("\n\n");
    if (note.getBytes(UTF_8).length > MAX_BYTES || split < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException("not a signed note");
    }
    List<Signed> signatures = new ArrayList<>();
    note.substring(split + 2).lines().forEach(line -> signatures.add(Signed.parse(line)));
    if (signatures.isEmpty()) {
      throw new IllegalArgumentException("a note without a signature");
    }
    SignedNote parsed = new SignedNote(note.substring(0, split + 1), signatures);
    if (!parsed.format().equals(note)) {
      throw new IllegalArgumentException("a note has one spelling");
    }
    return parsed;
  }

  /// Whether there are signatures in the name of this key, and it made each of them.
  public boolean signedBy(VerifierKey key) {
    List<Signed> own =
        signatures.stream()
            .filter(signed -> signed.keyId() == key.id() && signed.name().equals(key.name()))
            .toList();
    return !own.isEmpty()
        && own.stream()
            .allMatch(signed -> key.verifies(text, Base64.getDecoder().decode(signed.signature())));
  }

  /// This note with one more signature.
  public SignedNote with(Signed signature) {
    List<Signed> more = new ArrayList<>(signatures);
    more.add(signature);
    return new SignedNote(text, more);
  }

  /// The note as it is stored and sent.
  public String format() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signed -> note.append(signed.line()).append('\n'));
    return note.toString();
  }
}
