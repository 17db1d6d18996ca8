package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.DocumentId;
import dev.docent.answer.Citation;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditQuery;
import dev.docent.compliance.audit.Sha256;
import dev.docent.index.SearchScope;
import dev.docent.library.LibraryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Writes what requests reveal and what they are refused into the audit log; durable when a method
/// returns. Safe for concurrent use. Every method throws
/// [dev.docent.compliance.audit.AuditUnavailableException] when it is not: then nothing is
/// released.
public interface RequestRecorder {
  /// Who a caller is in the log.
  ActorRef reference(Caller caller);

  /// @param username as typed
  void signInFailed(String username);

  /// Someone signed in gave a wrong password where theirs is asked for again.
  void passwordRefused(Caller caller);

  void signInLocked(String username, Duration wait);

  /// @param caller empty without valid credentials
  /// @param operation method and route template, never its values
  void denied(
      Optional<Caller> caller,
      String operation,
      AuditEvent.DenialReason reason,
      Optional<DocumentId> document);

  /// Takes a step on something of the caller's own. What is another's is answered as what is not
  /// there, and both are on record.
  default <T> T recordingDenial(Caller caller, String operation, Supplier<T> step) {
    try {
      return step.get();
    } catch (LibraryException.NotFound e) {
      denied(Optional.of(caller), operation, AuditEvent.DenialReason.NOT_GRANTED, Optional.empty());
      throw e;
    }
  }

  /// The same on a document, which is named on record.
  default <T> T recordingDenial(
      Caller caller, String operation, DocumentId document, Supplier<T> step) {
    try {
      return step.get();
    } catch (LibraryException.NotFound e) {
      denied(
          Optional.of(caller),
          operation,
          AuditEvent.DenialReason.NOT_GRANTED,
          Optional.of(document));
      throw e;
    }
  }

  void documentOpened(
      Caller caller, DocumentId document, String revision, AuditEvent.DocumentForm form);

  void listed(Caller caller, AuditEvent.Listing listing, int items);

  void conversationOpened(Caller caller, UUID conversation);

  /// @return the intent's record
  UUID searchIntended(Caller caller, String question, SearchScope scope);

  void searchCompleted(Caller caller, UUID intent, List<Citation> shown, Duration took);

  void searchFailed(Caller caller, UUID intent, String error, Duration took);

  /// @param filter names of the fields the log was searched by
  /// @param person whose records were searched for
  void auditRead(
      Caller caller,
      Set<String> filter,
      Optional<ActorRef> person,
      Optional<UUID> record,
      int records);

  /// @param filter names of the fields that the query restricts
  /// @return the intent's record
  UUID exportStarted(
      Caller caller, AuditEvent.ExportForm form, Set<String> filter, AuditQuery query);

  void exportFinished(
      Caller caller, UUID intent, AuditEvent.RunEnd end, long records, Optional<Sha256> content);
}
