package dev.docent.index;

import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The passages of all documents, searchable by words and by meaning.
///
/// Every change is durable and visible to the views opened after it returns, and takes effect in
/// one step: no view ever holds a part of a document, or two revisions of one. A view sees nothing
/// that is not durable.
///
/// Safe for concurrent use; changes of several threads share their syncs. Whoever opens an index
/// closes it. Failures of the disk are a [SearchIndexException].
public interface SearchIndex extends AutoCloseable {

  /// Puts a document in the place of whatever was known of it, labels included: a caller that
  /// relabels and puts one document at the same time must put them in order itself.
  ///
  /// @param pages all pages of the document
  /// @param chunks its passages, in order; may be empty
  /// @param vectors one for each passage, L2-normalised; empty: found by words only
  default void put(
      IndexedDocument document, List<Page> pages, List<Chunk> chunks, List<float[]> vectors) {
    putAll(List.of(new DocumentPassages(document, pages, chunks, vectors)));
  }

  /// Puts several documents with one sync, each of them in one step as [#put] does.
  void putAll(Collection<DocumentPassages> documents);

  /// Gives a document other labels and leaves all else as it is. Nothing happens to a document that
  /// is not there.
  default void relabel(DocumentId document, Set<GroupId> readers) {
    relabelAll(List.of(document), readers);
  }

  /// Gives several documents other labels with one sync, each of them in one step as [#relabel]
  /// does.
  void relabelAll(Collection<DocumentId> documents, Set<GroupId> readers);

  /// Takes documents out, as far as they are there.
  void remove(Collection<DocumentId> documents);

  /// What is in the index, to be compared at start-up with what should be.
  Map<DocumentId, IndexedRevision> manifest();

  /// The index as it is now. The caller closes it, soon: it keeps old files alive.
  IndexView view();

  @Override
  void close();
}
