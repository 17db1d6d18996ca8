package dev.docent.wiring;

import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.seal.Sealer;
import dev.docent.index.SearchIndex;
import dev.docent.ingest.Parser;
import dev.docent.ingest.embed.OnnxEmbeddingModel;
import dev.docent.library.Accounts;
import dev.docent.library.Documents;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// What happens before the first request is let in and after the last: abandoned intents are
/// closed, the index is made to agree with the library, jobs are taken up; and all of it is
/// recorded.
@Singleton
final class Lifecycle {
  private static final Logger LOG = Logger.getLogger(Lifecycle.class);

  private final UUID instance = UUID.randomUUID();
  private final AuditWriter writer;
  private final AuditReader log;
  private final AuditTrail trail;
  private final Sealer sealer;
  private final Accounts accounts;
  private final Documents documents;
  private final SearchIndex index;
  private final IngestJobs jobs;
  private final Parser parser;
  private final OnnxEmbeddingModel embeddings;
  private final ChatModels models;
  private final DataFolder data;
  private final String version;

  @Inject
  Lifecycle(
      AuditWriter writer,
      AuditReader log,
      AuditTrail trail,
      Sealer sealer,
      Accounts accounts,
      Documents documents,
      SearchIndex index,
      IngestJobs jobs,
      Parser parser,
      OnnxEmbeddingModel embeddings,
      ChatModels models,
      DataFolder data,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.writer = writer;
    this.log = log;
    this.trail = trail;
    this.sealer = sealer;
    this.accounts = accounts;
    this.documents = documents;
    this.index = index;
    this.jobs = jobs;
    this.parser = parser;
    this.embeddings = embeddings;
    this.models = models;
    this.data = data;
    this.version = version;
  }

  void start(@Observes StartupEvent event) {
    sealer.start();
    int abandoned = writer.reconcile(log);
    trail.serviceStarted(instance, version);
    if (abandoned > 0) {
      LOG.warnf("Questions without a recorded end were closed: intents=%d", abandoned);
    }
    accounts
        .createFirstAdministrator()
        .ifPresent(password -> data.writeSecret(data.firstPassword(), password + "\n"));
    new Reconciliation(documents, index, jobs).carryOut();
    jobs.start();
    models.load();
  }

  void stop(@Observes ShutdownEvent event) {
    jobs.close();
    models.close();
    parser.close();
    embeddings.close();
    index.close();
    trail.serviceStopped(instance);
    sealer.close();
    writer.close();
  }
}
