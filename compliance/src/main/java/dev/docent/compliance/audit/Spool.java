package dev.docent.compliance.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.audit.CanonicalEvent.SearchColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The log's second device: a journal on the local disk that takes records while the database does
/// not, until they are replayed into it. A record is synced to the disk when it has been added.
///
/// ```
/// docent-spool 1 <writer>\n
/// <mac> <closes> <canonical>\n       mac = HMAC-SHA-256(key, previous mac | closes | canonical)
/// <mac> <closes> <canonical>\n       closes: 1 if the record ends an intent, else 0
/// ```
///
/// `mac` is 64 lower-case hexadecimal characters, `canonical` one record (canonical JSON holds no
/// line feed); the first previous mac is that of the header line. Whoever lacks the key can neither
/// change, insert nor remove a line without breaking the chain, except to cut whole lines off the
/// end, which shows as a gap in the writer's numbering only if later lines follow. A last line
/// without its line feed was never acknowledged and is dropped.
///
/// Takes no more once it holds `maxBytes` or its oldest record is `maxAge` old: a log that lives in
/// a local file for days is not the log any more. Confined to the writer's thread.
final class Spool implements AutoCloseable {
  private static final String JOURNAL = "journal";
  private static final String MAGIC = "docent-spool 1 ";

  private final Path folder;
  private final SecretKey key;
  private final long maxBytes;
  private final Duration maxAge;
  private final InstantSource clock;
  private @Nullable FileChannel channel;
  private UUID writer = UUID.randomUUID();
  private byte[] mac = new byte[0];
  private long sequence;
  private Optional<Instant> oldest = Optional.empty();

  /// A record as it waits. The array is never written to.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Line(byte[] canonical, boolean closes) {}

  /// What a journal holds.
  ///
  /// @param intact false if a line's mac is wrong: `lines` are those before it
  record Content(List<Line> lines, boolean intact) {}

