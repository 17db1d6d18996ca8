package dev.docent.compliance.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.docent.compliance.tree.Checkpoint;
import dev.docent.compliance.tree.Frontier;
import dev.docent.compliance.tree.SignedNote;
import dev.docent.compliance.tree.TreeHasher;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The log's memory outside the database: every leaf hash and every signed state of the tree, in
/// files that are only ever appended to, so that the folder may lie on media that allow nothing
/// else. With it a row that was rewritten together with its leaf is still found, and a database
/// that went back in time is recognised.
///
/// ```
/// epoch-1/leaves        32 bytes a record, in the order of sequence numbers
/// epoch-1/checkpoints   signed notes, each followed by an empty line
/// epoch-2/...           complete again: the tree of an epoch begins at record 0
/// ```
///
/// Confined to one thread; one process appends.
public final class CheckpointFolder {
  private static final Pattern EPOCH = Pattern.compile("epoch-([1-9][0-9]{0,8})");
  private static final Pattern NOTE =
      Pattern.compile(
          "^\\S+\\n\\d{1,18}\\n[A-Za-z0-9+/]{43}=\\n\\n(?:— \\S+ \\S+\\n)+\\n", Pattern.MULTILINE);
  private static final int TAIL_BYTES = 1 << 16;

  private final Path folder;

  public CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /// The last state that was kept.
  ///
  /// @param leaves hashes kept of that epoch, at least the checkpoint's size
  public record Kept(int epoch, SignedNote note, Checkpoint checkpoint, long leaves) {}

  /// The newest state kept; empty in a new folder.
  public Optional<Kept> last() {
    return epochs().stream()
        .sorted(Comparator.reverseOrder())
        .map(this::last)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// The epochs that anything was kept of, ascending.
  public List<Integer> epochs() {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> EPOCH.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> Integer.valueOf(matcher.group(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Kept> last(int epoch) {
    Path notes = notes(epoch);
    if (Files.notExists(notes)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(notes, StandardOpenOption.READ)) {
      long begin = Math.max(0, channel.size() - TAIL_BYTES);
      ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - begin));
      while (tail.hasRemaining() && channel.read(tail, begin + tail.position()) >= 0) {
        // reads on
      }
      long leaves = leaves(epoch);
      List<SignedNote> found = notes(new String(tail.array(), UTF_8));
      for (SignedNote note : found.reversed()) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (checkpoint.size() <= leaves) {
          return Optional.of(new Kept(epoch, note, checkpoint, leaves));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every state kept of an epoch, in the order in which they were kept.
  public List<SignedNote> checkpoints(int epoch) {
    try {
      return Files.exists(notes(epoch)) ? notes(Files.readString(notes(epoch))) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SignedNote> notes(String text) {
    List<SignedNote> notes = new ArrayList<>();
    Matcher matcher = NOTE.matcher(text);
    while (matcher.find()) {
      notes.add(SignedNote.parse(matcher.group().substring(0, matcher.group().length() - 1)));
    }
    return notes;
  }

  /// Leaf hashes kept of an epoch.
  public long leaves(int epoch) {
    try {
      return Files.exists(leavesFile(epoch)) ? Files.size(leavesFile(epoch)) / TreeHasher.BYTES : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The leaf hashes of an epoch from the first, to be closed by the caller.
  public DataInputStream openLeaves(int epoch) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(Files.newInputStream(leavesFile(epoch)), 1 << 16));
  }

  /// The root of the first `size` leaves kept of an epoch, of which there are so many.
  byte[] root(int epoch, long size) {
    Frontier frontier = new Frontier();
    try (DataInputStream leaves = openLeaves(epoch)) {
      for (long i = 0; i < size; i++) {
        frontier.append(leaves.readNBytes(TreeHasher.BYTES));
      }
      return frontier.root();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Appends leaf hashes from the one that is missing first, and syncs them to the disk. A hash
  /// that an interrupted write left incomplete is completed.
  ///
  /// @param from sequence number of the first hash given; not after the first that is missing
  void keepLeaves(int epoch, long from, byte[] hashes) {
    try {
      Files.createDirectories(folder.resolve("epoch-" + epoch));
      try (FileChannel channel =
          FileChannel.open(
              leavesFile(epoch), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        long skip = channel.size() - from * TreeHasher.BYTES;
        if (skip < 0) {
          throw new IllegalStateException("leaves are kept without a gap");
        }
        if (skip < hashes.length) {
          write(channel, ByteBuffer.wrap(hashes, (int) skip, (int) (hashes.length - skip)));
          channel.force(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("leaf hashes cannot be kept in " + folder, e);
    }
  }

  /// Appends a signed state, whose leaves are kept, and syncs it to the disk.
  void keepCheckpoint(int epoch, SignedNote note) {
    try (FileChannel channel =
        FileChannel.open(notes(epoch), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      // The empty line before it ends whatever an interrupted write left there.
      String text = (channel.size() == 0 ? "" : "\n") + note.format() + "\n";
      write(channel, UTF_8.encode(text));
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("a checkpoint cannot be kept in " + folder, e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private Path leavesFile(int epoch) {
    return folder.resolve("epoch-" + epoch).resolve("leaves");
  }

  private Path notes(int epoch) {
    return folder.resolve("epoch-" + epoch).resolve("checkpoints");
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
