package dev.docent.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.answer.AnswerLimits;
import dev.docent.answer.AnswerRecorder;
import dev.docent.answer.Answerer;
import dev.docent.answer.Citation;
import dev.docent.answer.Question;
import dev.docent.answer.Writer;
import dev.docent.index.DocumentPassages;
import dev.docent.index.IndexedDocument;
import dev.docent.index.SearchIndex;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Chunker;
import dev.docent.ingest.EmbeddedChunk;
import dev.docent.ingest.IngestResult;
import dev.docent.ingest.IngestSink;
import dev.docent.ingest.Ingestion;
import dev.docent.ingest.ParsedDocument;
import dev.docent.ingest.ParsedDocumentCodec;
import dev.docent.ingest.Parser;
import dev.docent.ingest.SourceDocument;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.library.BlobStore;
import dev.docent.library.FolderBlobStore;
import dev.docent.model.LocalChatModel;
import dev.docent.retrieve.Retriever;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// The service's own engines over a scratch data folder, without database, accounts and service: a
/// folder of documents in, its retriever and answerer out. For measuring.
///
/// What is read from a document is kept in the data folder, so that reading equal bytes again costs
/// next to nothing; the index is made anew each time. Nothing that is asked is recorded. The data
/// folder is held until the workbench is closed.
public final class Workbench implements AutoCloseable {
  private static final CollectionId COLLECTION = new CollectionId(new UUID(0, 0));

  // As many as a folder's run has in hand.
  private static final int IN_HAND = FolderRun.IN_HAND;

  // One sync for so many documents.
  private static final int BATCH = 64;

  private final Settings settings;
  private final DataFolder.Lock lock;
  private final BlobStore blobs;
  private final Parser parser;
  private final OnnxEmbeddingModel embeddings;
  private final SearchIndex index;
  private final List<DocumentPassages> pending = new ArrayList<>();
  private Optional<LocalChatModel> model = Optional.empty();

  private Workbench(Settings settings, DataFolder data) {
    this.settings = requireNonNull(settings, "settings");
    this.lock = data.create().lock();
    Engines engines = new Engines();
    Engines.empty(data.index());
    this.blobs = new FolderBlobStore(data.blobs());
    this.parser = engines.parser(settings);
    this.embeddings = engines.embeddings();
    this.index = engines.index(data, embeddings);
  }

  /// @param settings which also name the data folder
  /// @throws DataFolderException where it cannot be written, or is in use
  public static Workbench open(Settings settings) {
    return new Workbench(settings, settings.dataFolder());
  }

  /// What became of a folder's documents.
  ///
  /// @param paths of all files found
  /// @param rejected one line for each document that could not be read: its path, and why
  /// @param labelled whether the folder says who may read what
  public record Shelf(List<String> paths, List<String> rejected, boolean labelled) {
    public Shelf {
      paths = List.copyOf(paths);
      rejected = List.copyOf(rejected);
    }
  }

  /// Told how far reading is.
  @FunctionalInterface
  public interface Watcher {
    void done(int files, int of, String path);
  }

