package dev.docent.compliance.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.audit.CanonicalJson;
import dev.docent.compliance.seal.KeyChain;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.Frontier;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Checks an export as `compliance/README.md` describes it, in memory that does not grow with its
/// records. Never throws for what an export holds: that is what the verdict is for.
public final class BundleVerifier {
  private static final String FORMAT = "docent-audit-export/v1";
  private static final int TILE = 256;
  private static final int RUNS_AHEAD = 16;

  private final Trust trust;
  private final List<String> problems = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();
  private OptionalLong firstBad = OptionalLong.empty();
  private Optional<RunCheck.Result> unproved = Optional.empty();
  private long records;
  private long pruned;

  private BundleVerifier(Trust trust) {
    this.trust = trust;
  }

  /// @param export a folder or a ZIP file
  public static Verdict verify(Path export, Trust trust) {
    BundleVerifier verifier = new BundleVerifier(trust);
    try (Evidence evidence = Evidence.at(export)) {
      verifier.check(evidence);
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      verifier.problems.add(
          "the export cannot be read: %s %s"
              .formatted(e.getClass().getSimpleName(), e.getMessage()));
    }
    return verifier.verdict();
  }

  private Verdict verdict() {
    return new Verdict(
        records, firstBad, problems, problems.isEmpty() ? shown : List.of(), notChecked);
  }

  private void check(Evidence evidence) throws IOException {
    byte[] manifestBytes = evidence.read("manifest.json");
    Manifest manifest = Manifest.parse(manifestBytes);
    KeyChain keys = new KeyChain(key(evidence));
    for (SignedNote statement : manifest.statements()) {
      var _ = keys.add(statement);
    }

    SignedNote note = SignedNote.parse(new String(evidence.read("checkpoint.txt"), UTF_8));
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    boolean signed = keys.of(checkpoint).filter(note::signedBy).isPresent();
    if (!signed) {
      problems.add("checkpoint.txt is not signed by a key of the log");
    }
    checkManifest(evidence, manifestBytes, manifest, checkpoint, keys);
    checkWitnesses(note);
    checkRecords(
        evidence, manifest, checkpoint, signed ? Optional.of(checkpoint) : Optional.empty(), keys);
    describe(manifest, checkpoint, keys);
  }

  private VerifierKey key(Evidence evidence) throws IOException {
    if (trust.key().isPresent()) {
      return trust.key().get();
    }
    notChecked.add("that log.vkey is the log's key: take it from another source (--key)");
    String line = new String(evidence.read("log.vkey"), UTF_8);
    return VerifierKey.parse(line);
  }

