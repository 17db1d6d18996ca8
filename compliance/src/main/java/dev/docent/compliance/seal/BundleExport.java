package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.CanonicalJson;
import dev.docent.compliance.audit.ExportProgress;
import dev.docent.compliance.audit.Exported;
import dev.docent.compliance.audit.Sha256;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.Tiles;
import dev.docent.compliance.tree.TreeView;
import dev.docent.compliance.tree.VerifierKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes evidence: records with the proofs of their places in a signed tree, and all that is
/// needed to check them without the service, as a ZIP file. Safe for concurrent use.
///
/// ```
/// README.txt  verify.py  log.vkey  checkpoint.txt  events.jsonl  proofs.jsonl  manifest.json
/// signature.txt
/// ```
///
/// The same query over the tree of the same size gives the same bytes, as long as no witness adds a
/// signature and the key is not replaced. Memory grows by 16 bytes for each gap between the
/// records.
public final class BundleExport {
  /// Of every entry, so that equal content is an equal file: the first that ZIP can tell.
  private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  static final String FORMAT = "docent-audit-export/v1";
  private static final int PROGRESS_EVERY = 1000;

  private final AuditReader reader;
  private final SealedLog log;
  private final LogKeys keys;

  public BundleExport(AuditReader reader, SealedLog log, LogKeys keys) {
    this.reader = reader;
    this.log = log;
    this.keys = keys;
  }

  /// @param head the signed tree that the records are proved in
  /// @param progress told every thousand records and at the end, and asked whether to go on; once
  ///   it said no, it says no again
  /// @param out flushed at the end, not closed
  /// @return with the digest of `manifest.json`, which holds the digests of the other files
  /// @throws IOException from `out`; what was written until then is no bundle
  /// @throws IllegalStateException if the key that signs is not at hand
  public Exported export(
      AuditQuery query, SealedLog.Head head, OutputStream out, ExportProgress progress)
      throws IOException {
    List<SealedLog.Key> known = log.keys();
    NoteSigner signer =
        keys.find(known.getLast().verifier())
            .orElseThrow(() -> new IllegalStateException("the key that signs is not here"));
    Writing writing = new Writing(out);
    writing.whole("README.txt", resource("README.txt"));
    writing.whole("verify.py", resource("verify.py"));
    writing.whole("log.vkey", (firstOf(head, known).line() + "\n").getBytes(UTF_8));
    writing.whole("checkpoint.txt", head.note().format().getBytes(UTF_8));

    Runs runs = new Runs();
    OutputStream events = writing.begin("events.jsonl");
    reader.sealed(
        query,
        head.checkpoint().size(),
        (seq, leaf, canonical) -> {
          events.write(line(seq, leaf, canonical));
          runs.add(seq, canonical.isEmpty());
          return runs.records % PROGRESS_EVERY != 0 || progress.proceed(runs.records);
        });
    writing.end();
    if (!progress.proceed(runs.records)) {
      writing.finish();
      return new Exported(runs.records, Sha256.of(new byte[32]), false);
    }
    if (query.equals(AuditQuery.ALL) && runs.records != head.checkpoint().size()) {
      throw new TreeDamagedException(
          "of %d leaves that were signed, %d are there"
              .formatted(head.checkpoint().size(), runs.records));
    }
    OutputStream proofs = writing.begin("proofs.jsonl");
    log.<Boolean>reading(
        tiles -> {
          TreeView tree = new TreeView(tiles, head.checkpoint().size());
          for (long[] run : runs.tiles()) {
            proofs.write(proof(run[0], run[1], tree));
          }
          return true;
        });
    writing.end();

    byte[] manifest = manifest(query, head, known, runs, writing.digests);
    writing.whole("manifest.json", manifest);
    Sha256 content = Sha256.of(sha256().digest(manifest));
    String statement = FORMAT + "\n" + content.hex() + "\n";
    SignedNote signature =
        new SignedNote(statement, List.of(signer.sign(statement, Instant.EPOCH)));
    writing.whole("signature.txt", signature.format().getBytes(UTF_8));
    writing.finish();
    return new Exported(runs.records, content, true);
  }

  /// The key of the epoch before any was replaced; those after it are introduced in the manifest.
  private static VerifierKey firstOf(SealedLog.Head head, List<SealedLog.Key> keys) {
    return keys.stream()
        .filter(key -> key.verifier().name().equals(head.checkpoint().origin()))
        .findFirst()
        .orElseThrow()
        .verifier();
  }

  private static byte[] line(long seq, byte[] leaf, Optional<byte[]> canonical) {
    byte[] begin = ("{\"leaf\":\"" + HexFormat.of().formatHex(leaf) + "\"").getBytes(UTF_8);
    byte[] name = canonical.isEmpty() ? new byte[0] : ",\"record\":".getBytes(UTF_8);
    byte[] record = canonical.orElse(new byte[0]);
    byte[] end = (",\"seq\":" + seq + "}\n").getBytes(UTF_8);
    byte[] line = Arrays.copyOf(begin, begin.length + name.length + record.length + end.length);
    System.arraycopy(name, 0, line, begin.length, name.length);
    System.arraycopy(record, 0, line, begin.length + name.length, record.length);
    System.arraycopy(end, 0, line, line.length - end.length, end.length);
    return line;
  }