  /// Reads a folder's documents, under the rules of its `.docent.json`, and returns when they can
  /// be searched by words and by meaning.
  ///
  /// @param except a file that is no document, wherever it lies
  /// @throws IOException when the folder cannot be read, or its rules make no sense
  public Shelf read(Path folder, Path except, Watcher watcher) throws IOException {
    FolderRules rules = rules(folder);
    List<FolderWalk.Found> found = new ArrayList<>();
    for (FolderWalk.Found one : FolderWalk.of(folder, rules).files()) {
      if (!Files.isSameFile(one.file(), except)) {
        found.add(one);
      }
    }
    List<String> rejected = new ArrayList<>();
    Semaphore inHand = new Semaphore(IN_HAND);
    int[] done = {0};
    try (ExecutorService files = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> reading = new ArrayList<>();
      for (FolderWalk.Found one : found) {
        inHand.acquireUninterruptibly();
        reading.add(
            files.submit(
                () -> {
                  try {
                    Optional<String> reason = read(one, rules.readers(one.path()));
                    synchronized (rejected) {
                      reason.ifPresent(why -> rejected.add(one.path() + ": " + why));
                      watcher.done(++done[0], found.size(), one.path());
                    }
                  } finally {
                    inHand.release();
                  }
                  return null;
                }));
      }
      for (Future<?> one : reading) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("A document could not be read: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
    flush(1);
    return new Shelf(
        found.stream().map(FolderWalk.Found::path).toList(),
        rejected.stream().sorted().toList(),
        !rules.groups().isEmpty());
  }

  private static FolderRules rules(Path folder) throws IOException {
    try {
      return FolderRules.of(folder);
    } catch (FolderRules.UnreadableException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  /// @return why it was rejected
  private Optional<String> read(FolderWalk.Found found, Set<GroupId> readers) throws IOException {
    String revision;
    try (InputStream in = Files.newInputStream(found.file());
        BlobStore.Stored stored = blobs.putOriginal(in, settings.ingest().maxInputBytes())) {
      revision = stored.sha256();
    } catch (BlobStore.TooLargeException e) {
      return Optional.of("larger than %d bytes".formatted(e.maxBytes()));
    }
    Ingestion ingestion =
        new Ingestion(
            new CachedParser(parser, blobs, revision, false),
            new Chunker(embeddings),
            new CachedEmbeddings(embeddings, blobs, revision, (_, _) -> {}));
    IngestResult result =
        ingestion.ingest(
            new SourceDocument(found.path(), found.file()),
            new Sink(found.path(), revision, readers));
    return switch (result) {
      case IngestResult.Indexed _ -> Optional.empty();
      case IngestResult.Rejected(_, String humanText, _) -> Optional.of(humanText);
    };
  }

  private final class Sink implements IngestSink {
    private final String path;
    private final String revision;
    private final Set<GroupId> readers;

    Sink(String path, String revision, Set<GroupId> readers) {
      this.path = path;
      this.revision = revision;
      this.readers = readers;
    }

    @Override
    public void words(ParsedDocument document, List<Chunk> chunks) {
      // nobody searches before the vectors are there
    }

    @Override
    public void vectors(ParsedDocument document, List<EmbeddedChunk> chunks) {
      IndexedDocument indexed =
          new IndexedDocument(
              id(path),
              revision,
              COLLECTION,
              readers,
              DocumentTitle.of(path, document.title()),
              path,
              document.mediaType(),
              document.date());
      synchronized (pending) {
        pending.add(
            new DocumentPassages(
                indexed,
                document.pages(),
                chunks.stream().map(EmbeddedChunk::chunk).toList(),
                chunks.stream().map(EmbeddedChunk::vector).toList()));
      }
      flush(BATCH);
    }
  }

  private void flush(int least) {
    List<DocumentPassages> batch;
    synchronized (pending) {
      if (pending.size() < least) {
        return;
      }
      batch = List.copyOf(pending);
      pending.clear();
    }
    index.putAll(batch);
  }

  /// Loads the chat model that the settings name, where it is on this machine.
  ///
  /// @return its name
  public Optional<String> loadModel() {
    if (model.isEmpty() && settings.model().enabled()) {
      model = ChatModels.open(settings.model());
    }
    return model.map(loaded -> loaded.identity().name());
  }

  /// Over everything that was read.
  public Retriever retriever() {
    return new Engines().retriever(index, embeddings);
  }

  /// Likewise; composes once a model is loaded.
  public Answerer answerer() {
    return new Answerer(
        new NoRecord(),
        retriever(),
        embeddings,
        () -> model.<Writer>map(Writer.Ready::new).orElseGet(Writer.None::new),
        AnswerLimits.DEFAULT,
        UUID::randomUUID);
  }

  /// The id of the document at a path.
  public DocumentId id(String path) {
    return new DocumentId(UUID.nameUUIDFromBytes(path.getBytes(UTF_8)));
  }

  /// Whether the document, as it was read and kept, has the citation's words where it says.
  public boolean resolves(Citation citation) {
    return CachedParser.parsed(
            blobs, citation.revision(), citation.path(), ParsedDocumentCodec.VERSION)
        .filter(
            document ->
                citation.end() <= document.text().length()
                    && document
                        .text()
                        .substring(citation.start(), citation.end())
                        .equals(citation.text()))
        .filter(
            document ->
                citation.page().isEmpty() || isOn(document, citation.page().getAsInt(), citation))
        .isPresent();
  }

  private static boolean isOn(ParsedDocument document, int page, Citation citation) {
    return page < document.pages().size()
        && document.pages().get(page).start() <= citation.start()
        && citation.start() < document.pages().get(page).end();
  }

  @Override
  public void close() {
    model.ifPresent(LocalChatModel::close);
    parser.close();
    index.close();
    embeddings.close();
    lock.close();
  }

  /// Questions of a set are nobody's.
  private static final class NoRecord implements AnswerRecorder {
    @Override
    public Intent intend(Question question, Caller caller) {
      return new Intent("none");
    }

    @Override
    public void retrieved(Intent intent, List<Citation> found, Duration took) {}

    @Override
    public void showing(Intent intent, List<Citation> citations) {}

    @Override
    public Receipt outcome(Intent intent, Outcome outcome) {
      return new Receipt(intent.id(), "none");
    }
  }
}