  private void checkManifest(
      Evidence evidence, byte[] bytes, Manifest manifest, Checkpoint checkpoint, KeyChain keys)
      throws IOException {
    String statement = FORMAT + "\n" + HexFormat.of().formatHex(sha256().digest(bytes)) + "\n";
    if (!statementSigned(evidence, statement, keys.newest())) {
      problems.add("manifest.json is not the one that was signed");
    }
    if (!manifest.log().equals(checkpoint.origin())
        || manifest.size() != checkpoint.size()
        || !manifest.root().equals(Base64.getEncoder().encodeToString(checkpoint.root()))) {
      problems.add("manifest.json speaks of another tree than checkpoint.txt");
    }
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      if (!file.getKey().endsWith(".jsonl")) { // those are read below
        byte[] digest = sha256().digest(evidence.read(file.getKey()));
        if (!HexFormat.of().formatHex(digest).equals(file.getValue())) {
          problems.add(file.getKey() + " is not the file that was exported");
        }
      }
    }
  }

  private static boolean statementSigned(Evidence evidence, String statement, VerifierKey key)
      throws IOException {
    try {
      SignedNote note = SignedNote.parse(new String(evidence.read("signature.txt"), UTF_8));
      return note.text().equals(statement) && note.signatures().size() == 1 && note.signedBy(key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void checkWitnesses(SignedNote note) {
    if (trust.witnesses().isEmpty()) {
      notChecked.add("signatures of witnesses: give their keys (--witness)");
    }
    for (VerifierKey witness : trust.witnesses()) {
      if (note.signedBy(witness)) {
        shown.add("the witness %s saw this state of the log".formatted(witness.name()));
      } else {
        problems.add("the witness %s did not sign the checkpoint".formatted(witness.name()));
      }
    }
  }

  // --- The records

  private void checkRecords(
      Evidence evidence,
      Manifest manifest,
      Checkpoint checkpoint,
      Optional<Checkpoint> signed,
      KeyChain keys)
      throws IOException {
    long size = signed.map(Checkpoint::size).orElse(manifest.size());
    List<long[]> ranges =
        manifest.isWhole() && size > 0 ? List.of(new long[] {0, size - 1}) : manifest.ranges();
    Optional<Earlier> earlier = earlier(manifest, checkpoint, keys);
    Writers writers = new Writers();
    try (Lines events = new Lines(evidence.open("events.jsonl"), sha256());
        Lines proofs = new Lines(evidence.open("proofs.jsonl"), sha256());
        FolderCheck folder = folder(checkpoint, keys);
        ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      Deque<Pending> ahead = new ArrayDeque<>();
      Cursor cursor = new Cursor(ranges);
      while (firstBad.isEmpty() && (cursor.hasNext() || !ahead.isEmpty())) {
        while (cursor.hasNext() && ahead.size() < RUNS_AHEAD) {
          ahead.add(read(cursor.next(), events, proofs, signed, workers));
        }
        take(ahead.remove(), folder, earlier, writers);
      }
      finish(manifest, events, proofs, earlier, writers);
    }
  }

  private record Pending(long first, Future<RunCheck.Result> result) {}

  private static Pending read(
      long[] run, Lines events, Lines proofs, Optional<Checkpoint> signed, ExecutorService workers)
      throws IOException {
    List<Optional<byte[]>> lines = new ArrayList<>(TILE);
    for (long seq = run[0]; seq <= run[1]; seq++) {
      lines.add(events.next());
    }
    RunCheck check = new RunCheck(run[0], lines, proofs.next(), signed);
    return new Pending(run[0], workers.submit(check::check));
  }

  private void take(
      Pending pending, @Nullable FolderCheck folder, Optional<Earlier> earlier, Writers writers)
      throws IOException {
    RunCheck.Result result = result(pending);
    // The folder's leaves lead to the signed root themselves: they tell which of several records is
    // wrong where a proof only tells that one is, here or elsewhere.
    long differs = folder == null ? -1 : folder.firstDifference(pending.first(), result.leaves());
    if (differs >= 0) {
      bad(differs, "record %d is not the one whose hash the folder kept".formatted(differs));
    } else if (result.bad().isPresent() && result.unproved() && folder != null) {
      if (unproved.isEmpty()) {
        unproved = Optional.of(result);
      }
    } else if (result.bad().isPresent()) {
      bad(result.bad().getAsLong(), result.problem());
    }
    records += result.leaves().size();
    pruned += result.pruned();
    result.numbered().forEach(writers::add);
    earlier.ifPresent(known -> result.leaves().forEach(known::append));
  }

  private static RunCheck.Result result(Pending pending) {
    try {
      return pending.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check failed", e.getCause());
    }
  }

  private void bad(long seq, String problem) {
    firstBad = OptionalLong.of(seq);
    problems.addFirst(problem);
  }

  private void finish(
      Manifest manifest, Lines events, Lines proofs, Optional<Earlier> earlier, Writers writers)
      throws IOException {
    if (firstBad.isEmpty()) {
      unproved.ifPresent(run -> bad(run.bad().orElseThrow(), run.problem()));
      if (events.next().isPresent() || proofs.next().isPresent()) {
        problems.add("something follows the last record");
      }
      if (records != manifest.events() || pruned != manifest.pruned()) {
        problems.add(
            "manifest.json counts %d records, %d of them pruned, and there are %d, %d"
                .formatted(manifest.events(), manifest.pruned(), records, pruned));
      }
      if (manifest.isWhole() && pruned == 0) {
        writers.problem().ifPresent(problems::add);
      } else {
        notChecked.add("gaps in the numbering of writers: that needs every record");
      }
      earlier.flatMap(Earlier::problem).ifPresent(problems::add);
    }
    checkDigest(manifest, "events.jsonl", events);
    checkDigest(manifest, "proofs.jsonl", proofs);
  }

  private void checkDigest(Manifest manifest, String name, Lines lines) throws IOException {
    if (!HexFormat.of().formatHex(lines.digest()).equals(manifest.files().get(name))) {
      problems.add(name + " is not the file that was exported");
    }
  }

  private @Nullable FolderCheck folder(Checkpoint checkpoint, KeyChain keys) throws IOException {
    if (trust.folder().isEmpty()) {
      notChecked.add(
          "whether a record was rewritten together with its tree and its key (--folder)");
      return null;
    }
    FolderCheck folder;
    try {
      folder = FolderCheck.open(trust.folder().get(), checkpoint.origin());
    } catch (IOException | NumberFormatException e) {
      problems.add("the folder holds nothing of " + checkpoint.origin());
      return null;
    }
    Optional<String> wrong = folder.history(checkpoint, keys);
    if (wrong.isPresent()) {
      problems.add(wrong.get());
    } else {
      shown.add("the folder kept the same history");
    }
    if (folder.unknown() > 0) {
      notChecked.add(
          "%d newer checkpoints of the folder, signed by a key that the export does not know"
              .formatted(folder.unknown()));
    }
    return folder;
  }

  // --- Against a checkpoint of earlier

  /// Whether the exported tree begins with one that was seen before.
  private static final class Earlier {
    private final Checkpoint checkpoint;
    private final Frontier frontier = new Frontier();
    private byte[] root = new byte[0];

    Earlier(Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
      remember();
    }

    void append(byte[] leaf) {
      frontier.append(leaf);
      remember();
    }

    private void remember() {
      if (frontier.size() == checkpoint.size()) {
        root = frontier.root();
      }
    }

    Optional<String> problem() {
      return Arrays.equals(root, checkpoint.root())
          ? Optional.empty()
          : Optional.of(
              "the log had another first %d records when the earlier checkpoint was signed"
                  .formatted(checkpoint.size()));
    }
  }

  private Optional<Earlier> earlier(Manifest manifest, Checkpoint checkpoint, KeyChain keys) {
    if (trust.earlier().isEmpty()) {
      notChecked.add("that the log did not go back or split: give a checkpoint you kept (--since)");
      return Optional.empty();
    }
    SignedNote note = trust.earlier().get();
    Checkpoint known = Checkpoint.parse(note.text());
    if (!known.origin().equals(checkpoint.origin())) {
      problems.add("the earlier checkpoint is of another log, " + known.origin());
    } else if (keys.of(known).filter(note::signedBy).isEmpty()) {
      problems.add("the earlier checkpoint is not signed by the log");
    } else if (known.size() > checkpoint.size()) {
      problems.add(
          "the log went back: it had %d records before, the export is of %d"
              .formatted(known.size(), checkpoint.size()));
    } else if (known.size() == checkpoint.size()) {
      if (!known.equals(checkpoint)) {
        problems.add(
            "two trees of size %d were signed: the log has two histories".formatted(known.size()));
      }
    } else if (manifest.isWhole()) {
      return Optional.of(new Earlier(known));
    } else {
      notChecked.add("the earlier checkpoint: that needs an export of everything, or --folder");
    }
    return Optional.empty();
  }

  /// The numbers that each writer gave its records.
  private static final class Writers {
    private final Map<String, long[]> seen = new HashMap<>();

    void add(RunCheck.Numbered numbered) {
      long[] counts = seen.computeIfAbsent(numbered.writer(), _ -> new long[2]);
      counts[0]++;
      counts[1] = Math.max(counts[1], numbered.number() + 1);
    }

    Optional<String> problem() {
      return seen.entrySet().stream()
          .filter(entry -> entry.getValue()[0] != entry.getValue()[1])
          .findFirst()
          .map(
              entry ->
                  "writer %s numbered %d records, %d are sealed: some were lost before sealing"
                      .formatted(entry.getKey(), entry.getValue()[1], entry.getValue()[0]));
    }
  }

  private void describe(Manifest manifest, Checkpoint checkpoint, KeyChain keys) {
    shown.addFirst(
        "%d records, byte for byte, in the tree of %d that %s signed with key %s"
            .formatted(
                records,
                checkpoint.size(),
                checkpoint.origin(),
                keys.of(checkpoint).map(key -> "%08x".formatted(key.id())).orElse("?")));
    if (manifest.isWhole()) {
      shown.add(1, "complete: every record from 0 to %d".formatted(checkpoint.size() - 1));
    } else {
      notChecked.add("that no other record matches the filter " + manifest.filter());
    }
    if (pruned > 0) {
      notChecked.add(
          "the content of %d records: pruned, only their leaves are left".formatted(pruned));
    }
    notChecked.add("who the pseudonyms are, and what was never recorded");
  }

  /// Runs of records that one proof covers.
  private static final class Cursor {
    private final List<long[]> ranges;
    private int at;
    private long next;

    Cursor(List<long[]> ranges) {
      this.ranges = ranges;
      this.next = ranges.isEmpty() ? 0 : ranges.getFirst()[0];
    }

    boolean hasNext() {
      return at < ranges.size();
    }

    long[] next() {
      long first = next;
      long end = ranges.get(at)[1];
      long last = Math.min(end, first - first % TILE + TILE - 1);
      if (last < end) {
        next = last + 1;
      } else if (++at < ranges.size()) {
        next = ranges.get(at)[0];
      }
      return new long[] {first, last};
    }
  }

  /// What the export says of itself.
  private record Manifest(
      String log,
      long size,
      String root,
      Map<String, Object> filter,
      Map<String, String> files,
      List<SignedNote> statements,
      List<?> pairs,
      long events,
      long pruned) {

    @SuppressWarnings("unchecked") // canonical objects have String keys
    static Manifest parse(byte[] bytes) {
      Map<String, Object> manifest = CanonicalJson.readObject(bytes);
      if (!FORMAT.equals(manifest.get("format"))) {
        throw new IllegalArgumentException("manifest.json is of a format that is not known here");
      }
      return new Manifest(
          (String) get(manifest, "log"),
          (Long) get(manifest, "size"),
          (String) get(manifest, "root"),
          (Map<String, Object>) get(manifest, "filter"),
          files((Map<?, ?>) get(manifest, "files")),
          ((List<String>) get(manifest, "keys")).stream().map(SignedNote::parse).toList(),
          (List<?>) get(manifest, "ranges"),
          (Long) get(manifest, "events"),
          (Long) get(manifest, "pruned"));
    }

    private static Object get(Map<String, Object> manifest, String name) {
      Object value = manifest.get(name);
      if (value == null) {
        throw new IllegalArgumentException("manifest.json says nothing of " + name);
      }
      return value;
    }

    private static Map<String, String> files(Map<?, ?> files) {
      Map<String, String> names = new TreeMap<>();
      files.forEach((name, digest) -> names.put((String) name, (String) digest));
      if (!names.keySet().stream().allMatch(name -> name.matches("[A-Za-z]+\\.[a-z]+"))) {
        throw new IllegalArgumentException("manifest.json names a strange file");
      }
      return names;
    }

    boolean isWhole() {
      return filter.isEmpty();
    }

    List<long[]> ranges() {
      List<long[]> ranges = new ArrayList<>(pairs.size());
      long least = 0;
      for (Object pair : pairs) {
        if (!(pair instanceof List<?> ends)
            || ends.size() != 2
            || !(ends.get(0) instanceof Long first)
            || !(ends.get(1) instanceof Long last)) {
          throw new IllegalArgumentException("a range of manifest.json has two ends");
        }
        long[] range = {first, last};
        if (range[0] < least || range[1] < range[0]) {
          throw new IllegalArgumentException("the ranges of manifest.json are out of order");
        }
        least = range[1] + 2; // else the two were one
        ranges.add(range);
      }
      return ranges;
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
