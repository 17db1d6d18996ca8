package dev.docent.compliance.tree;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// What a log states of its tree (C2SP tlog-checkpoint): the text of a signed note.
///
/// ```
/// origin
/// size, decimal
/// base64 of the root
/// ```
///
/// @param origin name of the log and of its key
/// @param size leaves
/// @param root 32 bytes, which nobody writes to
public record Checkpoint(String origin, long size, byte[] root) {
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

  public Checkpoint {
    if (origin.isEmpty() || origin.contains("\n") || size < 0 || root.length != TreeHasher.BYTES) {
      throw new IllegalArgumentException("not a checkpoint");
    }
  }

  /// @throws IllegalArgumentException if the text is none; lines after the third are refused, they
  ///   would be signed without being understood
  public static Checkpoint parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 3 || !text.endsWith("\n") || !SIZE.matcher(lines.get(1)).matches()) {
      throw new IllegalArgumentException("not a checkpoint");
    }
    Checkpoint parsed =
        new Checkpoint(
            lines.get(0), Long.parseLong(lines.get(1)), Base64.getDecoder().decode(lines.get(2)));
    if (!parsed.text().equals(text)) {
      throw new IllegalArgumentException("base64 has one spelling");
    }
    return parsed;
  }

  /// The text that is signed.
  public String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint(String from, long leaves, byte[] hash)
        && origin.equals(from)
        && size == leaves
        && Arrays.equals(root, hash);
  }

  @Override
  public int hashCode() {
    return Objects.hash(origin, size, Arrays.hashCode(root));
  }

  @Override
  public String toString() {
    return "%s size %d root %s".formatted(origin, size, HexFormat.of().formatHex(root));
  }
}
