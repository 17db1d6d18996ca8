package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.AccessFilter;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.library.Transactions.Work;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/// The collections of documents. Safe for concurrent use.
public final class LibraryCollections {
  private final Transactions transactions;
  private final InstantSource clock;

  public LibraryCollections(Transactions transactions, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
  }

  /// The collections with at least one document that `access` admits and those that it may add to,
  /// or all of them, by name.
  ///
  /// @param all also those without such a document
  public List<LibraryCollection> list(AccessFilter access, boolean all) {
    return transactions.run(
        work -> {
          Map<UUID, Content> contents = contents(work.session(), access);
          return work
              .session()
              .createSelectionQuery("from LibraryCollection order by name", CollectionRow.class)
              .list()
              .stream()
              .map(row -> collection(row, contents.getOrDefault(row.id, Content.NONE)))
              .filter(one -> all || one.documents() > 0 || access.admits(one.contributors()))
              .toList();
        });
  }

  /// What of a collection somebody may see.
  private record Content(long documents, long inFolders) {
    static final Content NONE = new Content(0, 0);
  }

  private static LibraryCollection collection(CollectionRow row, Content content) {
    return row.toCollection(content.documents(), content.inFolders() > 0);
  }

  private static Map<UUID, Content> contents(Session session, AccessFilter access) {
    String query =
        """
        select d.collection.id, count(*), sum(case when d.path like '%%/%%' then 1 else 0 end)
        from Document d where %s group by d.collection.id"""
            .formatted(Visibility.clause(access));
    return Visibility.bind(session.createSelectionQuery(query, Object[].class), access)
        .list()
        .stream()
        .collect(
            Collectors.toMap(
                row -> (UUID) row[0], row -> new Content((Long) row[1], (Long) row[2])));
  }

  public LibraryCollection get(CollectionId id) {
    return transactions.run(work -> existing(work.session(), id).toCollection());
  }

  public LibraryCollection create(
      String actor,
      String name,
      String description,
      Set<GroupId> readers,
      Set<GroupId> contributors) {
    checkName(name);
    checkDescription(description);
    return transactions.run(
        work -> {
          if (byName(work.session(), name.strip()).isPresent()) {
            throw new LibraryException.Conflict(
                LibraryException.Reason.COLLECTION_EXISTS,
                "There is a collection of this name already");
          }
          CollectionRow row = persist(work, actor, name.strip(), description, readers);
          if (!contributors.isEmpty()) {
            admit(work, actor, row, contributors);
          }
          return row.toCollection();
        });
  }

  /// The collection of this name, made when it is missing. Two callers get the same one.
  public LibraryCollection ensure(
      String actor, String name, String description, Set<GroupId> readers) {
    checkName(name);
    return transactions.run(
        work -> {
          work.session()
              .createNativeQuery(
                  "select 1 from pg_advisory_xact_lock(hashtext('library.collection'))",
                  Integer.class)
              .getSingleResult();
          return byName(work.session(), name.strip())
              .orElseGet(() -> persist(work, actor, name.strip(), description, readers))
              .toCollection();
        });
  }

  private CollectionRow persist(
      Work work, String actor, String name, String description, Set<GroupId> readers) {
    checkGroups(work.session(), "readers", readers);
    CollectionRow row = new CollectionRow();
    row.id = UUID.randomUUID();
    row.name = name;
    row.description = description;
    row.readers = Labels.column(readers);
    row.contributors = Labels.column(Set.of());
    row.createdAt = clock.instant();
    work.session().persist(row);
    work.record(new Change.CollectionCreated(actor, new CollectionId(row.id), name, readers));
    return row;
  }

  /// What is empty stays. New readers hold for documents that come later.
  public LibraryCollection change(
      String actor,
      CollectionId id,
      Optional<String> name,
      Optional<String> description,
      Optional<Set<GroupId>> readers,
      Optional<Set<GroupId>> contributors) {
    name.ifPresent(LibraryCollections::checkName);
    description.ifPresent(LibraryCollections::checkDescription);
    return transactions.run(
        work -> {
          CollectionRow row = existing(work.session(), id);
          name.ifPresent(value -> rename(work, actor, row, value.strip()));
          description.ifPresent(value -> describe(work, actor, row, value));
          readers.ifPresent(groups -> relabel(work, actor, row, groups));
          contributors.ifPresent(groups -> admit(work, actor, row, groups));
          return row.toCollection();
        });
  }

