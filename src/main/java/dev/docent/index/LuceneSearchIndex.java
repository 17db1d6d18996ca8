package dev.docent.index;

import static java.util.Objects.requireNonNull;

import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/// The index in a folder of this machine, on Lucene: BM25 for the words, HNSW for the vectors.
///
/// Readers open the last commit, never the writer's memory, so whatever is seen is durable. A
/// change takes a sequence number from the writer; the thread that comes first to the commit lock
/// syncs the changes of all threads that wait behind it, and they return without a sync of their
/// own.
///
/// A disk that is full costs the writer, with all changes that it had not committed: they fail, and
/// the next change begins with a new writer.
///
/// The folder says which schema and which embedding model it was made with; opening it with others
/// is an [IndexUnusableException], as is a damaged file: every file's checksum is read at opening.
public final class LuceneSearchIndex implements SearchIndex {
  private static final String SCHEMA_KEY = "docent.schema";
  private static final String EMBEDDING_KEY = "docent.embedding";

  // Small: the service shares its machine with the models, and embedding is what takes the time.
  private static final double WRITE_BUFFER_MB = 32;

  // Sequence number of a change that changed nothing.
  private static final long NOTHING = -1;

  private final Directory directory;
  private final SearcherManager searchers;
  private final int dimensions;

  // Writing: puts and removals share it, a relabelling has it alone, for it reads before it writes.
  private final ReentrantReadWriteLock changes = new ReentrantReadWriteLock();

  // One sync at a time; the rest is guarded by it.
  private final ReentrantLock syncing = new ReentrantLock();
  private IndexWriter writer;
  private long committed = NOTHING; // of this writer
  private boolean closed;

  private LuceneSearchIndex(
      Directory directory, IndexWriter writer, SearcherManager searchers, int dimensions) {
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
    this.dimensions = dimensions;
  }

  /// Opens the index in a folder, or begins one.
  ///
  /// @param embeddingModel identity of the model that makes the vectors
  /// @param dimensions length of its vectors
  /// @throws IndexUnusableException when what lies there cannot be used
  public static LuceneSearchIndex open(Path folder, String embeddingModel, int dimensions) {
    requireNonNull(embeddingModel, "embeddingModel");
    Directory directory = null;
    IndexWriter writer = null;
    SearcherManager searchers = null;
    boolean opened = false;
    try {
      directory = FSDirectory.open(folder);
      Map<String, String> made = Map.of(SCHEMA_KEY, Fields.SCHEMA, EMBEDDING_KEY, embeddingModel);
      checkUsable(directory, made, folder);
      writer = new IndexWriter(directory, configuration());
      writer.setLiveCommitData(made.entrySet());
      writer.commit();
      searchers = new SearcherManager(directory, null);
      opened = true;
      return new LuceneSearchIndex(directory, writer, searchers, dimensions);
    } catch (IOException e) {
      throw failure("The search index in " + folder + " cannot be opened", e);
    } finally {
      if (!opened) {
        IOUtils.closeWhileHandlingException(searchers, writer, directory);
      }
    }
  }

  private static IndexWriterConfig configuration() {
    return new IndexWriterConfig(new TextAnalyzer())
        .setRAMBufferSizeMB(WRITE_BUFFER_MB)
        .setCommitOnClose(true);
  }

