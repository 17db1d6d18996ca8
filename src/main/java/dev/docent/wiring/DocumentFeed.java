package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.index.IndexedDocument;
import dev.docent.index.SearchIndex;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Chunker;
import dev.docent.ingest.EmbeddedChunk;
import dev.docent.ingest.IngestResult;
import dev.docent.ingest.IngestSink;
import dev.docent.ingest.Ingestion;
import dev.docent.ingest.PageKind;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.ingest.Parser;
import dev.docent.ingest.SourceDocument;
import dev.docent.library.BlobStore;
import dev.docent.library.DatabaseAway;
import dev.docent.library.DocumentState;
import dev.docent.library.Documents;
import dev.docent.library.LibraryDocument;
import dev.docent.library.ReadingFailure;
import dev.docent.library.ReadingProgress;
import dev.docent.library.Readings;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Brings one document from the blob store into the index, and out of it.
///
/// ```
/// bytes durable ─▶ QUEUED ─▶ words put, durable ─▶ WORDS ─▶ vectors put, durable ─▶ READY
/// blob store       database  index                 database  index                  database
/// ```
///
/// The index is written before the database says so, and never with a revision that the database
/// has not accepted. So whoever is told WORDS or READY finds the document, whatever happens next; a
/// crash between two steps leaves a state that is behind the index, and the step is taken again. A
/// removal goes the other way round: first the database, then the index, before it is acknowledged.
///
/// Safe for concurrent use: the steps of one document exclude one another, and each looks at the
/// database first, so that an older revision or a removed document never comes (back) in.
final class DocumentFeed {
  private static final Logger LOG = Logger.getLogger(DocumentFeed.class);
  private static final int LOCKS = 64;

  private final Documents documents;
  private final Readings readings;
  private final BlobStore blobs;
  private final SearchIndex index;
  private final Parser parser;
  private final Chunker chunker;
  private final EmbeddingModel embeddings;
  private final Map<DocumentId, ReadingProgress> reading = new ConcurrentHashMap<>();
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  DocumentFeed(
      Documents documents,
      Readings readings,
      BlobStore blobs,
      SearchIndex index,
      Parser parser,
      Chunker chunker,
      EmbeddingModel embeddings) {
    this.documents = requireNonNull(documents, "documents");
    this.readings = requireNonNull(readings, "readings");
    this.blobs = requireNonNull(blobs, "blobs");
    this.index = requireNonNull(index, "index");
    this.parser = requireNonNull(parser, "parser");
    this.chunker = requireNonNull(chunker, "chunker");
    this.embeddings = requireNonNull(embeddings, "embeddings");
  }

  /// How reading a document ended.
  sealed interface Ended {
    record Indexed() implements Ended {}

    record Rejected(String reason, String detail, String whatToDo) implements Ended {}

    record Failed(ReadingFailure reason) implements Ended {}

    /// Newer bytes came, or the document was removed.
    record Overtaken() implements Ended {}
  }

  /// Reads the document's current revision and returns when it is searchable by meaning, or not at
  /// all. Failures of the machine are an outcome as well: the document is FAILED and is tried
  /// again.
  Ended read(DocumentId id) {
    return read(id, false);
  }

  /// Likewise, and parses its bytes whether they were parsed before or not.
  Ended readAnew(DocumentId id) {
    return read(id, true);
  }

  private Ended read(DocumentId id, boolean anew) {
    Optional<LibraryDocument> found = documents.find(id);
    if (found.isEmpty() || !readings.begun(id, found.get().revision())) {
      return new Ended.Overtaken();
    }
    LibraryDocument document = found.get();
    try {
      return read(document, anew);
    } catch (OvertakenException _) {
      return overtaken(document);
    } catch (RuntimeException e) {
      if (DatabaseAway.caused(e)) {
        throw e;
      }
      ReadingFailure failure = failure(document, e);
      boolean current =
          readings.failed(
              id, document.revision(), failure.name(), failure.sentence(), failure.whatToDo());
      return current ? new Ended.Failed(failure) : overtaken(document);
    } finally {
      reading.remove(id);
    }
  }

  /// What was made of the bytes since they were discarded goes too.
  private Ended.Overtaken overtaken(LibraryDocument document) {
    discard(document.revision());
    return new Ended.Overtaken();
  }

  private static ReadingFailure failure(LibraryDocument document, RuntimeException e) {
    if (DiskFailure.isFull(e)) {
      LOG.warnf("The disk is full: document=%s", document.id());
      return ReadingFailure.DISK_FULL;
    }
    LOG.errorf(
        e,
        "Reading a document failed: document=%s revision=%s",
        document.id(),
        document.revision());
    return ReadingFailure.INTERNAL_ERROR;
  }

  /// How far the document is that is being read here and now.
  Optional<ReadingProgress> progress(DocumentId id) {
    return Optional.ofNullable(reading.get(id));
  }