  /// A journal as far as its chain holds.
  ///
  /// @param writer of the header; empty where there is none
  /// @param end bytes up to and with the last good line
  /// @param mac of the last good line. Never written to.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chain(
      List<Line> lines, boolean intact, Optional<UUID> writer, long end, byte[] mac) {}

  /// @param folder made if it is missing; readable by its owner only
  Spool(SpoolSettings settings, InstantSource clock) {
    this.folder = settings.folder();
    this.key = new SecretKeySpec(settings.key(), "HmacSHA256");
    this.maxBytes = settings.maxBytes();
    this.maxAge = settings.maxAge();
    this.clock = clock;
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("The spool's folder cannot be made", e);
    }
  }

  /// Whether records wait, of this run or of one that died.
  boolean waits() {
    return Files.exists(journal());
  }

  /// Adds records behind each other and syncs once.
  ///
  /// @throws IOException if they are not safely on the disk, or the journal is full or too old
  void add(List<AuditEvent> events, List<Receipt> receipts) throws IOException {
    FileChannel open = open();
    if (oldest.filter(first -> first.plus(maxAge).isBefore(clock.instant())).isPresent()) {
      throw new IOException("the spool's oldest record is too old");
    }
    byte[] next = mac;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      byte[] canonical =
          CanonicalEvent.encode(
              events.get(i), receipts.get(i), writer, OptionalLong.of(sequence + i));
      boolean closes = events.get(i) instanceof AuditEvent.Closing;
      next = macOf(next, canonical, closes);
      lines.append(HexFormat.of().formatHex(next)).append(closes ? " 1 " : " 0 ");
      lines.append(new String(canonical, UTF_8)).append('\n');
    }
    byte[] bytes = lines.toString().getBytes(UTF_8);
    long before = open.position();
    if (before + bytes.length > maxBytes) {
      throw new IOException("the spool is full");
    }
    try {
      writeAll(open, bytes);
      open.force(false);
    } catch (IOException e) {
      open.truncate(before).position(before);
      throw e;
    }
    mac = next;
    sequence += events.size();
    if (oldest.isEmpty()) {
      oldest = Optional.of(receipts.getFirst().time());
    }
  }

  /// Everything that waits, in order.
  Content read() throws IOException {
    if (!waits()) {
      return new Content(List.of(), true);
    }
    Chain chain = chain();
    return new Content(chain.lines(), chain.intact());
  }

  private Chain chain() throws IOException {
    byte[] all = Files.readAllBytes(journal());
    List<Line> lines = new ArrayList<>();
    Optional<UUID> header = Optional.empty();
    byte[] last = new byte[0];
    int start = 0;
    for (int end = 0; end < all.length; end++) {
      if (all[end] != '\n') {
        continue;
      }
      byte[] line = Arrays.copyOfRange(all, start, end);
      if (header.isEmpty()) {
        header = writerOf(line);
        last = macOfHeader(line);
      } else {
        Optional<Line> known = parse(line, last);
        known.ifPresent(lines::add);
        last = known.isPresent() ? HexFormat.of().parseHex(text(line, 64)) : last;
        if (known.isEmpty()) {
          return new Chain(lines, false, header, start, last);
        }
      }
      if (header.isEmpty()) {
        return new Chain(lines, false, header, 0, last);
      }
      start = end + 1;
    }
    return new Chain(lines, true, header, start, last);
  }

  private static Optional<UUID> writerOf(byte[] header) {
    String text = text(header, header.length);
    try {
      return text.startsWith(MAGIC)
          ? Optional.of(UUID.fromString(text.substring(MAGIC.length())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] macOfHeader(byte[] header) {
    return TextDigester.hmac(key, header);
  }

  private static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, US_ASCII);
  }

  private Optional<Line> parse(byte[] line, byte[] previous) {
    if (line.length < 68) {
      return Optional.empty();
    }
    boolean closes = line[65] == '1';
    byte[] canonical = Arrays.copyOfRange(line, 67, line.length);
    String expected = HexFormat.of().formatHex(macOf(previous, canonical, closes));
    return expected.equals(text(line, 64))
        ? Optional.of(new Line(canonical, closes))
        : Optional.empty();
  }

  /// Forgets what was replayed. A journal that was not intact is kept beside, for whoever looks
  /// into it.
  void clear(boolean intact) throws IOException {
    close();
    if (intact) {
      Files.deleteIfExists(journal());
    } else {
      Files.move(
          journal(),
          folder.resolve("damaged-" + clock.instant().toEpochMilli()),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
    oldest = Optional.empty();
  }

  /// Goes on with a journal that an earlier run left, or begins one.
  private FileChannel open() throws IOException {
    if (channel != null) {
      return channel;
    }
    FileChannel opened =
        FileChannel.open(
            journal(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Chain chain = chain();
      if (!chain.intact()) {
        throw new IOException("the spool was altered");
      }
      opened.truncate(chain.end()).position(chain.end());
      writer = chain.writer().orElseGet(UUID::randomUUID);
      sequence = chain.lines().size();
      oldest =
          chain.lines().stream()
              .findFirst()
              .map(line -> SearchColumns.of(CanonicalJson.readObject(line.canonical())).time());
      mac = chain.mac();
      if (chain.writer().isEmpty()) {
        byte[] header = (MAGIC + writer).getBytes(US_ASCII);
        mac = macOfHeader(header);
        writeAll(opened, (MAGIC + writer + "\n").getBytes(US_ASCII));
      }
      opened.force(true);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    channel = opened;
    return opened;
  }

  private byte[] macOf(byte[] previous, byte[] canonical, boolean closes) {
    return TextDigester.hmac(
        key,
        ByteBuffer.allocate(previous.length + 1 + canonical.length)
            .put(previous)
            .put((byte) (closes ? '1' : '0'))
            .put(canonical)
            .array());
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private Path journal() {
    return folder.resolve(JOURNAL);
  }
}
