package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.library.Transactions.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;

/// The documents, and what people and folders do with them; who may read each is said by
/// [DocumentLabels], how far the reading of each has come by [Readings]. Safe for concurrent use.
///
/// This is the truth; the index follows it. Who reads is told nothing of a document that its labels
/// do not admit: it is a [LibraryException.NotFound], as if it did not exist.
public final class Documents {
  private final Transactions transactions;
  private final DocumentLabels labels;
  private final InstantSource clock;

  public Documents(Transactions transactions, DocumentLabels labels, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.labels = requireNonNull(labels, "labels");
    this.clock = requireNonNull(clock, "clock");
  }

  // --- Reading

  public LibraryDocument get(AccessFilter access, DocumentId id) {
    return find(id)
        .filter(document -> access.admits(document.readers()))
        .orElseThrow(Documents::unknown);
  }

  /// The document whoever may see it, for the service's own work.
  public Optional<LibraryDocument> find(DocumentId id) {
    return transactions.run(
        work ->
            Optional.ofNullable(work.session().find(DocumentRow.class, id.value()))
                .map(DocumentRow::toDocument));
  }

  /// Those of these ids that there are, whoever may see them: the caller of this filters.
  public List<LibraryDocument> find(Collection<DocumentId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from Document d join fetch d.collection where d.id in (:ids)",
                    DocumentRow.class)
                .setParameterList("ids", ids.stream().map(DocumentId::value).toList())
                .list()
                .stream()
                .map(DocumentRow::toDocument)
                .toList());
  }

  public Optional<LibraryDocument> find(CollectionId collection, String path) {
    return transactions.run(
        work -> at(work.session(), collection, path).map(DocumentRow::toDocument));
  }

  /// What the document has been, newest first.
  public List<Revision> revisions(AccessFilter access, DocumentId id) {
    return transactions.run(
        work -> {
          var _ = visible(work.session(), access, id);
          return work
              .session()
              .createSelectionQuery(
                  "from Revision where key.documentId = :id order by key.number desc",
                  RevisionRow.class)
              .setParameter("id", id.value())
              .list()
              .stream()
              .map(RevisionRow::toRevision)
              .toList();
        });
  }

  public Page<LibraryDocument> list(AccessFilter access, DocumentQuery query) {
    StringBuilder where = new StringBuilder(Visibility.clause(access));
    query.collection().ifPresent(_ -> where.append(" and d.collection.id = :collection"));
    query.state().ifPresent(_ -> where.append(" and d.state = :state"));
    query
        .text()
        .ifPresent(
            _ ->
                where.append(
                    " and (lower(d.path) like :text escape '!' or lower(d.title) like :text escape"
                        + " '!')"));
    return transactions.run(
        work -> {
          Session session = work.session();
          long total =
              bind(
                      session.createSelectionQuery(
                          "select count(*) from Document d where " + where, Long.class),
                      access,
                      query)
                  .getSingleResult();
          List<LibraryDocument> items =
              // Whole rows of the page alone: sorting those of all documents spills to the disk.
              bind(
                      session.createSelectionQuery(
                          """
                          from Document page join fetch page.collection where page.id in
                            (select d.id from Document d where %s order by %s
                             limit :limit offset :offset)
                          order by %s"""
                              .formatted(where, query.order("d"), query.order("page")),
                          DocumentRow.class),
                      access,
                      query)
                  .setReadOnly(true)
                  .setParameter("limit", query.limit())
                  .setParameter("offset", query.offset())
                  .list()
                  .stream()
                  .map(DocumentRow::toDocument)
                  .toList();
          return new Page<>(items, total);
        });
  }

  private static <T> SelectionQuery<T> bind(
      SelectionQuery<T> selection, AccessFilter access, DocumentQuery query) {
    Visibility.bind(selection, access);
    query.collection().ifPresent(id -> selection.setParameter("collection", id.value()));
    query.state().ifPresent(state -> selection.setParameter("state", state));
    query.text().ifPresent(text -> selection.setParameter("text", LikePattern.containing(text)));
    return selection;
  }

  /// Every document, for the comparison with the index at start-up.
  public List<LibraryDocument> all() {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery("from Document d join fetch d.collection", DocumentRow.class)
                .list()
                .stream()
                .map(DocumentRow::toDocument)
                .toList());
  }

  /// The documents found in a folder, by an earlier run over it.
  public List<LibraryDocument> from(CollectionId collection, String source) {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from Document d join fetch d.collection where d.collection.id = :collection and"
                        + " d.source = :source",
                    DocumentRow.class)
                .setParameter("collection", collection.value())
                .setParameter("source", source)
                .list()
                .stream()
                .map(DocumentRow::toDocument)
                .toList());
  }

  /// How many documents there are in each state.
  public Map<DocumentState, Long> states() {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "select d.state, count(*) from Document d group by d.state", Object[].class)
                .list()
                .stream()
                .collect(Collectors.toMap(row -> (DocumentState) row[0], row -> (Long) row[1])));
  }

  // --- Arrival and removal

  /// What became of an arrival.
  public sealed interface Acceptance {
    LibraryDocument document();

    /// New bytes: they wait to be read.
    ///
    /// @param replaced SHA-256 of the bytes it had before, which it does not need any more; empty:
    ///   the document is new too
    /// @param relabelled the index, which holds the former words until then, is to be relabelled
    record Queued(LibraryDocument document, Optional<String> replaced, boolean relabelled)
        implements Acceptance {}

    /// The same bytes under other labels: the index is to be relabelled, nothing to be read.
    record Relabelled(LibraryDocument document) implements Acceptance {}

    /// Nothing new. The document may still wait to be read, or have been rejected.
    record Unchanged(LibraryDocument document) implements Acceptance {}

    /// Another source holds this path of the collection, and is still there.
    record PathTaken(LibraryDocument document) implements Acceptance {}
  }

  /// Takes bytes that are already in the blob store as the document's current revision.
  public Acceptance accept(String actor, Arrival arrival) {
    return transactions.run(
        work -> {
          Session session = work.session();
          CollectionRow collection = LibraryCollections.existing(session, arrival.collection());
          arrival
              .readers()
              .ifPresent(groups -> LibraryCollections.checkGroups(session, "readers", groups));
          Folders.keepLabels(session, collection.id);
          lock(session, arrival);
          return at(session, arrival.collection(), arrival.path())
              .map(row -> revise(work, actor, row, arrival))
              .orElseGet(
                  () ->
                      new Acceptance.Queued(
                          add(work, actor, collection, arrival), Optional.empty(), false));
        });
  }

  /// Two arrivals at one place come one after the other, even at a place that is still empty.
  private static void lock(Session session, Arrival arrival) {
    session
        .createNativeQuery(
            "select 1 from pg_advisory_xact_lock(hashtextextended(:place, 0))", Integer.class)
        .setParameter("place", arrival.collection() + "/" + arrival.path())
        .getSingleResult();
  }

  private LibraryDocument add(Work work, String actor, CollectionRow collection, Arrival arrival) {
    DocumentRow row = new DocumentRow();
    row.id = UUID.randomUUID();
    row.collection = collection;
    row.path = arrival.path();
    row.source = arrival.source();
    row.title = fileName(arrival.path());
    label(work.session(), row, arrival);
    row.createdAt = clock.instant();
    queue(row, arrival);
    work.session().persist(row);
    work.session().persist(revision(row, 1));
    work.record(
        new Change.DocumentAdded(
            actor,
            new DocumentId(row.id),
            arrival.collection(),
            arrival.revision(),
            arrival.path(),
            arrival.bytes(),
            Labels.groups(row.readers),
            arrival.run()));
    return row.toDocument();
  }

  private static void label(Session session, DocumentRow row, Arrival arrival) {
    Optional<String[]> own = arrival.readers().map(Labels::column);
    Optional<String[]> folder =
        arrival.labelledByHand()
            ? Optional.empty()
            : Folders.readers(session, row.collection, row.path);
    row.readers = folder.or(() -> own).orElse(row.collection.readers);
    row.labelledByHand = arrival.labelledByHand() || folder.isPresent();
  }

  private Acceptance revise(Work work, String actor, DocumentRow row, Arrival arrival) {
    if (!row.source.equals(arrival.source())) {
      if (!isFolder(arrival.source()) || !isFolder(row.source) || isThere(row.source)) {
        return new Acceptance.PathTaken(row.toDocument());
      }
      // A folder that was moved or renamed is the same one at its new place.
      work.record(
          new Change.DocumentMoved(
              actor,
              new DocumentId(row.id),
              Path.of(row.source),
              Path.of(arrival.source()),
              arrival.run()));
      row.source = arrival.source();
    }
    boolean relabelled =
        arrival
            .readers()
            .filter(_ -> arrival.labelledByHand() || !row.labelledByHand)
            .map(groups -> labels.set(work, actor, row, groups, arrival.labelledByHand()))
            .orElse(false);
    if (row.revision.equals(arrival.revision())) {
      return relabelled
          ? new Acceptance.Relabelled(row.toDocument())
          : new Acceptance.Unchanged(row.toDocument());
    }
    String previous = row.revision;
    queue(row, arrival);
    int number =
        work.session()
            .createSelectionQuery(
                "select max(key.number) from Revision where key.documentId = :id", Integer.class)
            .setParameter("id", row.id)
            .getSingleResult();
    work.session().persist(revision(row, number + 1));
    work.record(
        new Change.DocumentRevised(
            actor,
            new DocumentId(row.id),
            arrival.revision(),
            previous,
            arrival.bytes(),
            arrival.run()));
    return new Acceptance.Queued(row.toDocument(), Optional.of(previous), relabelled);
  }

  /// Whether a document is read from a folder, not uploaded.
  static boolean isFolder(String source) {
    return !source.equals(Arrival.UPLOAD);
  }

  /// A folder that may not be looked at counts as there.
  private static boolean isThere(String source) {
    return !Files.notExists(Path.of(source));
  }

  private void queue(DocumentRow row, Arrival arrival) {
    row.revision = arrival.revision();
    row.byteSize = arrival.bytes();
    row.modifiedAt = arrival.modifiedAt().orElse(null);
    row.requeue(clock.instant());
  }

  private RevisionRow revision(DocumentRow row, int number) {
    RevisionRow revision = new RevisionRow();
    revision.key = new RevisionRow.Key(row.id, number);
    revision.sha256 = row.revision;
    revision.byteSize = row.byteSize;
    revision.acceptedAt = clock.instant();
    return revision;
  }

  /// Puts a document that the caller may see at the start again.
  public LibraryDocument reread(String actor, AccessFilter access, DocumentId id) {
    return transactions.run(
        work -> {
          DocumentRow row = visible(work.session(), access, id);
          row.requeue(clock.instant());
          work.record(Readings.processed(actor, row));
          return row.toDocument();
        });
  }

  /// Removes a document that the caller may see. The index is to follow.
  public LibraryDocument remove(String actor, AccessFilter access, DocumentId id) {
    return transactions.run(
        work -> {
          DocumentRow row = visible(work.session(), access, id);
          LibraryDocument document = row.toDocument();
          remove(work, actor, row, Change.DocumentRemoved.Cause.REQUESTED, Optional.empty());
          return document;
        });
  }

  /// Removes documents whose files are gone. The index is to follow.
  public void removeGone(String actor, Collection<DocumentId> ids, UUID run) {
    transactions.run(
        work -> {
          for (DocumentId id : ids) {
            DocumentRow row = work.session().find(DocumentRow.class, id.value());
            if (row != null) {
              remove(work, actor, row, Change.DocumentRemoved.Cause.SOURCE_GONE, Optional.of(run));
            }
          }
          return ids;
        });
  }

  private static void remove(
      Work work,
      String actor,
      DocumentRow row,
      Change.DocumentRemoved.Cause cause,
      Optional<UUID> run) {
    work.session().remove(row);
    work.record(
        new Change.DocumentRemoved(
            actor, new DocumentId(row.id), new CollectionId(row.collection.id), cause, run));
  }

  /// Whether some document still has these bytes as its current revision.
  public boolean inUse(String revision) {
    return transactions.run(
        work ->
            work.session()
                    .createSelectionQuery(
                        "select count(*) from Document where revision = :revision", Long.class)
                    .setParameter("revision", revision)
                    .getSingleResult()
                > 0);
  }

  /// The SHA-256 of the bytes that documents have.
  Set<String> inUse() {
    return transactions.run(
        work ->
            Set.copyOf(
                work.session()
                    .createSelectionQuery("select distinct revision from Document", String.class)
                    .list()));
  }

  // --- Leaves

  static DocumentRow visible(Session session, AccessFilter access, DocumentId id) {
    return Optional.ofNullable(session.find(DocumentRow.class, id.value()))
        .filter(row -> access.admits(Labels.groups(row.readers)))
        .orElseThrow(Documents::unknown);
  }

  private static Optional<DocumentRow> at(Session session, CollectionId collection, String path) {
    return session
        .createSelectionQuery(
            "from Document d join fetch d.collection where d.collection.id = :collection and d.path"
                + " = :path",
            DocumentRow.class)
        .setParameter("collection", collection.value())
        .setParameter("path", path)
        .uniqueResultOptional();
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static LibraryException.NotFound unknown() {
    return new LibraryException.NotFound(
        LibraryException.Reason.NO_SUCH_DOCUMENT, "There is no such document");
  }
}
