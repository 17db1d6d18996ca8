package dev.docent.compliance.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.docent.compliance.audit.CanonicalJson;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.MerkleProofs;
import dev.docent.compliance.tree.TreeHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Checks consecutive records against their proof: one unit of work.
///
/// ```
/// {"leaf":"<64 hexadecimal digits>","record":<canonical bytes>,"seq":<number>}
/// {"leaf":"<64 hexadecimal digits>","seq":<number>}                            a pruned record
/// ```
final class RunCheck {
  private static final byte[] BEGIN = "{\"leaf\":\"".getBytes(US_ASCII);
  private static final byte[] RECORD = "\",\"record\":".getBytes(US_ASCII);
  private static final int LEAF_END = BEGIN.length + 2 * TreeHasher.BYTES;

  private final long first;
  private final List<Optional<byte[]>> lines;
  private final Optional<byte[]> proof;
  private final Optional<Checkpoint> signed;
  private final TreeHasher hasher = new TreeHasher();

  /// @param lines one for each record expected; empty where the file had ended
  /// @param signed empty if no signature vouches for a root: then proofs prove nothing
  RunCheck(
      long first,
      List<Optional<byte[]>> lines,
      Optional<byte[]> proof,
      Optional<Checkpoint> signed) {
    this.first = first;
    this.lines = lines;
    this.proof = proof;
    this.signed = signed;
  }

  /// @param bad the first record that is wrong
  /// @param unproved nothing is wrong with a record in itself, but the proof fails: then `bad` is
  ///   the first that it covers
  /// @param leaves in order, up to the bad one
  /// @param numbered writer and number of each record that has one
  record Result(
      OptionalLong bad,
      boolean unproved,
      String problem,
      List<byte[]> leaves,
      List<Numbered> numbered,
      long pruned) {}

  record Numbered(String writer, long number) {}

  /// A record is not what it should be.
  private static final class Bad extends RuntimeException {
    private static final long serialVersionUID = 1;

    Bad(String why) {
      super(why, null, false, false);
    }
  }

  Result check() {
    List<byte[]> leaves = new ArrayList<>(lines.size());
    List<Numbered> numbered = new ArrayList<>(lines.size());
    long pruned = 0;
    for (int i = 0; i < lines.size(); i++) {
      try {
        byte[] line =
            lines.get(i).orElseThrow(() -> new Bad("is missing: the file ends before it"));
        Optional<byte[]> record = record(line, first + i);
        byte[] leaf = leaf(line);
        if (record.isPresent()) {
          if (!Arrays.equals(hasher.leaf(record.get()), leaf)) {
            throw new Bad("is not the one that was sealed: its hash is another");
          }
          number(record.get()).ifPresent(numbered::add);
        } else {
          pruned++;
        }
        leaves.add(leaf);
      } catch (Bad bad) {
        return new Result(
            OptionalLong.of(first + i),
            false,
            "record %d %s".formatted(first + i, bad.getMessage()),
            leaves,
            numbered,
            pruned);
      }
    }
    if (signed.isPresent() && !proved(leaves, signed.get())) {
      return new Result(
          OptionalLong.of(first),
          true,
          "records %d to %d are not proved: they do not lead to the signed root"
              .formatted(first, first + lines.size() - 1),
          leaves,
          numbered,
          pruned);
    }
    return new Result(OptionalLong.empty(), false, "", leaves, numbered, pruned);
  }

  /// The record's bytes; empty for a pruned one.
  private static Optional<byte[]> record(byte[] line, long seq) {
    byte[] end = (",\"seq\":" + seq + "}\n").getBytes(US_ASCII);
    int body = line.length - end.length;
    if (body <= LEAF_END
        || !Arrays.equals(line, body, line.length, end, 0, end.length)
        || !Arrays.equals(line, 0, BEGIN.length, BEGIN, 0, BEGIN.length)) {
      throw new Bad("is missing, or something else stands in its place");
    }
    if (body == LEAF_END + 1 && line[LEAF_END] == '"') {
      return Optional.empty();
    }
    int begin = LEAF_END + RECORD.length;
    if (body <= begin || !Arrays.equals(line, LEAF_END, begin, RECORD, 0, RECORD.length)) {
      throw new Bad("is missing, or something else stands in its place");
    }
    return Optional.of(Arrays.copyOfRange(line, begin, body));
  }

  private static byte[] leaf(byte[] line) {
    String hex = new String(line, BEGIN.length, 2 * TreeHasher.BYTES, ISO_8859_1);
    try {
      byte[] leaf = HexFormat.of().parseHex(hex);
      if (HexFormat.of().formatHex(leaf).equals(hex)) {
        return leaf;
      }
    } catch (IllegalArgumentException e) {
      // no hexadecimal digit: the same complaint
    }
    throw new Bad("has no leaf hash");
  }

  /// Reads the record, which accepts the canonical spelling only.
  private static Optional<Numbered> number(byte[] record) {
    try {
      return CanonicalJson.readObject(record).get("writer") instanceof Map<?, ?> writer
              && writer.get("id") instanceof String id
              && writer.get("seq") instanceof Long number
          ? Optional.of(new Numbered(id, number))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new Bad("is not in canonical form: " + e.getMessage());
    }
  }

  private boolean proved(List<byte[]> leaves, Checkpoint checkpoint) {
    try {
      Map<String, Object> line =
          CanonicalJson.readObject(
              proof
                  .filter(bytes -> bytes.length > 0 && bytes[bytes.length - 1] == '\n')
                  .map(bytes -> Arrays.copyOf(bytes, bytes.length - 1))
                  .orElseThrow(() -> new IllegalArgumentException("no proof")));
      if (line.size() != 3
          || !Long.valueOf(first).equals(line.get("first"))
          || !Long.valueOf(leaves.size()).equals(line.get("count"))
          || !(line.get("hashes") instanceof List<?> hashes)) {
        return false;
      }
      List<byte[]> others =
          hashes.stream().map(hash -> Base64.getDecoder().decode((String) hash)).toList();
      // Base64 has one spelling here: what is left over of the last character is zero.
      if (!others.stream().map(Base64.getEncoder()::encodeToString).toList().equals(hashes)) {
        return false;
      }
      return MerkleProofs.rootOfRange(leaves, first, checkpoint.size(), others)
          .filter(root -> Arrays.equals(root, checkpoint.root()))
          .isPresent();
    } catch (IllegalArgumentException | ClassCastException e) {
      return false;
    }
  }
}
