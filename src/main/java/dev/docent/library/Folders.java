package dev.docent.library;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.access.GroupId;
import dev.docent.library.Transactions.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/// The folders of a collection: they are in its documents' paths, only their labels are kept.
final class Folders {
  private Folders() {}

  /// The folders above a path, the nearest first.
  static List<String> above(String path) {
    List<String> folders = new ArrayList<>();
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      folders.add(path.substring(0, end));
    }
    return folders;
  }

  /// What people said of the folder that a document arrives in, or of the nearest one above.
  static Optional<String[]> readers(Session session, CollectionRow collection, String path) {
    return label(session, collection, path).map(label -> label.readers);
  }

  static Optional<FolderLabelRow> label(Session session, CollectionRow collection, String path) {
    return above(path).stream()
        .map(folder -> new FolderLabelRow.Key(collection.id, folder))
        .map(key -> Optional.ofNullable(session.find(FolderLabelRow.class, key)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// Until the transaction ends no person labels anything of the collection: what was looked up of
  /// its labels holds.
  static void keepLabels(Session session, UUID collection) {
    lock(session, "pg_advisory_xact_lock_shared", collection);
  }

  /// Waits for the arrivals that are at work and holds up others until the transaction ends: none
  /// of them overwrites the labels, or misses them.
  static void holdArrivals(Session session, UUID collection) {
    lock(session, "pg_advisory_xact_lock", collection);
  }

  private static void lock(Session session, String function, UUID collection) {
    session
        .createNativeQuery(
            "select 1 from %s(hashtextextended(:labels, 0))".formatted(function), Integer.class)
        .setParameter("labels", "labels of " + collection)
        .getSingleResult();
  }

  static void label(
      Work work, String actor, CollectionId collection, String folder, Set<GroupId> readers) {
    Session session = work.session();
    var key = new FolderLabelRow.Key(collection.value(), folder);
    FolderLabelRow row = session.find(FolderLabelRow.class, key);
    CollectionRow whole = session.find(CollectionRow.class, collection.value());
    Set<GroupId> before =
        Labels.groups(
            row == null ? readers(session, whole, folder).orElse(whole.readers) : row.readers);
    if (row == null) {
      row = new FolderLabelRow();
      row.key = key;
      row.readers = Labels.column(readers);
      session.persist(row);
    } else {
      row.readers = Labels.column(readers);
    }
    work.record(
        new Change.GrantsChanged(
            actor,
            collection,
            Change.GrantsChanged.Grant.READ,
            Optional.of(folder),
            before,
            readers));
  }

  /// Takes the label of a folder away: the nearest one above holds, else the collection.
  static void unlabel(Work work, String actor, CollectionRow collection, FolderLabelRow label) {
    Session session = work.session();
    session.remove(label);
    session.flush();
    work.record(
        new Change.GrantsChanged(
            actor,
            new CollectionId(collection.id),
            Change.GrantsChanged.Grant.READ,
            Optional.of(label.key.path()),
            Labels.groups(label.readers),
            Labels.groups(
                readers(session, collection, label.key.path()).orElse(collection.readers))));
  }

  static List<DocumentRow> documents(
      Session session, AccessFilter access, CollectionId collection, String folder) {
    String query =
        "from Document d join fetch d.collection where d.collection.id = :collection"
            + " and d.path like :folder escape '!' and "
            + Visibility.clause(access);
    return Visibility.bind(session.createSelectionQuery(query, DocumentRow.class), access)
        .setParameter("collection", collection.value())
        .setParameter("folder", LikePattern.below(folder))
        .list();
  }

  /// The folders with labels that hold documents which `access` admits, by collection.
  static Map<CollectionId, List<LibraryFolder>> labelled(Session session, AccessFilter access) {
    String query =
        """
        select f.key.collectionId, f.key.path, f.readers, count(*) from FolderLabel f
          join Document d on d.collection.id = f.key.collectionId
            and function('starts_with', d.path, f.key.path || '/') = true
        where %s group by f.key.collectionId, f.key.path, f.readers order by f.key.path"""
            .formatted(Visibility.clause(access));
    return Visibility.bind(session.createSelectionQuery(query, Object[].class), access)
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> new CollectionId((UUID) row[0]),
                Collectors.mapping(
                    row ->
                        new LibraryFolder(
                            (String) row[1],
                            (Long) row[3],
                            Optional.of(Labels.groups((String[]) row[2]))),
                    Collectors.toList())));
  }

  static List<LibraryFolder> list(Session session, AccessFilter access, CollectionId collection) {
    String query =
        "select d.path from Document d where d.collection.id = :collection and "
            + Visibility.clause(access);
    Map<String, Long> counts =
        Visibility.bind(session.createSelectionQuery(query, String.class), access)
            .setParameter("collection", collection.value())
            .list()
            .stream()
            .flatMap(path -> above(path).stream())
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    Map<String, Set<GroupId>> labels =
        session
            .createSelectionQuery(
                "from FolderLabel where key.collectionId = :collection", FolderLabelRow.class)
            .setParameter("collection", collection.value())
            .list()
            .stream()
            .collect(Collectors.toMap(row -> row.key.path(), row -> Labels.groups(row.readers)));
    labels.keySet().forEach(path -> counts.putIfAbsent(path, 0L));
    return counts.entrySet().stream()
        .map(
            entry ->
                new LibraryFolder(
                    entry.getKey(),
                    entry.getValue(),
                    Optional.ofNullable(labels.get(entry.getKey()))))
        .toList();
  }
}
