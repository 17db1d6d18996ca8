package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.Frontier;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.StoredTree;
import dev.docent.compliance.tree.TreeHasher;
import dev.docent.compliance.verify.BundleVerifier;
import dev.docent.compliance.verify.Trust;
import dev.docent.compliance.verify.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/// Whatever is changed in the evidence or below it is found, and the first bad record is named.
class MutationTest {
  private static final int RECORDS = 600;

  /// What is done to an export.
  enum Mutation {
    FLIP_A_BIT,
    DELETE_A_RECORD,
    SWAP_TWO_RECORDS,
    REPEAT_A_RECORD,
    INSERT_A_FORGED_RECORD,
    CUT_THE_TAIL,
    REWRITE_A_RECORD,
    REWRITE_A_RECORD_AND_ITS_LEAF,
    EDIT_THE_CHECKPOINT,
    REPLACE_THE_CHECKPOINT,
    DROP_A_PROOF
  }

  /// @param hidesIt the digests in the manifest are made to agree afterwards
  record Attack(boolean whole, Mutation mutation, long seed, boolean hidesIt) {}

  /// Which record a verifier must name.
  sealed interface Expected {
    /// This one.
    record Named(long seq) implements Expected {}

    /// One that shares its proof, and with the folder's copy this one.
    record NearlyNamed(long seq) implements Expected {}

    /// None: a file as a whole is at fault.
    record File() implements Expected {}

    /// The list of what should be there is at fault, so nobody can say.
    record Unsaid() implements Expected {}
  }

  /// The log that all attacks are on, exported once whole and once for one person.
  static final class Fixture {
    static final Fixture INSTANCE = new Fixture();

    final Path home;
    final TestLog test;
    final BundleExport bundles;
    final Map<String, byte[]> whole;
    final Map<String, byte[]> part;
    final SignedNote older;
    private final Map<String, byte[]> written = new HashMap<>();

