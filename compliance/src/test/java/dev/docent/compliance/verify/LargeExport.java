package dev.docent.compliance.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.audit.CanonicalJson;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.StoredTree;
import dev.docent.compliance.tree.TreeHasher;
import dev.docent.compliance.tree.TreeView;
import dev.docent.compliance.tree.VerifierKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// An export of any size, made from the page that describes it and without a database.
final class LargeExport {
  private static final String ORIGIN = "docent.test/large/epoch-1";
  private static final String RECORD =
      """
      {"act":"question.passages_shown","actor":"act_aaaaaaaaaaaaaaaaaaaaaaaaaa","data":{"intent":\
      "019ab000-0000-7000-8000-%1$012x","passages":[{"document":"00000000-0000-4000-8000-\
      00000000d0c0","end":1500,"page":3,"revision":"abababababababababababababababababababababababab\
      abababababababab","start":1200}]},"id":"019ab000-0000-7000-8000-%1$012x","outcome":"success",\
      "time":"2026-11-23T20:15:00.120Z","v":1,"writer":{"id":"00000000-0000-4000-8000-000000000077",\
      "seq":%1$d}}""";

  private final Path folder;
  private final Map<String, Object> digests = new TreeMap<>();

  private LargeExport(Path folder) {
    this.folder = folder;
  }

  /// @param size records of the log
  /// @param every of how many records one is exported: 1 for all of them; else none has a neighbour
  static void write(Path folder, long size, long every) throws IOException {
    new LargeExport(folder).write(size, every);
  }

  private void write(long size, long every) throws IOException {
    NoteSigner signer = NoteSigner.generate(ORIGIN, VerifierKey.Kind.LOG);
    StoredTree tree = new StoredTree();
    file(
        "events.jsonl",
        out -> {
          for (long seq = 0; seq < size; seq++) {
            byte[] record = RECORD.formatted(seq).getBytes(UTF_8);
            byte[] leaf = new TreeHasher().leaf(record);
            tree.append(leaf);
            if (seq % every == 0) {
              out.write(
                  ("{\"leaf\":\"%s\",\"record\":".formatted(HexFormat.of().formatHex(leaf)))
                      .getBytes(UTF_8));
              out.write(record);
              out.write(",\"seq\":%d}\n".formatted(seq).getBytes(UTF_8));
            }
          }
        });
    TreeView view = tree.view();
    long run = every == 1 ? 256 : 1;
    file(
        "proofs.jsonl",
        out -> {
          for (long first = 0; first < size; first += Math.max(run, every)) {
            out.write(proof(view, first, Math.min(run, size - first)).getBytes(UTF_8));
          }
        });
    String checkpoint = new Checkpoint(ORIGIN, size, view.root()).text();
    file("checkpoint.txt", out -> out.write(note(signer, checkpoint)));
    file("log.vkey", out -> out.write((signer.verifier().line() + "\n").getBytes(UTF_8)));
    byte[] manifest = manifest(size, every, view.root());
    Files.write(folder.resolve("manifest.json"), manifest);
    String statement =
        "docent-audit-export/v1\n" + HexFormat.of().formatHex(sha().digest(manifest)) + "\n";
    Files.write(folder.resolve("signature.txt"), note(signer, statement));
  }

  private static String proof(TreeView view, long first, long count) {
    return "{\"count\":%d,\"first\":%d,\"hashes\":[%s]}\n"
        .formatted(
            count,
            first,
            view.range(first, count).stream()
                .map(hash -> "\"" + Base64.getEncoder().encodeToString(hash) + "\"")
                .collect(Collectors.joining(",")));
  }

  private static byte[] note(NoteSigner signer, String text) {
    return new SignedNote(text, List.of(signer.sign(text, Instant.EPOCH))).format().getBytes(UTF_8);
  }

  private byte[] manifest(long size, long every, byte[] root) {
    List<List<Long>> ranges = new ArrayList<>();
    if (every == 1) {
      ranges.add(List.of(0L, size - 1));
    } else {
      LongStream.range(0, (size + every - 1) / every)
          .forEach(i -> ranges.add(List.of(i * every, i * every)));
    }
    return CanonicalJson.write(
        Map.of(
            "events",
            (size + every - 1) / every,
            "files",
            digests,
            "filter",
            every == 1 ? Map.of() : Map.of("outcome", "success"),
            "format",
            "docent-audit-export/v1",
            "keys",
            List.of(),
            "log",
            ORIGIN,
            "pruned",
            0L,
            "ranges",
            ranges,
            "root",
            Base64.getEncoder().encodeToString(root),
            "size",
            size));
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private void file(String name, Content content) throws IOException {
    MessageDigest digest = sha();
    try (OutputStream out =
        new BufferedOutputStream(
            new DigestOutputStream(Files.newOutputStream(folder.resolve(name)), digest), 1 << 16)) {
      content.write(out);
    }
    digests.put(name, HexFormat.of().formatHex(digest.digest()));
  }
}
