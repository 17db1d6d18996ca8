package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.library.Transactions.Work;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;

/// Who may read which documents: the labels of each, what people say of single documents and of
/// folders, and what they take back. Safe for concurrent use.
///
/// A document has the labels that somebody gave it by hand; else those of the nearest folder that
/// somebody labelled; else those of the rules of the folder it is read from; else its collection's.
public final class DocumentLabels {
  private final Transactions transactions;
  private final InstantSource clock;

  public DocumentLabels(Transactions transactions, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
  }

  /// Gives a document that the caller may see other labels, which stay when its folder is read
  /// again. The index is to follow.
  public LibraryDocument relabel(
      String actor, AccessFilter access, DocumentId id, Set<GroupId> readers) {
    return transactions.run(
        work -> {
          LibraryCollections.checkGroups(work.session(), "readers", readers);
          DocumentRow row = Documents.visible(work.session(), access, id);
          Folders.holdArrivals(work.session(), row.collection.id);
          work.session().refresh(row);
          set(work, actor, row, readers, true);
          return row.toDocument();
        });
  }

  /// What a document that the caller may see has its labels from.
  public Labelling labelling(AccessFilter access, DocumentId id) {
    return transactions.run(
        work -> {
          DocumentRow row = Documents.visible(work.session(), access, id);
          if (!row.labelledByHand) {
            return Documents.isFolder(row.source)
                ? new Labelling.ByRules()
                : new Labelling.ByCollection();
          }
          return Folders.label(work.session(), row.collection, row.path)
              .filter(label -> Arrays.equals(label.readers, row.readers))
              .<Labelling>map(label -> new Labelling.ByFolder(label.key.path()))
              .orElseGet(Labelling.ByHand::new);
        });
  }

  /// Takes back what a person said of a document that the caller may see: it has the labels of its
  /// folder again, else those of its collection. The rules of a folder that is read hold when it is
  /// read again; until then the labels stay. The index is to follow.
  public LibraryDocument giveBack(String actor, AccessFilter access, DocumentId id) {
    return transactions.run(
        work -> {
          DocumentRow row = Documents.visible(work.session(), access, id);
          Folders.holdArrivals(work.session(), row.collection.id);
          work.session().refresh(row);
          var _ = follow(work, actor, row);
          return row.toDocument();
        });
  }

  /// @return whether the index is to follow
  private boolean follow(Work work, String actor, DocumentRow row) {
    Optional<String[]> folder = Folders.readers(work.session(), row.collection, row.path);
    String[] others = Documents.isFolder(row.source) ? row.readers : row.collection.readers;
    return set(work, actor, row, Labels.groups(folder.orElse(others)), folder.isPresent());
  }

  /// Gives the documents of a folder that the caller may see other labels, and whatever arrives in
  /// it from now on; they stay when the folder is read again. The index is to follow.
  ///
  /// @return the documents that were given them
  public List<LibraryDocument> relabelFolder(
      String actor,
      AccessFilter access,
      CollectionId collection,
      String folder,
      Set<GroupId> readers) {
    Arrival.checkPath(folder);
    return transactions.run(
        work -> {
          Session session = work.session();
          LibraryCollections.existing(session, collection);
          LibraryCollections.checkGroups(session, "readers", readers);
          Folders.holdArrivals(session, collection.value());
          Folders.label(work, actor, collection, folder, readers);
          return Folders.documents(session, access, collection, folder).stream()
              .filter(row -> set(work, actor, row, readers, true))
              .map(DocumentRow::toDocument)
              .toList();
        });
  }

  /// Takes back what people said of a folder: the documents in it that the caller may see and that
  /// have its labels follow the folder above, else the collection, as those that arrive later do.
  /// What was said of a folder within it, or of one document alone, stays. The index is to follow.
  ///
  /// @return the documents that were given other labels
  public List<LibraryDocument> giveBackFolder(
      String actor, AccessFilter access, CollectionId collection, String folder) {
    return transactions.run(
        work -> {
          Session session = work.session();
          CollectionRow whole = LibraryCollections.existing(session, collection);
          Folders.holdArrivals(session, collection.value());
          FolderLabelRow label =
              session.find(
                  FolderLabelRow.class, new FolderLabelRow.Key(collection.value(), folder));
          if (label == null) {
            return List.of();
          }
          List<DocumentRow> labelled =
              Folders.documents(session, access, collection, folder).stream()
                  .filter(row -> row.labelledByHand && Arrays.equals(row.readers, label.readers))
                  .filter(row -> Folders.label(session, whole, row.path).equals(Optional.of(label)))
                  .toList();
          Folders.unlabel(work, actor, whole, label);
          return labelled.stream()
              .filter(row -> follow(work, actor, row))
              .map(DocumentRow::toDocument)
              .toList();
        });
  }

  /// The folders of a collection that hold documents which the caller may see, or have labels.
  public List<LibraryFolder> folders(AccessFilter access, CollectionId collection) {
    return transactions.run(
        work -> {
          LibraryCollections.existing(work.session(), collection);
          return Folders.list(work.session(), access, collection);
        });
  }

  /// The folders that people labelled and that hold documents which `access` admits.
  public Map<CollectionId, List<LibraryFolder>> labelledFolders(AccessFilter access) {
    return transactions.run(work -> Folders.labelled(work.session(), access));
  }

  /// Gives a document labels.
  ///
  /// @return whether the index is to follow
  boolean set(Work work, String actor, DocumentRow row, Set<GroupId> readers, boolean byHand) {
    Set<GroupId> before = Labels.groups(row.readers);
    boolean others = !before.equals(readers);
    if (!others && row.labelledByHand == byHand) {
      return false;
    }
    row.labelledByHand = byHand;
    if (others) {
      row.readers = Labels.column(readers);
      row.indexBehind = true;
      row.updatedAt = clock.instant();
    }
    work.record(new Change.DocumentRelabelled(actor, new DocumentId(row.id), before, readers));
    return others;
  }
}
