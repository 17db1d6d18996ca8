package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.ingest.RejectReason;
import dev.docent.library.Arrival;
import dev.docent.library.BlobStore;
import dev.docent.library.DatabaseAway;
import dev.docent.library.Documents;
import dev.docent.library.Documents.Acceptance;
import dev.docent.library.Groups;
import dev.docent.library.IngestItem;
import dev.docent.library.IngestItem.Outcome;
import dev.docent.library.IngestRun;
import dev.docent.library.IngestRuns;
import dev.docent.library.LibraryCollections;
import dev.docent.library.LibraryDocument;
import dev.docent.library.LibraryException;
import dev.docent.library.ReadingFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One pass over a folder: what is new or changed is read, what is gone is removed, what is the
/// same costs a digest.
///
/// A few files are in hand at a time: while the vectors of one are made, the next is parsed, so
/// words run ahead of vectors. One bad file never stops the rest. A pass can be broken off and
/// begun again at any point; it is the same pass then. Safe for concurrent use, one run at a time
/// each.
final class FolderRun {
  // Enough to keep parser and embedding model busy, little enough to be held in memory.
  static final int IN_HAND = 8;

  private static final Logger LOG = Logger.getLogger(FolderRun.class);

  private final LibraryCollections collections;
  private final Groups groups;
  private final Documents documents;
  private final IngestRuns runs;
  private final BlobStore blobs;
  private final DocumentFeed feed;
  private final long maxBytes;
  private final Semaphore inHand = new Semaphore(IN_HAND);
  private final Set<UUID> cancelled = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  FolderRun(
      LibraryCollections collections,
      Groups groups,
      Documents documents,
      IngestRuns runs,
      BlobStore blobs,
      DocumentFeed feed,
      long maxBytes) {
    this.collections = requireNonNull(collections, "collections");
    this.groups = requireNonNull(groups, "groups");
    this.documents = requireNonNull(documents, "documents");
    this.runs = requireNonNull(runs, "runs");
    this.blobs = requireNonNull(blobs, "blobs");
    this.feed = requireNonNull(feed, "feed");
    this.maxBytes = maxBytes;
  }

  /// Breaks a run off before its next file.
  void cancel(UUID run) {
    cancelled.add(run);
  }

  /// Breaks every run off; they are begun again at the next start.
  void stop() {
    stopped = true;
  }

  void carryOut(UUID id) {
    Optional<IngestRun> running =
        runs.find(id).filter(run -> run.state() == IngestRun.State.RUNNING);
    if (running.isPresent()) {
      carryOut(running.get());
    }
    cancelled.remove(id);
  }

  private void carryOut(IngestRun run) {
    FolderRules rules;
    FolderWalk walk;
    try {
      Path folder = Files.isDirectory(run.root()) ? run.root() : parent(run.root());
      rules = FolderRules.of(folder);
      walk = FolderWalk.of(run.root(), rules);
    } catch (FolderRules.UnreadableException e) {
      runs.finish(
          run.startedBy(), run.id(), IngestRun.State.FAILED, Optional.ofNullable(e.getMessage()));
      return;
    } catch (IOException e) {
      runs.finish(
          run.startedBy(),
          run.id(),
          IngestRun.State.FAILED,
          Optional.of("The folder cannot be read: " + e.getClass().getSimpleName()));
      return;
    }
    Pass pass = new Pass(run, rules, collection(run, rules));
    runs.begin(run.id(), pass.collection);
    runs.found(run.id(), walk.files().size());
    if (pass.readAll(walk)) {
      pass.removeGone(walk);
      pass.noteLeftOut(walk);
      runs.finish(run.startedBy(), run.id(), IngestRun.State.DONE, Optional.empty());
    }
  }

  private static Path parent(Path file) {
    return requireNonNull(file.toAbsolutePath().getParent(), "parent");
  }

  private CollectionId collection(IngestRun run, FolderRules rules) {
    groups.ensure(run.startedBy(), rules.groups());
    String name = run.collection().isEmpty() ? defaultName(run, rules) : run.collection();
    return collections
        .ensure(
            run.startedBy(),
            name,
            rules.description(),
            run.readers().orElseGet(rules::defaultReaders))
        .id();
  }

  private static String defaultName(IngestRun run, FolderRules rules) {
    Path folder = Files.isDirectory(run.root()) ? run.root() : parent(run.root());
    return rules
        .collection()
        .or(() -> Optional.ofNullable(folder.getFileName()).map(Path::toString))
        .orElse("documents");
  }

  /// One run at work.
  private final class Pass {
    private final IngestRun run;
    private final FolderRules rules;
    private final CollectionId collection;
    private final String source;
    private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

    Pass(IngestRun run, FolderRules rules, CollectionId collection) {
      this.run = run;
      this.rules = rules;
      this.collection = collection;
      Path folder = Files.isDirectory(run.root()) ? run.root() : parent(run.root());
      this.source = folder.toString();
    }