  private static byte[] proof(long first, long last, TreeView tree) {
    StringBuilder line = new StringBuilder(1024);
    line.append("{\"count\":").append(last - first + 1);
    line.append(",\"first\":").append(first).append(",\"hashes\":[");
    String separator = "";
    for (byte[] hash : tree.range(first, last - first + 1)) {
      line.append(separator).append('"').append(Base64.getEncoder().encodeToString(hash));
      line.append('"');
      separator = ",";
    }
    return line.append("]}\n").toString().getBytes(UTF_8);
  }

  private static byte[] manifest(
      AuditQuery query,
      SealedLog.Head head,
      List<SealedLog.Key> keys,
      Runs runs,
      Map<String, String> digests) {
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("events", runs.records);
    manifest.put("files", digests);
    manifest.put("filter", filter(query));
    manifest.put("format", FORMAT);
    manifest.put(
        "keys",
        keys.stream().flatMap(key -> key.statement().stream()).map(SignedNote::format).toList());
    manifest.put("log", head.checkpoint().origin());
    manifest.put("pruned", runs.pruned);
    manifest.put("ranges", runs.pairs());
    manifest.put("root", Base64.getEncoder().encodeToString(head.checkpoint().root()));
    manifest.put("size", head.checkpoint().size());
    return CanonicalJson.write(manifest);
  }

  private static Map<String, Object> filter(AuditQuery query) {
    Map<String, Object> filter = new TreeMap<>();
    query.person().ifPresent(person -> filter.put("person", person.value()));
    if (!query.acts().isEmpty()) {
      filter.put("act", String.join(" ", new TreeSet<>(query.acts())));
    }
    query.document().ifPresent(id -> filter.put("document", id.toString()));
    query
        .outcome()
        .ifPresent(outcome -> filter.put("outcome", outcome.name().toLowerCase(Locale.ROOT)));
    query.intent().ifPresent(id -> filter.put("intent", id.toString()));
    query.from().ifPresent(time -> filter.put("from", time.toString()));
    query.to().ifPresent(time -> filter.put("to", time.toString()));
    return filter;
  }

  /// Consecutive records, as pairs of the first and the last number.
  private static final class Runs {
    private long[] ends = new long[64];
    private int used;
    private long records;
    private long pruned;

    void add(long seq, boolean isPruned) {
      if (used > 0 && ends[used - 1] == seq - 1) {
        ends[used - 1] = seq;
      } else {
        if (used == ends.length) {
          ends = Arrays.copyOf(ends, 2 * used);
        }
        ends[used++] = seq;
        ends[used++] = seq;
      }
      records++;
      pruned += isPruned ? 1 : 0;
    }

    List<List<Long>> pairs() {
      List<List<Long>> pairs = new ArrayList<>();
      for (int i = 0; i < used; i += 2) {
        pairs.add(List.of(ends[i], ends[i + 1]));
      }
      return pairs;
    }

    /// The runs cut at the borders of tiles.
    Iterable<long[]> tiles() {
      return () ->
          new Iterator<>() {
            private int at;
            private long next = used == 0 ? 0 : ends[0];

            @Override
            public boolean hasNext() {
              return at < used;
            }

            @Override
            public long[] next() {
              long first = next;
              long last = Math.min(ends[at + 1], first - first % Tiles.WIDTH + Tiles.WIDTH - 1);
              if (last == ends[at + 1]) {
                at += 2;
                next = at < used ? ends[at] : 0;
              } else {
                next = last + 1;
              }
              return new long[] {first, last};
            }
          };
    }
  }

  /// A ZIP file on its way out, with the digest of each entry.
  private static final class Writing {
    private final ZipOutputStream zip;
    private final Map<String, String> digests = new TreeMap<>();
    private String name = "";
    private MessageDigest digest = sha256();
    private OutputStream entry = OutputStream.nullOutputStream();

    Writing(OutputStream out) {
      zip = new ZipOutputStream(out, UTF_8);
      zip.setLevel(Deflater.BEST_SPEED);
    }

    OutputStream begin(String file) throws IOException {
      ZipEntry header = new ZipEntry(file);
      header.setTimeLocal(ZIP_EPOCH);
      zip.putNextEntry(header);
      name = file;
      digest = sha256();
      entry = new BufferedOutputStream(new DigestOutputStream(zip, digest), 1 << 16);
      return entry;
    }

    void end() throws IOException {
      entry.flush();
      zip.closeEntry();
      digests.put(name, HexFormat.of().formatHex(digest.digest()));
    }

    void whole(String file, byte[] content) throws IOException {
      begin(file).write(content);
      end();
    }

    void finish() throws IOException {
      zip.finish();
      zip.flush();
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = BundleExport.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " belongs to the program");
      }
      return file.readAllBytes();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
