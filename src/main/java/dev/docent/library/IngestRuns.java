package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import jakarta.persistence.LockModeType;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/// The ingest runs and how each of their files ended. Safe for concurrent use.
public final class IngestRuns {
  private final Transactions transactions;
  private final InstantSource clock;

  public IngestRuns(Transactions transactions, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
  }

  public IngestRun start(
      String actor, Path root, String collection, Optional<Set<GroupId>> readers) {
    return transactions.run(
        work -> {
          readers.ifPresent(
              groups -> LibraryCollections.checkGroups(work.session(), "readers", groups));
          RunRow row = new RunRow();
          row.id = UUID.randomUUID();
          row.root = root.toString();
          row.collection = collection;
          row.readers = readers.map(Labels::column).orElse(null);
          row.state = IngestRun.State.RUNNING;
          row.startedBy = actor;
          row.startedAt = clock.instant();
          work.session().persist(row);
          work.record(new Change.IngestionStarted(actor, row.id, root));
          return row.toRun();
        });
  }

  public Optional<IngestRun> find(UUID id) {
    return transactions.run(
        work -> Optional.ofNullable(work.session().find(RunRow.class, id)).map(RunRow::toRun));
  }

  /// The latest runs, newest first.
  public List<IngestRun> latest(int limit) {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery("from IngestRun order by startedAt desc", RunRow.class)
                .setMaxResults(limit)
                .list()
                .stream()
                .map(RunRow::toRun)
                .toList());
  }

  public List<IngestItem> items(UUID run) {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from IngestItem where key.runId = :run order by key.path", ItemRow.class)
                .setParameter("run", run)
                .list()
                .stream()
                .map(ItemRow::toItem)
                .toList());
  }

  /// How many files of a run kept the labels that a person chose.
  public long labelsKept(UUID run) {
    return transactions.run(
        work ->
            work.session()
                .createSelectionQuery(
                    "select count(*) from IngestItem where key.runId = :run and reason = :reason",
                    Long.class)
                .setParameter("run", run)
                .setParameter("reason", IngestItem.LABELS_KEPT)
                .getSingleResult());
  }

  /// Begins a run anew, also one that a crash interrupted: what it had found is found again.
  public void begin(UUID run, CollectionId collection) {
    transactions.run(
        work -> {
          Session session = work.session();
          session
              .createMutationQuery("delete IngestItem where key.runId = :run")
              .setParameter("run", run)
              .executeUpdate();
          RunRow row = session.find(RunRow.class, run);
          row.collectionId = collection.value();
          row.total = 0;
          row.done = 0;
          row.added = 0;
          row.revised = 0;
          row.unchanged = 0;
          row.rejected = 0;
          row.removed = 0;
          row.currentPath = null;
          return run;
        });
  }

  public void found(UUID run, int total) {
    transactions.run(
        work ->
            work.session()
                .createMutationQuery("update IngestRun set total = :total where id = :run")
                .setParameter("total", total)
                .setParameter("run", run)
                .executeUpdate());
  }

  public void current(UUID run, String path) {
    transactions.run(
        work ->
            work.session()
                .createMutationQuery("update IngestRun set currentPath = :path where id = :run")
                .setParameter("path", path)
                .setParameter("run", run)
                .executeUpdate());
  }

  /// Adds the outcome of one file and counts it.
  public void ended(UUID run, IngestItem item, Optional<DocumentId> document) {
    transactions.run(
        work -> {
          ItemRow row = new ItemRow();
          row.key = new ItemRow.Key(run, item.path());
          row.documentId = document.map(DocumentId::value).orElse(null);
          row.outcome = item.outcome();
          row.reason = item.reason().orElse(null);
          row.detail = item.detail().orElse(null);
          row.mediaType = item.mediaType().orElse(null);
          row.pages = item.pages().isPresent() ? item.pages().getAsInt() : null;
          row.passages = item.passages().isPresent() ? item.passages().getAsInt() : null;
          row.millis = item.took().toMillis();
          work.session().persist(row);
          Optional<String> counter =
              switch (item.outcome()) {
                case ADDED -> Optional.of("done = done + 1, added = added + 1");
                case REVISED -> Optional.of("done = done + 1, revised = revised + 1");
                case UNCHANGED -> Optional.of("done = done + 1, unchanged = unchanged + 1");
                case REJECTED, FAILED -> Optional.of("done = done + 1, rejected = rejected + 1");
                case REMOVED -> Optional.of("removed = removed + 1");
                case SKIPPED -> Optional.empty();
              };
          counter.ifPresent(
              change ->
                  work.session()
                      .createMutationQuery("update IngestRun set " + change + " where id = :run")
                      .setParameter("run", run)
                      .executeUpdate());
          return row;
        });
  }

  /// Ends a run that is still running.
  ///
  /// @return false when it had ended before
  public boolean finish(String actor, UUID run, IngestRun.State state, Optional<String> detail) {
    return transactions.run(
        work -> {
          RunRow row = work.session().find(RunRow.class, run, LockModeType.PESSIMISTIC_WRITE);
          if (row == null || row.state != IngestRun.State.RUNNING) {
            return false;
          }
          row.state = state;
          row.detail = detail.orElse(null);
          row.currentPath = null;
          row.finishedAt = clock.instant();
          work.record(new Change.IngestionFinished(actor, run, state, row.toRun().counts()));
          return true;
        });
  }
}