    /// @return whether the run went through to the end
    /// @throws RuntimeException where an outcome could not be kept: the run is to begin again
    private boolean readAll(FolderWalk walk) {
      try (ExecutorService files = Executors.newVirtualThreadPerTaskExecutor()) {
        for (FolderWalk.Found found : walk.files()) {
          inHand.acquireUninterruptibly();
          if (brokenOff()) {
            break;
          }
          runs.current(run.id(), found.path());
          files.execute(
              () -> {
                try {
                  take(found);
                } catch (RuntimeException e) {
                  broken.compareAndSet(null, e);
                } finally {
                  inHand.release();
                }
              });
        }
      }
      RuntimeException failure = broken.get();
      if (failure != null) {
        throw failure;
      }
      return !brokenOff();
    }

    private boolean brokenOff() {
      return stopped || cancelled.contains(run.id()) || broken.get() != null;
    }

    private void take(FolderWalk.Found found) {
      long began = System.nanoTime();
      Ending ending;
      try {
        ending = accept(found);
      } catch (IOException e) {
        ending =
            DiskFailure.isFull(e)
                ? Ending.failed(ReadingFailure.DISK_FULL, Optional.empty())
                : Ending.rejected(RejectReason.UNREADABLE);
      } catch (BlobStore.TooLargeException _) {
        ending = Ending.rejected(RejectReason.TOO_LARGE);
      } catch (LibraryException e) {
        ending = Ending.refused("BAD_PATH", String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        if (DatabaseAway.caused(e)) {
          throw e;
        }
        LOG.errorf(e, "A file of an ingest run failed: run=%s", run.id());
        ending =
            new Ending(
                Outcome.FAILED,
                Optional.of(e.getClass().getSimpleName()),
                Optional.of("The service could not take the file in."),
                Optional.empty());
      }
      runs.ended(
          run.id(),
          ending.item(found.path(), Duration.ofNanos(System.nanoTime() - began)),
          ending.document().map(LibraryDocument::id));
    }

    private Ending accept(FolderWalk.Found found) throws IOException {
      Arrival.checkPath(found.path());
      if (Files.size(found.file()) > maxBytes) {
        return Ending.rejected(RejectReason.TOO_LARGE);
      }
      Set<GroupId> readers = run.readers().orElseGet(() -> rules.readers(found.path()));
      try (InputStream in = Files.newInputStream(found.file());
          BlobStore.Stored stored = blobs.putOriginal(in, maxBytes)) {
        Acceptance acceptance =
            documents.accept(
                run.startedBy(),
                new Arrival(
                    collection,
                    found.path(),
                    source,
                    stored.sha256(),
                    stored.bytes(),
                    Optional.of(Files.getLastModifiedTime(found.file()).toInstant()),
                    Optional.of(readers),
                    Optional.of(run.id())));
        Set<GroupId> labels = acceptance.document().readers();
        Ending ending = read(acceptance);
        return labels.equals(readers) ? ending : ending.withLabelsKept(labels, readers);
      }
    }

    private Ending read(Acceptance acceptance) {
      return switch (acceptance) {
        case Acceptance.PathTaken _ ->
            Ending.refused(
                "PATH_TAKEN",
                "The collection already holds a document of this path from another folder. Read that"
                    + " folder, or name another collection for this one (--collection NAME).");
        case Acceptance.Unchanged(var document) -> ended(document);
        case Acceptance.Relabelled(var document) -> {
          feed.relabel(List.of(document.id()));
          yield ended(document);
        }
        case Acceptance.Queued(var document, var replaced, var relabelled) -> {
          if (relabelled) {
            feed.relabel(List.of(document.id()));
          }
          replaced.ifPresent(feed::discard);
          yield readNow(document, replaced.isEmpty() ? Outcome.ADDED : Outcome.REVISED);
        }
      };
    }

    /// The outcome of a document whose bytes were taken in before; what was not finished is
    /// finished, and what an older parser read is read again.
    private Ending ended(LibraryDocument document) {
      return switch (document.state()) {
        case READY ->
            document.parserVersion() == ParsedDocumentCodec.VERSION
                ? new Ending(Outcome.UNCHANGED, Optional.empty(), Optional.empty(), document)
                : readNow(document, Outcome.REVISED);
        case REJECTED ->
            wantsTextRecognition(document)
                ? readNow(document, Outcome.REVISED)
                : new Ending(
                    Outcome.REJECTED,
                    document.reason(),
                    document.detail().map(detail -> words(detail, document.whatToDo().orElse(""))),
                    document);
        case QUEUED, READING, WORDS, FAILED -> readNow(document, Outcome.REVISED);
      };
    }

    /// What was rejected for want of a program is tried again; to find it still missing is cheap.
    private static boolean wantsTextRecognition(LibraryDocument document) {
      return document.reason().equals(Optional.of(RejectReason.NEEDS_TEXT_RECOGNITION.name()));
    }

    private Ending readNow(LibraryDocument document, Outcome success) {
      DocumentFeed.Ended ended = feed.read(document.id());
      Optional<LibraryDocument> now = documents.find(document.id());
      return switch (ended) {
        case DocumentFeed.Ended.Indexed() ->
            new Ending(success, Optional.empty(), Optional.empty(), now);
        case DocumentFeed.Ended.Rejected(var reason, var detail, var whatToDo) ->
            new Ending(
                Outcome.REJECTED, Optional.of(reason), Optional.of(words(detail, whatToDo)), now);
        case DocumentFeed.Ended.Failed(var reason) -> Ending.failed(reason, now);
        case DocumentFeed.Ended.Overtaken() ->
            new Ending(
                Outcome.FAILED,
                Optional.of("OVERTAKEN"),
                Optional.of("The document was changed or removed meanwhile."),
                now);
      };
    }

    private void noteLeftOut(FolderWalk walk) {
      for (FolderWalk.LeftOut left : walk.leftOut()) {
        Ending ending =
            new Ending(
                Outcome.SKIPPED,
                Optional.of(left.why().name()),
                Optional.of(left.why().sentence()),
                Optional.empty());
        runs.ended(run.id(), ending.item(left.path(), Duration.ZERO), Optional.empty());
      }
    }

    /// Removes the documents of this folder whose files are gone. A single file takes nothing
    /// along.
    private void removeGone(FolderWalk walk) {
      if (!Files.isDirectory(run.root())) {
        return;
      }
      Set<String> there = new HashSet<>();
      walk.files().forEach(found -> there.add(found.path()));
      Predicate<LibraryDocument> gone =
          document -> !there.contains(document.path()) && walk.lacks(document.path());
      List<LibraryDocument> removed =
          documents.from(collection, source).stream().filter(gone).toList();
      List<DocumentId> ids = removed.stream().map(LibraryDocument::id).toList();
      documents.removeGone(run.startedBy(), ids, run.id());
      feed.remove(removed);
      for (LibraryDocument document : removed) {
        Ending ending =
            new Ending(Outcome.REMOVED, Optional.empty(), Optional.empty(), Optional.of(document));
        runs.ended(
            run.id(), ending.item(document.path(), Duration.ZERO), Optional.of(document.id()));
      }
    }
  }

