package dev.docent.api;

import dev.docent.access.AccessFilter;
import dev.docent.answer.Writer;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.library.DocumentState;
import dev.docent.library.Documents;
import dev.docent.library.LibraryCollections;
import dev.docent.model.ModelIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/// How the service is, now. Safe for concurrent use.
public final class ServiceStatus {
  private final String version;
  private final Instant started;
  private final LibraryCollections collections;
  private final Documents documents;
  private final AuditWriter audit;
  private final Supplier<Writer> writer;

  public ServiceStatus(
      String version,
      Instant started,
      LibraryCollections collections,
      Documents documents,
      AuditWriter audit,
      Supplier<Writer> writer) {
    this.version = version;
    this.started = started;
    this.collections = collections;
    this.documents = documents;
    this.audit = audit;
    this.writer = writer;
  }

  StatusResource.StatusView now() {
    Map<DocumentState, Long> states = documents.states();
    AuditWriter.Health health = audit.health();
    Writer now = writer.get();
    return new StatusResource.StatusView(
        version,
        started,
        now instanceof Writer.Ready(var model) ? view(model.identity()) : null,
        now instanceof Writer.Loading,
        new StatusResource.LibraryView(
            collections.list(new AccessFilter.Everything(), true).size(),
            states.values().stream().mapToLong(Long::longValue).sum(),
            states.getOrDefault(DocumentState.READY, 0L),
            states.getOrDefault(DocumentState.QUEUED, 0L)
                + states.getOrDefault(DocumentState.READING, 0L)
                + states.getOrDefault(DocumentState.WORDS, 0L),
            states.getOrDefault(DocumentState.REJECTED, 0L)
                + states.getOrDefault(DocumentState.FAILED, 0L)),
        new StatusResource.AuditView(
            health.available(),
            health.lastDurable().orElse(null),
            health.waiting(),
            health.spooled()));
  }

  private static AnswerView.ModelView view(ModelIdentity identity) {
    return new AnswerView.ModelView(identity.name(), identity.sha256());
  }
}
