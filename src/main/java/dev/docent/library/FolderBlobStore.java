package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Blobs as files: `original/ab/abcd…`, `parsed/ab/…`, `vectors/ab/…`, and drafts in `draft/`.
///
/// A blob is written to a draft, synced, moved into place in one step, and its folder is synced: a
/// name that exists holds all of its bytes, also after a power cut. Drafts of a crash are removed
/// when the store is opened, so one folder belongs to one store.
public final class FolderBlobStore implements BlobStore {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}[0-9a-z.-]{0,64}");
  private static final int SHA256_DIGITS = 64;
  private static final int COPY_BYTES = 1 << 16;

  private final Path folder;
  private final Path drafts;

  // How often each original is held; guarded by itself.
  private final Map<String, Integer> held = new HashMap<>();

  public FolderBlobStore(Path folder) {
    this.folder = folder;
    this.drafts = folder.resolve("draft");
    try {
      Files.createDirectories(drafts);
      try (var left = Files.newDirectoryStream(drafts)) {
        for (Path draft : left) {
          Files.delete(draft);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Stored putOriginal(InputStream bytes, long maxBytes) throws IOException {
    Path draft = drafts.resolve(UUID.randomUUID().toString());
    try {
      MessageDigest digest = sha256();
      long size;
      try (FileChannel channel = open(draft)) {
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
        size = copy(bytes, out, maxBytes);
        channel.force(true);
      }
      return new Held(HexFormat.of().formatHex(digest.digest()), size, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private final class Held implements Stored {
    private final String sha256;
    private final long bytes;

    private Held(String sha256, long bytes, Path draft) throws IOException {
      this.sha256 = sha256;
      this.bytes = bytes;
      synchronized (held) {
        held.merge(sha256, 1, Integer::sum);
      }
      try {
        place(draft, path(Kind.ORIGINAL, sha256));
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    @Override
    public String sha256() {
      return sha256;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      synchronized (held) {
        held.computeIfPresent(sha256, (_, times) -> times == 1 ? null : times - 1);
      }
    }
  }

  private static long copy(InputStream in, OutputStream out, long maxBytes) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      size += read;
      if (size > maxBytes) {
        throw new TooLargeException(maxBytes);
      }
      out.write(buffer, 0, read);
    }
    return size;
  }

  @Override
  public void put(Kind kind, String name, Writer writer) {
    Path target = path(kind, name);
    Path draft = drafts.resolve(UUID.randomUUID().toString());
    try {
      try (FileChannel channel = open(draft)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), COPY_BYTES);
        writer.writeTo(out);
        out.flush();
        channel.force(true);
      } catch (IOException e) {
        Files.deleteIfExists(draft);
        throw e;
      }
      place(draft, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel open(Path draft) throws IOException {
    return FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void place(Path draft, Path target) throws IOException {
    Path parent = requireNonNull(target.getParent(), "parent");
    if (Files.notExists(parent)) {
      Files.createDirectories(parent);
      sync(requireNonNull(parent.getParent(), "kind"));
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parent);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Optional<Path> file(Kind kind, String name) {
    return Optional.of(path(kind, name)).filter(Files::isRegularFile);
  }

  @Override
  public boolean remove(String sha256, BooleanSupplier unused) {
    synchronized (held) {
      if (held.containsKey(sha256) || !unused.getAsBoolean()) {
        return false;
      }
      try {
        for (Kind kind : Kind.values()) {
          remove(requireNonNull(path(kind, sha256).getParent(), "parent"), sha256);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return true;
    }
  }

  private static void remove(Path folder, String sha256) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var blobs = Files.newDirectoryStream(folder, sha256 + "*")) {
        for (Path blob : blobs) {
          Files.deleteIfExists(blob);
        }
      }
    }
  }

  @Override
  public Set<String> all() {
    Set<String> found = new HashSet<>();
    for (Kind kind : Kind.values()) {
      // Names alone: a blob that is removed meanwhile cannot be looked at.
      for (Path part : list(folder(kind))) {
        list(part).stream()
            .map(blob -> String.valueOf(blob.getFileName()))
            .filter(NAME.asMatchPredicate())
            .forEach(name -> found.add(name.substring(0, SHA256_DIGITS)));
      }
    }
    return found;
  }

  private static List<Path> list(Path folder) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder(Kind kind) {
    return folder.resolve(kind.name().toLowerCase(Locale.ROOT));
  }

  private Path path(Kind kind, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not the name of a blob");
    }
    return folder(kind).resolve(name.substring(0, 2)).resolve(name);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