    private Fixture() {
      try {
        home = Files.createTempDirectory(Path.of("target"), "mutations");
        test = new TestLog(home);
        bundles = new BundleExport(test.reader, test.log, test.keys);
        test.append(RECORDS / 2);
        test.sealer.seal();
        older = test.published.getFirst();
        test.append(RECORDS / 2);
        test.sealer.seal();
        whole = export(AuditQuery.ALL);
        part = export(AuditQuery.ALL.withPerson(TestLog.person(1)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Map<String, byte[]> export(AuditQuery query) throws IOException {
      Path zip = home.resolve("export.zip");
      try (OutputStream out = Files.newOutputStream(zip)) {
        bundles.export(query, test.log.head().orElseThrow(), out, _ -> true);
      }
      Path folder = BundleTest.unzip(zip, home.resolve("unzipped"));
      Map<String, byte[]> files = new TreeMap<>();
      try (Stream<Path> paths = Files.list(folder)) {
        for (Path path : paths.toList()) {
          files.put(path.getFileName().toString(), Files.readAllBytes(path));
        }
      }
      return files;
    }

    Path write(Map<String, byte[]> files) throws IOException {
      Path folder = Files.createDirectories(home.resolve("mutated"));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        byte[] content = file.getValue();
        if (written.put(file.getKey(), content) != content) {
          Files.write(folder.resolve(file.getKey()), content);
        }
      }
      return folder;
    }

    Trust folder() {
      return new Trust(
          Optional.of(test.log.keys().getFirst().verifier()),
          List.of(),
          Optional.empty(),
          Optional.of(home.resolve("checkpoints")));
    }
  }

  @AfterContainer
  static void close() {
    Fixture.INSTANCE.test.close();
  }

  @Example
  void withoutAMutationAllIsWell() throws IOException {
    Fixture fixture = Fixture.INSTANCE;
    for (Map<String, byte[]> files : List.of(fixture.whole, fixture.part)) {
      Path folder = fixture.write(files);
      assertThat(BundleVerifier.verify(folder, Trust.NONE).problems()).isEmpty();
      assertThat(BundleVerifier.verify(folder, fixture.folder()).problems()).isEmpty();
      assertThat(BundleTest.python(folder)).startsWith("0 VALID");
    }
  }

  @Provide
  Arbitrary<Attack> attacks() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            // Bits can be flipped in more ways than anything else.
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Mutation.FLIP_A_BIT)),
                Tuple.of(3, Arbitraries.of(Mutation.class))),
            Arbitraries.longs(),
            Arbitraries.of(true, false))
        .as(Attack::new);
  }

  @Property(tries = 4000, shrinking = ShrinkingMode.OFF)
  void everyMutationOfAnExportIsFoundAndTheFirstBadRecordNamed(@ForAll("attacks") Attack attack)
      throws Exception {
    Fixture fixture = Fixture.INSTANCE;
    Map<String, byte[]> files = new TreeMap<>(attack.whole() ? fixture.whole : fixture.part);
    Expected expected = mutate(files, attack);
    Path folder = fixture.write(files);

    Verdict verdict = BundleVerifier.verify(folder, Trust.NONE);
    assertThat(verdict.valid()).as("%s", attack).isFalse();
    assertThat(verdict.problems().getFirst()).isNotBlank();
    switch (expected) {
      case Expected.Named(long seq) ->
          assertThat(verdict.firstBad()).as("%s %s", attack, verdict).hasValue(seq);
      case Expected.NearlyNamed(long seq) -> {
        assertThat(verdict.firstBad().orElseThrow()).isBetween(seq - 255, seq + 1);
        assertThat(BundleVerifier.verify(folder, fixture.folder()).firstBad()).hasValue(seq);
      }
      case Expected.File() -> assertThat(verdict.firstBad()).as("%s %s", attack, verdict).isEmpty();
      case Expected.Unsaid() -> {}
    }
  }

  /// No proof has a second spelling: every bit of the proofs counts.
  @Example
  void everyBitOfTheProofsCounts() throws IOException {
    Fixture fixture = Fixture.INSTANCE;
    Map<String, byte[]> files = new TreeMap<>(fixture.whole);
    byte[] proofs = content(files, "proofs.jsonl");
    for (int bit = 0; bit < 8 * proofs.length; bit++) {
      byte[] changed = proofs.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      files.put("proofs.jsonl", changed);
      Verdict verdict = BundleVerifier.verify(fixture.write(files), Trust.NONE);
      assertThat(verdict.firstBad()).as("bit %d: %s", bit, verdict).isPresent();
    }
  }

  /// The same by `verify.py`, which takes a process each.
  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void verifyPyFindsTheSame(@ForAll("attacks") Attack attack) throws Exception {
    Fixture fixture = Fixture.INSTANCE;
    Map<String, byte[]> files = new TreeMap<>(attack.whole() ? fixture.whole : fixture.part);
    byte[] script = content(files, "verify.py");
    Expected expected = mutate(files, attack);
    files.put("verify.py", script); // a changed judge is for others to find
    if (files.equals(attack.whole() ? fixture.whole : fixture.part)) {
      return;
    }
    String said = BundleTest.python(fixture.write(files));
    assertThat(said).as("%s", attack).startsWith("1 NOT VALID: ");
    if (expected instanceof Expected.Named(long seq)) {
      assertThat(said).as("%s", attack).startsWith("1 NOT VALID: record " + seq + " ");
    }
  }

  /// A hash that is none is a record that is not proved, no file that cannot be read.
  @Example
  void verifyPyNamesTheRecordWhoseProofIsMisspelt() throws IOException {
    Fixture fixture = Fixture.INSTANCE;
    String proofs = new String(content(new TreeMap<>(fixture.part), "proofs.jsonl"), UTF_8);
    int hash = proofs.indexOf("[\"") + 2;
    assertThat(proofs.charAt(hash + 43)).isEqualTo('=');
    long first = number(proofs.lines().findFirst().orElseThrow(), "\"first\":");
    for (int at : List.of(0, 20, 42, 43)) {
      for (char other : "=*\" .A".toCharArray()) {
        StringBuilder changed = new StringBuilder(proofs);
        if (changed.charAt(hash + at) != other) {
          changed.setCharAt(hash + at, other);
          Map<String, byte[]> files = new TreeMap<>(fixture.part);
          files.put("proofs.jsonl", changed.toString().getBytes(UTF_8));
          assertThat(BundleTest.python(fixture.write(files)))
              .as("%c at %d", other, at)
              .startsWith("1 NOT VALID: record " + first + " ");
        }
      }
    }
  }

  /// No signed note has a second spelling there either, down to its last line feed.
  @Example
  void verifyPyReadsNotesToTheirLastBit() throws IOException {
    Fixture fixture = Fixture.INSTANCE;
    for (String name : List.of("signature.txt", "checkpoint.txt")) {
      for (int bit = 0; bit < 8; bit++) {
        Map<String, byte[]> files = new TreeMap<>(fixture.whole);
        byte[] changed = content(files, name).clone();
        changed[changed.length - 1] ^= (byte) (1 << bit);
        files.put(name, changed);
        assertThat(BundleTest.python(fixture.write(files)))
            .as("%s, bit %d", name, bit)
            .startsWith("1 NOT VALID: ");
      }
    }
  }

  private static Expected mutate(Map<String, byte[]> files, Attack attack) throws Exception {
    Random random = new Random(attack.seed());
    List<String> events = lines(files, "events.jsonl");
    int at = random.nextInt(events.size());
    Expected expected =
        switch (attack.mutation()) {
          case FLIP_A_BIT -> flip(files, random);
          case DELETE_A_RECORD -> {
            long seq = seq(events.remove(at));
            yield put(files, events, seq);
          }
          case SWAP_TWO_RECORDS -> {
            int other = (at + 1 + random.nextInt(events.size() - 1)) % events.size();
            long seq = Math.min(seq(events.get(at)), seq(events.get(other)));
            Collections.swap(events, at, other);
            yield put(files, events, seq);
          }
          case REPEAT_A_RECORD -> {
            events.add(at, events.get(random.nextInt(events.size())));
            boolean same = events.get(at).equals(events.get(at + 1));
            yield same
                ? afterwards(files, events, at + 1)
                : put(files, events, seq(events.get(at + 1)));
          }
          case INSERT_A_FORGED_RECORD -> {
            long seq = seq(events.get(at));
            String forged = record(events.get(at)).replace("\"v\":1", "\"v\":2");
            events.add(at, line(forged, seq));
            put(files, events, seq);
            yield new Expected.NearlyNamed(seq);
          }
          case CUT_THE_TAIL -> {
            long seq = seq(events.get(at));
            yield put(files, events.subList(0, at), seq);
          }
          case REWRITE_A_RECORD -> {
            String line = events.get(at);
            events.set(at, line.replace("\"items\":", "\"items\":1").replace("first", "rotated"));
            yield put(files, events, seq(line));
          }
          case REWRITE_A_RECORD_AND_ITS_LEAF -> {
            long seq = seq(events.get(at));
            events.set(at, line(record(events.get(at)).replace("\"v\":1", "\"v\":2"), seq));
            put(files, events, seq);
            yield new Expected.NearlyNamed(seq);
          }
          case EDIT_THE_CHECKPOINT -> {
            String note = new String(content(files, "checkpoint.txt"), UTF_8);
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
            byte[] root = checkpoint.root().clone();
            root[random.nextInt(32)] ^= 1;
            Checkpoint edited =
                new Checkpoint(checkpoint.origin(), checkpoint.size() - random.nextInt(2), root);
            files.put(
                "checkpoint.txt", note.replace(checkpoint.text(), edited.text()).getBytes(UTF_8));
            yield new Expected.File();
          }
          case REPLACE_THE_CHECKPOINT -> {
            files.put("checkpoint.txt", Fixture.INSTANCE.older.format().getBytes(UTF_8));
            // Nothing but the tree that the records are proved in is another.
            yield new Expected.Named(seq(events.getFirst()));
          }
          case DROP_A_PROOF -> {
            List<String> proofs = lines(files, "proofs.jsonl");
            int dropped = random.nextInt(proofs.size());
            long first = number(proofs.get(dropped), "\"first\":");
            proofs.remove(dropped);
            files.put("proofs.jsonl", String.join("", proofs).getBytes(UTF_8));
            yield new Expected.Named(first);
          }
        };
    if (attack.hidesIt() && attack.mutation() != Mutation.FLIP_A_BIT) {
      hide(files);
    }
    return expected;
  }

  private static Expected put(Map<String, byte[]> files, List<String> events, long firstBad) {
    files.put("events.jsonl", String.join("", events).getBytes(UTF_8));
    return new Expected.Named(firstBad);
  }

  /// A repeated record stands where the one after it should.
  private static Expected afterwards(Map<String, byte[]> files, List<String> events, int at) {
    boolean last = at + 1 == events.size();
    Expected expected = put(files, events, last ? 0 : seq(events.get(at + 1)));
    return last ? new Expected.File() : expected;
  }

  private static Expected flip(Map<String, byte[]> files, Random random) {
    List<String> names = new ArrayList<>(files.keySet());
    String name = names.get(random.nextInt(names.size()));
    byte[] content = content(files, name).clone();
    int at = random.nextInt(content.length);
    List<String> lines = lines(files, name);
    content[at] ^= (byte) (1 << random.nextInt(8));
    files.put(name, content);
    int line = 0;
    for (int end = lines.getFirst().length(); end <= at; end += lines.get(line).length()) {
      line++;
    }
    return switch (name) {
      case "events.jsonl" -> new Expected.Named(seq(lines.get(line)));
      case "proofs.jsonl" -> new Expected.Named(number(lines.get(line), "\"first\":"));
      case "manifest.json" -> new Expected.Unsaid();
      default -> new Expected.File();
    };
  }

  /// Makes the manifest's digests agree with the files.
  private static void hide(Map<String, byte[]> files) throws Exception {
    String manifest = new String(content(files, "manifest.json"), UTF_8);
    for (String name : List.of("events.jsonl", "proofs.jsonl", "checkpoint.txt")) {
      String digest =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(content(files, name)));
      manifest =
          manifest.replaceAll(
              "\"" + name.replace(".", "\\.") + "\":\"[0-9a-f]{64}\"",
              "\"" + name + "\":\"" + digest + "\"");
    }
    files.put("manifest.json", manifest.getBytes(UTF_8));
  }

  private static byte[] content(Map<String, byte[]> files, String name) {
    return requireNonNull(files.get(name), name);
  }

  private static List<String> lines(Map<String, byte[]> files, String name) {
    // One character a byte, so that places in the text are places in the file.
    String text = new String(content(files, name), ISO_8859_1);
    return new ArrayList<>(List.of(text.split("(?<=\n)")));
  }

  private static long seq(String line) {
    return number(line, ",\"seq\":", line.lastIndexOf(",\"seq\":"));
  }

  private static long number(String line, String before) {
    return number(line, before, line.indexOf(before));
  }

  private static long number(String line, String before, int at) {
    String digits = line.substring(at + before.length()).replaceAll("(?s)[^0-9].*", "");
    return Long.parseLong(digits);
  }

  private static String record(String line) {
    return line.substring(84, line.lastIndexOf(",\"seq\":"));
  }

  private static String line(String record, long seq) {
    String leaf = HexFormat.of().formatHex(new TreeHasher().leaf(record.getBytes(UTF_8)));
    return "{\"leaf\":\"%s\",\"record\":%s,\"seq\":%d}\n".formatted(leaf, record, seq);
  }

  // --- Below the export

  /// A database superuser rewrites a record and its leaf, and exports: the tree that was signed
  /// gives it away, and the folder's copy tells which record it was.
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void aSuperuserWhoRewritesRowAndLeafIsFound(@ForAll long seed) throws Exception {
    Fixture fixture = Fixture.INSTANCE;
    long seq = new Random(seed).nextInt(RECORDS);
    byte[][] before = rewrite(seq, Optional.empty());
    try {
      Verdict plain = exported(Trust.NONE);
      assertThat(plain.valid()).isFalse();
      assertThat(plain.firstBad().orElseThrow()).isLessThanOrEqualTo(seq);
      Verdict withFolder = exported(fixture.folder());
      assertThat(withFolder.firstBad()).hasValue(seq);
    } finally {
      rewrite(seq, Optional.of(before));
    }
  }

  /// With the stolen key the whole tree is built and signed anew: then only what was kept outside
  /// knows, and it names the record.
  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void aSecondHistorySignedWithTheStolenKeyIsFound(@ForAll long seed) throws Exception {
    Fixture fixture = Fixture.INSTANCE;
    Random random = new Random(seed);
    int forgedAt = random.nextInt(RECORDS / 2);
    List<String> events = lines(new TreeMap<>(fixture.whole), "events.jsonl");
    events.set(
        forgedAt, line(record(events.get(forgedAt)).replace("\"v\":1", "\"v\":2"), forgedAt));
    Map<String, byte[]> files = resigned(fixture, events);
    Path folder = fixture.write(files);

    // Nothing in it is wrong, if nobody remembers anything.
    assertThat(BundleVerifier.verify(folder, Trust.NONE).problems()).isEmpty();
    for (SignedNote kept : List.of(fixture.older, fixture.test.log.head().orElseThrow().note())) {
      Verdict since =
          BundleVerifier.verify(
              folder, new Trust(Optional.empty(), List.of(), Optional.of(kept), Optional.empty()));
      assertThat(since.valid()).isFalse();
    }
    Verdict verdict = BundleVerifier.verify(folder, fixture.folder());
    assertThat(verdict.firstBad()).hasValue(forgedAt);
  }

  /// The log is taken back to an earlier state, correctly signed then.
  @Example
  void aLogThatWasTakenBackIsFound() throws Exception {
    Fixture fixture = Fixture.INSTANCE;
    SealedLog.Head old =
        fixture.test.log.at(Checkpoint.parse(fixture.older.text()).size()).orElseThrow();
    Path zip = fixture.home.resolve("old.zip");
    try (OutputStream out = Files.newOutputStream(zip)) {
      fixture.bundles.export(AuditQuery.ALL, old, out, _ -> true);
    }
    assertThat(BundleVerifier.verify(zip, Trust.NONE).problems()).isEmpty();
    Trust since =
        new Trust(
            Optional.empty(),
            List.of(),
            Optional.of(fixture.test.log.head().orElseThrow().note()),
            Optional.empty());
    assertThat(BundleVerifier.verify(zip, since).problems())
        .anyMatch(line -> line.contains("went back"));
  }

  /// Not even whoever holds the key can sign a manifest that says what is not so.
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void aSignedManifestMustSayWhatIsThere(
      @ForAll boolean whole, @ForAll("untrue") Map.Entry<String, String> said) throws Exception {
    Fixture fixture = Fixture.INSTANCE;
    Map<String, byte[]> files = new TreeMap<>(whole ? fixture.whole : fixture.part);
    String manifest = new String(content(files, "manifest.json"), UTF_8);
    String untrue = manifest.replaceFirst(said.getKey(), said.getValue());
    assertThat(untrue).isNotEqualTo(manifest);
    files.put("manifest.json", untrue.getBytes(UTF_8));
    sign(files);
    Path folder = fixture.write(files);

    assertThat(BundleVerifier.verify(folder, Trust.NONE).problems()).isNotEmpty();
    assertThat(BundleTest.python(folder)).startsWith("1 NOT VALID: ");
  }

  @Provide
  Arbitrary<Map.Entry<String, String>> untrue() {
    return Arbitraries.of(
        Map.entry("\"events\":", "\"events\":1"),
        Map.entry("\"pruned\":", "\"pruned\":1"),
        Map.entry("\"size\":", "\"size\":1"),
        Map.entry("\"log\":\"", "\"log\":\"x"),
        Map.entry("\"events.jsonl\":\"[0-9a-f]{4}", "\"events.jsonl\":\"0000"));
  }

  private static Verdict exported(Trust trust) throws IOException {
    Fixture fixture = Fixture.INSTANCE;
    return BundleVerifier.verify(fixture.write(fixture.export(AuditQuery.ALL)), trust);
  }

  /// @param with bytes and leaf hash; empty: a forged record with its own hash
  /// @return what stood there
  private static byte[][] rewrite(long seq, Optional<byte[][]> with) throws SQLException {
    TestLog test = Fixture.INSTANCE.test;
    String canonical =
        test.database.query(
            "postgres", "SELECT encode(canonical, 'hex') FROM audit.sealed WHERE seq = " + seq);
    String leaf =
        test.database.query(
            "postgres", "SELECT encode(leaf_hash, 'hex') FROM audit.leaf WHERE seq = " + seq);
    byte[][] before = {HexFormat.of().parseHex(canonical), HexFormat.of().parseHex(leaf)};
    byte[] forged = new String(before[0], UTF_8).replace("\"v\":1", "\"v\":2").getBytes(UTF_8);
    byte[][] after = with.orElse(new byte[][] {forged, new TreeHasher().leaf(forged)});
    test.database.execute(
        "postgres",
        "ALTER TABLE audit.event DISABLE TRIGGER keep",
        "ALTER TABLE audit.leaf DISABLE TRIGGER keep",
        "UPDATE audit.event SET canonical = '\\x%s' WHERE event_id = (SELECT event_id FROM audit.leaf WHERE seq = %d)"
            .formatted(HexFormat.of().formatHex(after[0]), seq),
        "UPDATE audit.leaf SET leaf_hash = '\\x%s' WHERE seq = %d"
            .formatted(HexFormat.of().formatHex(after[1]), seq));
    return before;
  }

  /// The export that a holder of the key makes of these records.
  private static Map<String, byte[]> resigned(Fixture fixture, List<String> events)
      throws Exception {
    Frontier frontier = new Frontier();
    List<byte[]> leaves =
        events.stream().map(line -> HexFormat.of().parseHex(line.substring(9, 73))).toList();
    leaves.forEach(frontier::append);
    var signer =
        fixture.test.keys.find(fixture.test.log.keys().getFirst().verifier()).orElseThrow();
    Checkpoint checkpoint =
        new Checkpoint(signer.verifier().name(), frontier.size(), frontier.root());
    Map<String, byte[]> files = new TreeMap<>(fixture.whole);
    files.put("events.jsonl", String.join("", events).getBytes(UTF_8));
    files.put(
        "checkpoint.txt",
        new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint.text(), Instant.EPOCH)))
            .format()
            .getBytes(UTF_8));
    var view = StoredTree.of(leaves).view();
    StringBuilder proofs = new StringBuilder();
    for (long first = 0; first < frontier.size(); first += 256) {
      long count = Math.min(256, frontier.size() - first);
      proofs.append(
          "{\"count\":%d,\"first\":%d,\"hashes\":[%s]}\n"
              .formatted(
                  count,
                  first,
                  view.range(first, count).stream()
                      .map(hash -> "\"" + Base64.getEncoder().encodeToString(hash) + "\"")
                      .collect(Collectors.joining(","))));
    }
    files.put("proofs.jsonl", proofs.toString().getBytes(UTF_8));
    String root = Base64.getEncoder().encodeToString(frontier.root());
    files.put(
        "manifest.json",
        new String(content(files, "manifest.json"), UTF_8)
            .replaceAll("\"root\":\"[^\"]*\"", "\"root\":\"" + root + "\"")
            .getBytes(UTF_8));
    hide(files);
    sign(files);
    return files;
  }

  /// Signs the manifest with the log's key, whatever it says.
  private static void sign(Map<String, byte[]> files) throws Exception {
    Fixture fixture = Fixture.INSTANCE;
    var signer =
        fixture.test.keys.find(fixture.test.log.keys().getFirst().verifier()).orElseThrow();
    String statement =
        "docent-audit-export/v1\n"
            + HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256").digest(content(files, "manifest.json")))
            + "\n";
    files.put(
        "signature.txt",
        new SignedNote(statement, List.of(signer.sign(statement, Instant.EPOCH)))
            .format()
            .getBytes(UTF_8));
  }
}
