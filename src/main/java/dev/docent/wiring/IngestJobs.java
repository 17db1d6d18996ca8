package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.docent.access.DocumentId;
import dev.docent.library.DatabaseAway;
import dev.docent.library.IndexFeed;
import dev.docent.library.IngestRun;
import dev.docent.library.LibraryDocument;
import dev.docent.library.ReadingProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// The work that outlives a request, queued in PostgreSQL: ingest runs, and documents to be read.
///
/// A job that was acknowledged is carried out: after a crash its heartbeat stops, and it is started
/// again, from the beginning, where what was done before costs nothing. A job whose environment is
/// broken (disk, database) is retried with growing pauses. Safe for concurrent use.
final class IngestJobs implements IndexFeed, AutoCloseable {
  // Jobs wait for the parser and the embedding model most of the time; those set their own limits.
  private static final int THREADS = 8;
  private static final Duration POLL = Duration.ofSeconds(1);
  // Dead after four missed beats, the least that the scheduler allows.
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private static final Logger LOG = Logger.getLogger(IngestJobs.class);

  private final DocumentFeed feed;
  private final FolderRun folderRun;
  private final OneTimeTask<Void> read;
  private final OneTimeTask<Void> reread;
  private final OneTimeTask<Void> run;
  private final Scheduler scheduler;

  IngestJobs(DataSource database, DocumentFeed feed, FolderRun folderRun) {
    this.feed = requireNonNull(feed, "feed");
    this.folderRun = requireNonNull(folderRun, "folderRun");
    this.read =
        Tasks.oneTime("read-document")
            .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(FIRST_RETRY))
            .execute((task, _) -> carryOut(task.getId(), id -> feed.read(document(id))));
    this.reread =
        Tasks.oneTime("reread-document")
            .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(FIRST_RETRY))
            .execute((task, _) -> carryOut(task.getId(), id -> feed.readAnew(document(id))));
    this.run =
        Tasks.oneTime("ingest-run")
            .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(FIRST_RETRY))
            .execute((task, _) -> carryOut(task.getId(), this::readFolder));
    this.scheduler =
        Scheduler.create(database, read, reread, run)
            .tableName("library.scheduled_tasks")
            .threads(THREADS)
            .executorService(
                Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("ingest-job-", 0).factory()))
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(STOP_WITHIN)
            .enableImmediateExecution()
            .build();
  }

  void start() {
    scheduler.start();
  }

  /// The scheduler's own words are not in the log (`application.properties`): while the database is
  /// away it says so with a stack trace every second, and others have said it once.
  private static void carryOut(String instance, Consumer<String> job) {
    try {
      job.accept(instance);
    } catch (RuntimeException e) {
      if (!DatabaseAway.caused(e)) {
        LOG.errorf(e, "A job failed and is tried again: job=%s", instance);
      }
      throw e;
    }
  }

  private void readFolder(String instance) {
    folderRun.carryOut(UUID.fromString(instance));
    // The serial collector gives memory back only when it collects everything, and an idle service
    // would not for hours: 150 MB of heap that reading had filled stayed, 25 MB of it in use.
    System.gc();
  }

  /// One job for each revision: new bytes are not held up, nor lost, by a job that is at work.
  private static String instance(LibraryDocument document) {
    return document.id() + ":" + document.revision();
  }

  private static DocumentId document(String instance) {
    return DocumentId.of(instance.substring(0, instance.indexOf(':')));
  }

  @Override
  public void submit(LibraryDocument document) {
    scheduler.scheduleIfNotExists(read.instance(instance(document)), Instant.now());
  }

  @Override
  public void reread(LibraryDocument document) {
    scheduler.scheduleIfNotExists(reread.instance(instance(document)), Instant.now());
  }

  @Override
  public void submit(IngestRun ingest) {
    scheduler.scheduleIfNotExists(run.instance(ingest.id().toString()), Instant.now());
  }

  @Override
  public Optional<ReadingProgress> progress(DocumentId document) {
    return feed.progress(document);
  }

  @Override
  public void cancel(UUID id) {
    folderRun.cancel(id);
  }

  @Override
  public void relabelled(Collection<DocumentId> documents) {
    feed.relabel(documents);
  }

  @Override
  public void replaced(String sha256) {
    feed.discard(sha256);
  }

  @Override
  public void removed(Collection<LibraryDocument> documents) {
    feed.remove(documents);
  }

  @Override
  public void close() {
    folderRun.stop();
    scheduler.stop();
  }
}
