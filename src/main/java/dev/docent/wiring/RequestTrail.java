package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.access.DocumentId;
import dev.docent.answer.Citation;
import dev.docent.api.RequestRecorder;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.Names;
import dev.docent.compliance.audit.Sha256;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.index.SearchScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What requests reveal, or are refused, on record. Safe for concurrent use.
final class RequestTrail implements RequestRecorder {
  private final AuditWriter writer;
  private final Pseudonyms people;
  private final TextDigester installation;

  /// @param installation digests texts that belong to no person
  RequestTrail(AuditWriter writer, Pseudonyms people, TextDigester installation) {
    this.writer = requireNonNull(writer, "writer");
    this.people = requireNonNull(people, "people");
    this.installation = requireNonNull(installation, "installation");
  }

  @Override
  public ActorRef reference(Caller caller) {
    return people.of(caller);
  }

  @Override
  public void signInFailed(String username) {
    writer.append(
        new AuditEvent.SignInFailed(
            ActorRef.ANONYMOUS, installation.digest(username), AuditEvent.Credential.PASSWORD));
  }

  @Override
  public void passwordRefused(Caller caller) {
    ActorRef actor = people.of(caller);
    writer.append(
        new AuditEvent.SignInFailed(
            actor, people.digester(actor).digest(caller.name()), AuditEvent.Credential.PASSWORD));
  }

  @Override
  public void signInLocked(String username, Duration wait) {
    writer.append(
        new AuditEvent.SignInLocked(
            ActorRef.ANONYMOUS, installation.digest(username), Math.max(0, wait.toMillis())));
  }

  @Override
  public void denied(
      Optional<Caller> caller,
      String operation,
      AuditEvent.DenialReason reason,
      Optional<DocumentId> document) {
    writer.append(
        new AuditEvent.AccessDenied(
            caller.map(people::of).orElse(ActorRef.ANONYMOUS),
            operation,
            reason,
            document.map(DocumentId::value)));
  }

  @Override
  public void documentOpened(
      Caller caller, DocumentId document, String revision, AuditEvent.DocumentForm form) {
    writer.append(
        new AuditEvent.DocumentOpened(
            people.of(caller), document.value(), new Sha256(revision), form));
  }

  @Override
  public void listed(Caller caller, AuditEvent.Listing listing, int items) {
    writer.append(new AuditEvent.Listed(people.of(caller), listing, items));
  }

  @Override
  public void conversationOpened(Caller caller, UUID conversation) {
    ActorRef actor = people.of(caller);
    writer.append(
        new AuditEvent.ConversationTouched(
            actor, conversation, actor, AuditEvent.ConversationAct.OPENED));
  }

  @Override
  public UUID searchIntended(Caller caller, String question, SearchScope scope) {
    ActorRef actor = people.of(caller);
    return writer
        .append(
            new AuditEvent.QuestionAsked(
                actor,
                people.digester(actor).digest(question),
                AuditEvent.QuestionForm.SEARCH,
                Translation.collections(scope.collections()),
                Translation.documents(scope.documents()),
                scope.period().from(),
                scope.period().until(),
                Optional.empty()))
        .event();
  }

  @Override
  public void searchCompleted(Caller caller, UUID intent, List<Citation> shown, Duration took) {
    writer.append(
        new AuditEvent.SearchCompleted(
            people.of(caller), intent, Translation.passages(shown), took.toMillis()));
  }

  @Override
  public void searchFailed(Caller caller, UUID intent, String error, Duration took) {
    writer.append(
        new AuditEvent.AnswerFailed(people.of(caller), intent, error, List.of(), took.toMillis()));
  }

  @Override
  public void auditRead(
      Caller caller,
      Set<String> filter,
      Optional<ActorRef> person,
      Optional<UUID> record,
      int records) {
    writer.append(
        new AuditEvent.AuditRead(people.of(caller), Names.of(filter), person, record, records));
  }

  @Override
  public UUID exportStarted(
      Caller caller, AuditEvent.ExportForm form, Set<String> filter, AuditQuery query) {
    return writer
        .append(
            new AuditEvent.ExportStarted(
                people.of(caller),
                form,
                Names.of(filter),
                query.person(),
                query.document(),
                query.from(),
                query.to()))
        .event();
  }

  @Override
  public void exportFinished(
      Caller caller, UUID intent, AuditEvent.RunEnd end, long records, Optional<Sha256> content) {
    writer.append(new AuditEvent.ExportFinished(people.of(caller), intent, end, records, content));
  }
}