  private Ended read(LibraryDocument document, boolean anew) {
    String revision = document.revision();
    Optional<Path> file = blobs.file(BlobStore.Kind.ORIGINAL, revision);
    if (file.isEmpty()) {
      ReadingFailure missing = ReadingFailure.MISSING;
      return reject(document, missing.name(), missing.sentence(), missing.whatToDo());
    }
    Ingestion ingestion =
        new Ingestion(
            new CachedParser(parser, blobs, revision, anew),
            chunker,
            new CachedEmbeddings(
                embeddings,
                blobs,
                revision,
                (passages, of) ->
                    reading.put(
                        document.id(),
                        new ReadingProgress(ReadingProgress.Unit.PASSAGE, passages, of))));
    Sink sink = new Sink(document);
    return switch (ingestion.ingest(new SourceDocument(document.path(), file.get()), sink)) {
      case IngestResult.Indexed _ -> new Ended.Indexed();
      case IngestResult.Rejected(var reason, var text, var whatToDo) ->
          reject(document, reason.name(), text, whatToDo);
    };
  }

  private Ended reject(LibraryDocument document, String reason, String detail, String whatToDo) {
    return alone(
        document,
        current -> {
          index.remove(List.of(current.id()));
          readings.rejected(current.id(), current.revision(), reason, detail, whatToDo);
          return new Ended.Rejected(reason, detail, whatToDo);
        });
  }

  /// The day that a document is of: its own, else that of its file.
  private static Optional<LocalDate> date(LibraryDocument document, ParsedDocument parsed) {
    return parsed
        .date()
        .or(() -> document.modifiedAt().map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC)));
  }

  private final class Sink implements IngestSink {
    private final LibraryDocument document;

    Sink(LibraryDocument document) {
      this.document = document;
    }

    @Override
    public void page(PageKind kind, int page, int pages) {
      reading.put(
          document.id(),
          new ReadingProgress(
              switch (kind) {
                case PAGE, WHOLE -> ReadingProgress.Unit.PAGE;
                case SLIDE -> ReadingProgress.Unit.SLIDE;
                case SHEET -> ReadingProgress.Unit.SHEET;
              },
              page,
              pages));
    }

    @Override
    public void words(ParsedDocument parsed, List<Chunk> chunks) {
      put(parsed, chunks, List.of(), DocumentState.WORDS);
    }

    @Override
    public void vectors(ParsedDocument parsed, List<EmbeddedChunk> embedded) {
      put(
          parsed,
          embedded.stream().map(EmbeddedChunk::chunk).toList(),
          embedded.stream().map(EmbeddedChunk::vector).toList(),
          DocumentState.READY);
    }

    private void put(
        ParsedDocument parsed, List<Chunk> chunks, List<float[]> vectors, DocumentState state) {
      Readings.Contents contents =
          new Readings.Contents(
              parsed.mediaType(),
              DocumentTitle.of(document.path(), parsed.title()),
              date(document, parsed),
              parsed.pages().size(),
              chunks.size(),
              ParsedDocumentCodec.VERSION);
      boolean held =
          alone(
              document,
              current -> {
                index.put(indexed(current, contents), parsed.pages(), chunks, vectors);
                return readings.indexed(current.id(), current.revision(), contents, state);
              });
      if (!held) {
        throw new OvertakenException();
      }
    }
  }

  private static IndexedDocument indexed(LibraryDocument current, Readings.Contents contents) {
    return new IndexedDocument(
        current.id(),
        current.revision(),
        current.collection(),
        current.readers(),
        contents.title(),
        current.path(),
        contents.mediaType(),
        contents.date());
  }

  /// The index shows the documents' current labels when this returns.
  void relabel(Collection<DocumentId> ids) {
    // Always from the first lock to the last: no two of these wait for each other.
    List<ReentrantLock> held =
        ids.stream().map(this::stripe).distinct().sorted().map(locks::get).toList();
    held.forEach(ReentrantLock::lock);
    try {
      Map<Set<GroupId>, List<DocumentId>> byLabels =
          ids.stream()
              .map(documents::find)
              .flatMap(Optional::stream)
              .collect(
                  Collectors.groupingBy(
                      LibraryDocument::readers,
                      Collectors.mapping(LibraryDocument::id, Collectors.toList())));
      byLabels.forEach(
          (readers, labelled) -> {
            index.relabelAll(labelled, readers);
            labelled.forEach(id -> readings.caughtUp(id, readers));
          });
    } finally {
      held.forEach(ReentrantLock::unlock);
    }
  }

  /// No search finds the documents when this returns, and bytes that no other document has are
  /// gone.
  void remove(Collection<LibraryDocument> removed) {
    if (removed.isEmpty()) {
      return;
    }
    for (LibraryDocument document : removed) {
      // A step that began before the removal ends here; a later one finds the document gone.
      locked(document.id(), document::id);
    }
    index.remove(removed.stream().map(LibraryDocument::id).toList());
    removed.forEach(document -> discard(document.revision()));
  }

  /// Bytes that no document has, and what was made of them, are gone when this returns. What a
  /// crash leaves of them is found by [dev.docent.library.BlobSweep].
  void discard(String sha256) {
    var _ = blobs.remove(sha256, () -> !documents.inUse(sha256));
  }

  private <T> T alone(LibraryDocument document, Function<LibraryDocument, T> step) {
    return locked(
        document.id(),
        () ->
            step.apply(
                documents
                    .find(document.id())
                    .filter(current -> current.revision().equals(document.revision()))
                    .orElseThrow(OvertakenException::new)));
  }

  private <T> T locked(DocumentId id, Supplier<T> step) {
    ReentrantLock lock = locks.get(stripe(id));
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  private int stripe(DocumentId id) {
    return Math.floorMod(id.hashCode(), LOCKS);
  }

  /// The document changed under a step's hands.
  private static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OvertakenException() {
      super("overtaken", null, false, false);
    }
  }
}