  private static void rename(Work work, String actor, CollectionRow row, String name) {
    if (byName(work.session(), name).filter(other -> !other.id.equals(row.id)).isPresent()) {
      throw new LibraryException.Conflict(
          LibraryException.Reason.COLLECTION_EXISTS, "There is a collection of this name already");
    }
    row.name = name;
    work.record(new Change.CollectionChanged(actor, new CollectionId(row.id), Set.of("name")));
  }

  private static void describe(Work work, String actor, CollectionRow row, String description) {
    row.description = description;
    work.record(
        new Change.CollectionChanged(actor, new CollectionId(row.id), Set.of("description")));
  }

  private static void relabel(Work work, String actor, CollectionRow row, Set<GroupId> readers) {
    checkGroups(work.session(), "readers", readers);
    Set<GroupId> before = Labels.groups(row.readers);
    row.readers = Labels.column(readers);
    work.record(
        new Change.GrantsChanged(
            actor,
            new CollectionId(row.id),
            Change.GrantsChanged.Grant.READ,
            Optional.empty(),
            before,
            readers));
  }

  private static void admit(Work work, String actor, CollectionRow row, Set<GroupId> contributors) {
    checkGroups(work.session(), "contributors", contributors);
    Set<GroupId> before = Labels.groups(row.contributors);
    row.contributors = Labels.column(contributors);
    work.record(
        new Change.GrantsChanged(
            actor,
            new CollectionId(row.id),
            Change.GrantsChanged.Grant.CONTRIBUTE,
            Optional.empty(),
            before,
            contributors));
  }

  /// Removes a collection with its documents.
  ///
  /// @return the documents, to be removed from the index
  public List<LibraryDocument> remove(String actor, CollectionId id) {
    return transactions.run(
        work -> {
          Session session = work.session();
          CollectionRow row = existing(session, id);
          List<DocumentRow> documents =
              session
                  .createSelectionQuery(
                      "from Document where collection.id = :id", DocumentRow.class)
                  .setParameter("id", id.value())
                  .list();
          List<LibraryDocument> removed = documents.stream().map(DocumentRow::toDocument).toList();
          documents.forEach(
              document -> {
                session.remove(document);
                work.record(
                    new Change.DocumentRemoved(
                        actor,
                        new DocumentId(document.id),
                        id,
                        Change.DocumentRemoved.Cause.COLLECTION_REMOVED,
                        Optional.empty()));
              });
          session.flush();
          session.remove(row);
          work.record(new Change.CollectionRemoved(actor, id, documents.size()));
          return removed;
        });
  }

  static CollectionRow existing(Session session, CollectionId id) {
    CollectionRow row = session.find(CollectionRow.class, id.value());
    if (row == null) {
      throw new LibraryException.NotFound(
          LibraryException.Reason.NO_SUCH_COLLECTION, "There is no such collection");
    }
    return row;
  }

  private static Optional<CollectionRow> byName(Session session, String name) {
    return session
        .createSelectionQuery("from LibraryCollection where name = :name", CollectionRow.class)
        .setParameter("name", name)
        .uniqueResultOptional();
  }

  /// Refuses labels that no group stands behind: nobody could ever be given them by mistake later.
  static void checkGroups(Session session, String field, Set<GroupId> groups) {
    Set<String> known =
        session.createSelectionQuery("select name from AccessGroup", String.class).list().stream()
            .collect(Collectors.toSet());
    for (GroupId group : groups) {
      if (!known.contains(group.value())) {
        throw new LibraryException.Invalid(
            field,
            LibraryException.Reason.UNKNOWN_GROUP,
            "There is no group '" + group + "'",
            Map.of("name", group.value()));
      }
    }
  }

  private static void checkName(String name) {
    if (name.isBlank() || name.strip().length() > 200) {
      throw LibraryException.Invalid.length(
          "name", "A collection's name has 1 to 200 characters", 1, 200);
    }
  }

  private static void checkDescription(String description) {
    if (description.length() > 2000) {
      throw LibraryException.Invalid.length(
          "description", "A description has at most 2000 characters", 0, 2000);
    }
  }
}
