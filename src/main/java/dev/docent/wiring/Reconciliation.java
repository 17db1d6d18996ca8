package dev.docent.wiring;

import dev.docent.access.DocumentId;
import dev.docent.index.IndexedRevision;
import dev.docent.index.SearchIndex;
import dev.docent.library.DocumentState;
import dev.docent.library.Documents;
import dev.docent.library.IndexFeed;
import dev.docent.library.LibraryDocument;
import dev.docent.library.Readings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes the index agree with the database at the start, whatever a crash left of it, and takes up
/// what was not finished. An index that was lost is filled again from the blob store.
final class Reconciliation {
  private static final Logger LOG = Logger.getLogger(Reconciliation.class);

  private final Documents documents;
  private final Readings readings;
  private final SearchIndex index;
  private final IndexFeed feed;

  Reconciliation(Documents documents, Readings readings, SearchIndex index, IndexFeed feed) {
    this.documents = documents;
    this.readings = readings;
    this.index = index;
    this.feed = feed;
  }

  /// What was done.
  ///
  /// @param removed documents that the index held and the library does not
  /// @param queued documents to be read again
  record Done(int removed, int queued) {}

  /// Returns when nothing is found that must not be; what is missing follows.
  Done carryOut() {
    List<LibraryDocument> all = documents.all();
    Map<DocumentId, IndexedRevision> manifest = index.manifest();
    int removed = removeUnknown(all, manifest.keySet());
    int queued = 0;
    for (LibraryDocument document : all) {
      if (document.indexBehind() && searchable(document)) {
        feed.relabelled(List.of(document.id()));
      }
      if (needsReading(document, manifest.get(document.id()))) {
        feed.submit(document);
        queued++;
      }
    }
    LOG.infof("The index agrees with the library: documents=%d toRead=%d", all.size(), queued);
    return new Done(removed, queued);
  }

  private int removeUnknown(List<LibraryDocument> all, Set<DocumentId> indexed) {
    Set<DocumentId> unknown = new HashSet<>(indexed);
    all.stream()
        .filter(document -> document.state() != DocumentState.REJECTED)
        .forEach(document -> unknown.remove(document.id()));
    if (!unknown.isEmpty()) {
      index.remove(unknown);
    }
    return unknown.size();
  }

  private boolean needsReading(LibraryDocument document, @Nullable IndexedRevision indexed) {
    return switch (document.state()) {
      case QUEUED, READING, WORDS, FAILED -> true;
      case REJECTED -> false;
      case READY -> {
        boolean there =
            indexed != null
                && indexed.revision().equals(document.revision())
                && indexed.hasVectors();
        if (!there) {
          readings.lost(document.id());
        }
        yield !there;
      }
    };
  }

  private static boolean searchable(LibraryDocument document) {
    return document.state() == DocumentState.WORDS || document.state() == DocumentState.READY;
  }
}