  private static void checkUsable(Directory directory, Map<String, String> made, Path folder)
      throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return;
    }
    Map<String, String> found = SegmentInfos.readLatestCommit(directory).getUserData();
    if (!found.equals(made)) {
      throw new IndexUnusableException(
          "The search index in %s was made with %s, now it is %s: it must be rebuilt"
              .formatted(folder, found, made));
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
    }
  }

  @Override
  public void putAll(Collection<DocumentPassages> documents) {
    documents.forEach(document -> document.vectors().forEach(this::checkDimensions));
    change(
        changes.readLock(),
        writer -> {
          long sequence = NOTHING;
          for (DocumentPassages document : documents) {
            sequence =
                writer.updateDocuments(Blocks.key(document.document().id()), Blocks.of(document));
          }
          return sequence;
        });
  }

  @Override
  public void relabelAll(Collection<DocumentId> documents, Set<GroupId> readers) {
    change(
        changes.writeLock(),
        writer -> {
          long last = NOTHING;
          try (DirectoryReader reader = DirectoryReader.open(writer)) {
            for (DocumentId id : documents) {
              List<Document> block = Blocks.relabelled(reader, id, readers);
              if (!block.isEmpty()) {
                last = writer.updateDocuments(Blocks.key(id), block);
              }
            }
          }
          return last;
        });
  }

  @Override
  public void remove(Collection<DocumentId> documents) {
    Term[] keys = documents.stream().map(Blocks::key).toArray(Term[]::new);
    change(changes.readLock(), writer -> keys.length == 0 ? NOTHING : writer.deleteDocuments(keys));
  }

  @Override
  public Map<DocumentId, IndexedRevision> manifest() {
    Map<DocumentId, IndexedRevision> manifest = new HashMap<>();
    IndexSearcher searcher = acquire();
    try {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        addHeads(leaf.reader(), manifest);
      }
      return Map.copyOf(manifest);
    } catch (IOException e) {
      throw failure("The search index cannot be read", e);
    } finally {
      release(searcher);
    }
  }

  private static void addHeads(LeafReader leaf, Map<DocumentId, IndexedRevision> manifest)
      throws IOException {
    NumericDocValues heads = leaf.getNumericDocValues(Fields.VECTORS);
    if (heads == null) {
      return;
    }
    StoredFields stored = leaf.storedFields();
    for (int slot = heads.nextDoc();
        slot != DocIdSetIterator.NO_MORE_DOCS;
        slot = heads.nextDoc()) {
      if (leaf.getLiveDocs() == null || leaf.getLiveDocs().get(slot)) {
        Document head = stored.document(slot, Set.of(Fields.ABOUT));
        IndexedDocument about = StoredForm.document(head.getBinaryValue(Fields.ABOUT));
        manifest.put(about.id(), new IndexedRevision(about.revision(), heads.longValue() == 1));
      }
    }
  }

  @Override
  public IndexView view() {
    return new LuceneIndexView(acquire(), this::release, this::checkDimensions);
  }

  @Override
  public void close() {
    syncing.lock();
    try {
      closed = true;
      IOUtils.close(searchers, writer, directory);
    } catch (IOException e) {
      throw failure("The search index cannot be closed", e);
    } finally {
      syncing.unlock();
    }
  }

  /// A change of the writer; returns its sequence number.
  @FunctionalInterface
  private interface Change {
    long apply(IndexWriter writer) throws IOException;
  }

  private void change(Lock lock, Change change) {
    try {
      IndexWriter current = usable();
      long sequence;
      lock.lock();
      try {
        sequence = change.apply(current);
      } finally {
        lock.unlock();
      }
      makeDurableAndVisible(current, sequence);
    } catch (IOException e) {
      throw failure("The search index cannot be written", e);
    } catch (AlreadyClosedException e) {
      throw new SearchIndexException("The search index cannot be written", e);
    }
  }

  /// The writer, a new one where the last did not survive a failure of the disk.
  private IndexWriter usable() throws IOException {
    syncing.lock();
    try {
      if (!writer.isOpen() && !closed) {
        writer = new IndexWriter(directory, configuration());
        committed = NOTHING;
      }
      return writer;
    } finally {
      syncing.unlock();
    }
  }

  private void makeDurableAndVisible(IndexWriter changed, long sequence) throws IOException {
    syncing.lock();
    try {
      if (changed != writer) {
        throw new AlreadyClosedException("The change was lost with its writer");
      }
      if (sequence > committed) {
        committed = Math.max(sequence, writer.commit());
        searchers.maybeRefreshBlocking();
      }
    } finally {
      syncing.unlock();
    }
  }

  private IndexSearcher acquire() {
    try {
      return searchers.acquire();
    } catch (IOException e) {
      throw failure("The search index cannot be read", e);
    }
  }

  private void release(IndexSearcher searcher) {
    try {
      searchers.release(searcher);
    } catch (IOException e) {
      throw failure("The search index cannot be read", e);
    }
  }

  private void checkDimensions(float[] vector) {
    if (vector.length != dimensions) {
      throw new IllegalArgumentException(
          "A vector of " + vector.length + " numbers in an index of " + dimensions);
    }
  }

  /// Damage and foreign formats are told apart from a disk that may recover.
  static SearchIndexException failure(String what, IOException cause) {
    return switch (cause) {
      case CorruptIndexException damaged ->
          new IndexUnusableException(what + ": it is damaged and must be rebuilt", damaged);
      case IndexFormatTooOldException old ->
          new IndexUnusableException(what + ": its format is too old, it must be rebuilt", old);
      case IndexFormatTooNewException young ->
          new IndexUnusableException(what + ": its format is too new, it must be rebuilt", young);
      case FileNotFoundException missing ->
          new IndexUnusableException(what + ": a file is missing, it must be rebuilt", missing);
      case NoSuchFileException missing ->
          new IndexUnusableException(what + ": a file is missing, it must be rebuilt", missing);
      default -> new SearchIndexException(what, cause);
    };
  }
}