  /// What happened and what to do about it.
  private static String words(String detail, String whatToDo) {
    return (detail + " " + whatToDo).strip();
  }

  /// How one file ended.
  private record Ending(
      Outcome outcome,
      Optional<String> reason,
      Optional<String> detail,
      Optional<LibraryDocument> document) {
    private Ending(
        Outcome outcome,
        Optional<String> reason,
        Optional<String> detail,
        LibraryDocument document) {
      this(outcome, reason, detail, Optional.of(document));
    }

    private static Ending failed(ReadingFailure failure, Optional<LibraryDocument> document) {
      return new Ending(
          Outcome.FAILED,
          Optional.of(failure.name()),
          Optional.of(words(failure.sentence(), failure.whatToDo())),
          document);
    }

    private static Ending rejected(RejectReason reason) {
      return refused(reason.name(), words(reason.sentence(), reason.whatToDo()));
    }

    private static Ending refused(String reason, String detail) {
      return new Ending(
          Outcome.REJECTED, Optional.of(reason), Optional.of(detail), Optional.empty());
    }

    /// Says of a file that was taken that a person set who may read it, not as this run would have.
    private Ending withLabelsKept(Set<GroupId> kept, Set<GroupId> wanted) {
      return switch (outcome) {
        case ADDED, REVISED, UNCHANGED ->
            new Ending(
                outcome,
                Optional.of(IngestItem.LABELS_KEPT),
                Optional.of(
                    ("Who may read it was set by hand and stays: %s. This run says: %s. Change it in"
                            + " the library.")
                        .formatted(names(kept), names(wanted))),
                document);
        case REJECTED, FAILED, REMOVED, SKIPPED -> this;
      };
    }

    private static String names(Set<GroupId> groups) {
      return groups.isEmpty()
          ? "the local operator alone"
          : groups.stream().map(GroupId::value).sorted().collect(Collectors.joining(", "));
    }

    private IngestItem item(String path, Duration took) {
      return new IngestItem(
          path,
          outcome,
          reason,
          detail,
          document.flatMap(LibraryDocument::mediaType),
          document.map(LibraryDocument::pages).orElse(OptionalInt.empty()),
          document.map(LibraryDocument::passages).orElse(OptionalInt.empty()),
          took);
    }
  }
}
