package dev.docent.compliance.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.seal.KeyChain;
import dev.docent.compliance.seal.KeyStatement;
import dev.docent.compliance.seal.LogKeys;
import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.MerkleProofs;
import dev.docent.compliance.tree.NoteSigner;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Remembers the last state of one log that it signed, and signs the next only with the proof that
/// it continues that one. Safe for concurrent use; one process on a folder.
///
/// ```
/// witness.vkey         its own verifier key           signing-<id>.key   the secret half
/// log.keys             the log's first key, and each note by which a key introduced the next
/// head-<hash>          the last checkpoint that it signed, for each origin
/// refused/             what it would not sign: evidence of a log with two histories, once for each
///                      head that was contradicted and each way of doing so
/// ```
public final class Witness {
  private static final int MAX_PROOF = 63;

  private final Path folder;
  private final NoteSigner signer;
  private final KeyChain keys;
  private final InstantSource clock;
  private final Consumer<String> alarm;

  /// What is answered.
  ///
  /// @param status of HTTP, as C2SP tlog-witness says
  public record Answer(int status, String type, String body) {
    private static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body + "\n");
    }

    private static Answer size(long size) {
      return new Answer(409, "text/x.tlog.size", size + "\n");
    }
  }

  private Witness(
      Path folder, NoteSigner signer, KeyChain keys, InstantSource clock, Consumer<String> alarm) {
    this.folder = folder;
    this.signer = signer;
    this.keys = keys;
    this.clock = clock;
    this.alarm = alarm;
  }

  /// Opens a witness's folder, or begins one.
  ///
  /// @param name of the witness, which its key carries; used the first time
  /// @param logKey the log's; used the first time
  /// @param alarm told in words of everything that was refused
  /// @throws IllegalArgumentException without a log key for a new folder, or with another log's for
  ///   an old one
  public static Witness open(
      Path folder,
      String name,
      Optional<VerifierKey> logKey,
      InstantSource clock,
      Consumer<String> alarm) {
    try {
      Files.createDirectories(folder.resolve("refused"));
      KeyChain keys = keys(folder.resolve("log.keys"), logKey);
      return new Witness(folder, signer(folder, name), keys, clock, alarm);
    } catch (IOException e) {
      throw new UncheckedIOException("the witness's folder cannot be used", e);
    }
  }

  private static KeyChain keys(Path file, Optional<VerifierKey> given) throws IOException {
    if (Files.notExists(file)) {
      VerifierKey first =
          given.orElseThrow(() -> new IllegalArgumentException("whose log? Give its key"));
      write(file, first.line() + "\n\n");
    }
    KeyChain keys = KeyChain.parse(Files.readString(file));
    if (given.filter(key -> !key.equals(keys.first())).isPresent()) {
      throw new IllegalArgumentException("this folder witnesses another log: " + keys.first());
    }
    return keys;
  }

  private static NoteSigner signer(Path folder, String name) throws IOException {
    Path file = folder.resolve("witness.vkey");
    LogKeys own = new LogKeys(folder);
    if (Files.notExists(file)) {
      NoteSigner made = own.create(name, VerifierKey.Kind.WITNESS);
      write(file, made.verifier().line() + "\n");
      return made;
    }
    return own.find(VerifierKey.parse(Files.readString(file)))
        .orElseThrow(() -> new IllegalArgumentException("the witness's secret key is not here"));
  }

  public VerifierKey verifier() {
    return signer.verifier();
  }

  /// The log's first key and the notes by which a key introduced the next, as [KeyChain] reads
  /// them.
  public synchronized String logKeys() {
    try {
      return Files.readString(folder.resolve("log.keys"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The last checkpoint of a log that it signed, with its signature.
  public synchronized Optional<SignedNote> head(String origin) {
    try {
      Path file = head(origin, "");
      return Files.exists(file)
          ? Optional.of(SignedNote.parse(Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers a request to sign a checkpoint (C2SP tlog-witness, add-checkpoint).
  ///
  /// @param request `old n`, the proof's lines, an empty line, the checkpoint
  public synchronized Answer addCheckpoint(String request) {
    long old;
    List<byte[]> proof = new ArrayList<>();
    SignedNote note;
    Checkpoint checkpoint;
    try {
      int end = request.indexOf("\n\n");
      List<String> lines = request.substring(0, end).lines().toList();
      if (!lines.getFirst().matches("old (0|[1-9][0-9]{0,17})") || lines.size() > MAX_PROOF + 1) {
        return Answer.text(400, "not a request");
      }
      old = Long.parseLong(lines.getFirst().substring(4));
      lines.subList(1, lines.size()).forEach(line -> proof.add(Base64.getDecoder().decode(line)));
      note = SignedNote.parse(request.substring(end + 2));
      checkpoint = Checkpoint.parse(note.text());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Answer.text(400, "not a request");
    }
    Optional<VerifierKey> key = keys.of(checkpoint);
    if (key.isEmpty()) {
      return Answer.text(404, "another log");
    }
    if (!note.signedBy(key.get())) {
      return Answer.text(403, "not signed by the log");
    }
    if (old > checkpoint.size()) {
      return Answer.text(400, "the old size is larger than the new one");
    }
    return sign(request, old, proof, note, checkpoint);
  }

  private Answer sign(
      String request, long old, List<byte[]> proof, SignedNote note, Checkpoint checkpoint) {
    Optional<Checkpoint> last =
        head(checkpoint.origin()).map(signed -> Checkpoint.parse(signed.text()));
    long known = last.map(Checkpoint::size).orElse(0L);
    if (checkpoint.size() < known) {
      refuse(
          request,
          checkpoint,
          known,
          "fewer",
          "the log shows %d records, it had %d".formatted(checkpoint.size(), known));
      return Answer.size(known);
    }
    if (old != known) {
      return Answer.size(known);
    }
    if (old == checkpoint.size()
        && last.filter(seen -> !Arrays.equals(seen.root(), checkpoint.root())).isPresent()) {
      refuse(
          request,
          checkpoint,
          known,
          "other",
          "two trees of %d records: the log has two histories".formatted(old));
      return Answer.size(known);
    }
    boolean continues =
        last.map(
                seen ->
                    MerkleProofs.consistent(
                        old, seen.root(), checkpoint.size(), checkpoint.root(), proof))
            .orElse(proof.isEmpty());
    if (!continues) {
      refuse(
          request,
          checkpoint,
          known,
          "unproved",
          "the tree of %d records does not continue that of %d".formatted(checkpoint.size(), old));
      return Answer.text(422, "the proof does not hold");
    }
    SignedNote.Signed cosignature = signer.sign(note.text(), clock.instant());
    write(head(checkpoint.origin(), ".new"), note.with(cosignature).format());
    try {
      Files.move(
          head(checkpoint.origin(), ".new"),
          head(checkpoint.origin(), ""),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.text(200, cosignature.line());
  }

  /// Takes a key that the log's newest key introduces. Not a part of C2SP tlog-witness.
  public synchronized Answer addKey(String statement) {
    SignedNote note;
    try {
      note = SignedNote.parse(statement);
    } catch (IllegalArgumentException e) {
      return Answer.text(400, "not a note");
    }
    String before = keys.newest().name();
    if (!keys.add(note)) {
      return Answer.text(403, "not signed by the newest key of the log");
    }
    append(folder.resolve("log.keys"), note.format() + "\n");
    String origin = keys.newest().name();
    if (!origin.equals(before)) {
      alarm.accept(
          ("the log begins again as %s after %d records, of its last epoch %d were signed here: its first"
                  + " record must say why")
              .formatted(
                  origin,
                  KeyStatement.parse(note.text()).lastSize(),
                  head(before).map(last -> Checkpoint.parse(last.text()).size()).orElse(0L)));
    }
    return Answer.text(200, "taken");
  }

  /// A log that goes on asking would otherwise fill the disk with the same evidence.
  private void refuse(String request, Checkpoint checkpoint, long known, String kind, String why) {
    Path evidence =
        folder
            .resolve("refused")
            .resolve("%s-%d-%s.txt".formatted(hash(checkpoint.origin()), known, kind));
    if (Files.notExists(evidence)) {
      write(evidence, "# %s, %s\n%s".formatted(clock.instant(), why, request));
    }
    alarm.accept(why);
  }

  private Path head(String origin, String suffix) {
    return folder.resolve("head-" + hash(origin) + suffix);
  }

  private static String hash(String origin) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void write(Path file, String text) {
    put(file, text, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static void append(Path file, String text) {
    put(file, text, StandardOpenOption.APPEND);
  }

  private static void put(Path file, String text, StandardOpenOption how) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      ByteBuffer bytes = UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("the witness's folder cannot be written", e);
    }
  }
}
