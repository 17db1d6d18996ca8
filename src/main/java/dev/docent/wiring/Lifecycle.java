package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.api.FirstScreens;
import dev.docent.api.LogHealth;
import dev.docent.api.OperatorToken;
import dev.docent.api.PagePictures;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.seal.Sealer;
import dev.docent.index.SearchIndex;
import dev.docent.ingest.Parser;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.library.Accounts;
import dev.docent.library.BlobStore;
import dev.docent.library.BlobSweep;
import dev.docent.library.Documents;
import dev.docent.library.Readings;
import dev.docent.library.Uploads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// What happens before the first request is let in and after the last: the operator's token is
/// read, abandoned intents are closed, the index is made to agree with the library, jobs are taken
/// up; and all of it is recorded.
@Singleton
final class Lifecycle {
  private static final Logger LOG = Logger.getLogger(Lifecycle.class);
  private static final int START_TRIES = 15;
  private static final Duration FIRST_CHECK = Duration.ofMinutes(10);

  private final UUID instance = UUID.randomUUID();
  private final AuditWriter writer;
  private final AuditReader log;
  private final OperationTrail trail;
  private final Sealer sealer;
  private final Announcements announcements;
  private final FirstScreens firstScreens;
  private final LogHealth health;
  private final LogAlarms alarms;
  private final Settings settings;
  private final ScheduledExecutorService checks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("audit-checks").daemon().factory());
  private final Accounts accounts;
  private final Documents documents;
  private final Readings readings;
  private final Uploads uploads;
  private final BlobStore blobs;
  private final SearchIndex index;
  private final IngestJobs jobs;
  private final Parser parser;
  private final PagePictures pictures;
  private final OnnxEmbeddingModel embeddings;
  private final ChatModels models;
  private final DataFolder data;
  private final String version;

  @Inject
  Lifecycle(
      AuditWriter writer,
      AuditReader log,
      OperationTrail trail,
      Sealer sealer,
      Announcements announcements,
      FirstScreens firstScreens,
      LogHealth health,
      LogAlarms alarms,
      Settings settings,
      Accounts accounts,
      Documents documents,
      Readings readings,
      Uploads uploads,
      BlobStore blobs,
      SearchIndex index,
      IngestJobs jobs,
      Parser parser,
      PagePictures pictures,
      OnnxEmbeddingModel embeddings,
      ChatModels models,
      DataFolder data,
      OperatorToken operator,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.writer = writer;
    this.log = log;
    this.trail = trail;
    this.sealer = sealer;
    this.announcements = announcements;
    this.firstScreens = firstScreens;
    this.health = health;
    this.alarms = alarms;
    this.settings = settings;
    this.accounts = accounts;
    this.documents = documents;
    this.readings = readings;
    this.uploads = uploads;
    this.blobs = blobs;
    this.index = index;
    this.jobs = jobs;
    this.parser = parser;
    this.pictures = pictures;
    this.embeddings = embeddings;
    this.models = models;
    this.data = data;
    requireNonNull(operator, "operator"); // made now: its file may be another by the first request
    this.version = version;
  }

  void start(@Observes StartupEvent event) {
    announcements.start();
    sealer.start();
    int abandoned = patiently(() -> writer.reconcile(log));
    patiently(
        () -> {
          trail.serviceStarted(instance, version);
          return instance;
        });
    if (abandoned > 0) {
      LOG.warnf("Questions without a recorded end were closed: intents=%d", abandoned);
    }
    accounts
        .createFirstAdministrator()
        .ifPresent(password -> data.writeSecret(data.firstPassword(), password + "\n"));
    patiently(
        () -> {
          trail.settings(log, SettingsOnRecord.of(settings));
          return instance;
        });
    Reconciliation.Done done = new Reconciliation(documents, readings, index, jobs).carryOut();
    trail.indexReconciled(done.removed(), done.queued());
    jobs.start();
    models.load();
    checks.execute(firstScreens::rehearse);
    checks.scheduleWithFixedDelay(alarms::look, 5, 5, TimeUnit.SECONDS);
    checks.scheduleWithFixedDelay(this::reconcile, 60, 60, TimeUnit.SECONDS);
    checks.scheduleWithFixedDelay(this::removeExpiredUploads, 1, 60, TimeUnit.MINUTES);
    checks.scheduleWithFixedDelay(this::removeUnusedBlobs, 1, 60, TimeUnit.MINUTES);
    long every = settings.audit().check().toSeconds();
    checks.scheduleWithFixedDelay(
        this::checkLog, Math.min(every, FIRST_CHECK.toSeconds()), every, TimeUnit.SECONDS);
  }

  /// Nobody waits yet, so a database that is slow to begin with gets several times the time of one
  /// record.
  private static <T> T patiently(Supplier<T> recording) {
    for (int left = START_TRIES; ; left--) {
      try {
        return recording.get();
      } catch (AuditUnavailableException e) {
        if (left == 1) {
          throw e;
        }
        LOG.warn("The audit log does not take records yet; trying again");
      }
    }
  }

  /// Closes what an outage of the database left open; one that lasts is tried again.
  private void reconcile() {
    try {
      int closed = writer.reconcile(log);
      if (closed > 0) {
        LOG.warnf("Questions without a recorded end were closed: intents=%d", closed);
      }
    } catch (AuditUnavailableException e) {
      LOG.warnf("The audit log does not answer: %s", e.getClass().getSimpleName());
    }
  }

  private void checkLog() {
    try {
      health.startCheck(ActorRef.SYSTEM);
    } catch (AuditUnavailableException e) {
      // A task that throws is not run again.
      LOG.warnf("The audit log is not checked now: %s", e.getMessage());
    }
  }

  private void removeExpiredUploads() {
    try {
      int removed = uploads.removeExpired();
      if (removed > 0) {
        LOG.infof("Uploads that nobody went on with were removed: uploads=%d", removed);
      }
    } catch (RuntimeException e) {
      // A task that throws is not run again; the database may be away for a while.
      LOG.warnf("Expired uploads stay for now: %s", e.getClass().getSimpleName());
    }
  }

  private void removeUnusedBlobs() {
    try {
      int removed = new BlobSweep(documents, blobs).carryOut();
      if (removed > 0) {
        LOG.infof("Bytes that no document has were removed: originals=%d", removed);
      }
    } catch (RuntimeException e) {
      LOG.warnf("Bytes that no document has stay for now: %s", e.getClass().getSimpleName());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    checks.shutdownNow();
    health.close();
    jobs.close();
    models.close();
    parser.close();
    pictures.close();
    embeddings.close();
    index.close();
    trail.serviceStopped(instance);
    sealer.close();
    announcements.close();
    writer.close();
  }
}
