package dev.docent.compliance.audit;

import dev.docent.compliance.audit.AuditEvent.AccessDenied;
import dev.docent.compliance.audit.AuditEvent.AccountChanged;
import dev.docent.compliance.audit.AuditEvent.AccountCreated;
import dev.docent.compliance.audit.AuditEvent.AccountDisabled;
import dev.docent.compliance.audit.AuditEvent.AccountEnabled;
import dev.docent.compliance.audit.AuditEvent.AnswerCancelled;
import dev.docent.compliance.audit.AuditEvent.AnswerFailed;
import dev.docent.compliance.audit.AuditEvent.AnswerForm;
import dev.docent.compliance.audit.AuditEvent.AnswerRated;
import dev.docent.compliance.audit.AuditEvent.AnswerRefused;
import dev.docent.compliance.audit.AuditEvent.Answered;
import dev.docent.compliance.audit.AuditEvent.AuditRead;
import dev.docent.compliance.audit.AuditEvent.CancelCause;
import dev.docent.compliance.audit.AuditEvent.CheckEnd;
import dev.docent.compliance.audit.AuditEvent.CollectionChanged;
import dev.docent.compliance.audit.AuditEvent.CollectionCreated;
import dev.docent.compliance.audit.AuditEvent.CollectionRemoved;
import dev.docent.compliance.audit.AuditEvent.ConversationAct;
import dev.docent.compliance.audit.AuditEvent.ConversationTouched;
import dev.docent.compliance.audit.AuditEvent.Credential;
import dev.docent.compliance.audit.AuditEvent.Decision;
import dev.docent.compliance.audit.AuditEvent.DenialReason;
import dev.docent.compliance.audit.AuditEvent.DocumentAdded;
import dev.docent.compliance.audit.AuditEvent.DocumentForm;
import dev.docent.compliance.audit.AuditEvent.DocumentMoved;
import dev.docent.compliance.audit.AuditEvent.DocumentOpened;
import dev.docent.compliance.audit.AuditEvent.DocumentProcessed;
import dev.docent.compliance.audit.AuditEvent.DocumentRejected;
import dev.docent.compliance.audit.AuditEvent.DocumentRelabelled;
import dev.docent.compliance.audit.AuditEvent.DocumentRemoved;
import dev.docent.compliance.audit.AuditEvent.DocumentUpdated;
import dev.docent.compliance.audit.AuditEvent.EpochOpened;
import dev.docent.compliance.audit.AuditEvent.ExportFinished;
import dev.docent.compliance.audit.AuditEvent.ExportForm;
import dev.docent.compliance.audit.AuditEvent.ExportStarted;
import dev.docent.compliance.audit.AuditEvent.Grant;
import dev.docent.compliance.audit.AuditEvent.GrantsChanged;
import dev.docent.compliance.audit.AuditEvent.GroupCreated;
import dev.docent.compliance.audit.AuditEvent.GroupRemoved;
import dev.docent.compliance.audit.AuditEvent.HoldPlaced;
import dev.docent.compliance.audit.AuditEvent.HoldReleased;
import dev.docent.compliance.audit.AuditEvent.IndexReconciled;
import dev.docent.compliance.audit.AuditEvent.IngestionFinished;
import dev.docent.compliance.audit.AuditEvent.IngestionStarted;
import dev.docent.compliance.audit.AuditEvent.KeyAnnounced;
import dev.docent.compliance.audit.AuditEvent.KeyChange;
import dev.docent.compliance.audit.AuditEvent.Listed;
import dev.docent.compliance.audit.AuditEvent.Listing;
import dev.docent.compliance.audit.AuditEvent.LogCheckStarted;
import dev.docent.compliance.audit.AuditEvent.LogVerified;
import dev.docent.compliance.audit.AuditEvent.MembershipChanged;
import dev.docent.compliance.audit.AuditEvent.ModelLoaded;
import dev.docent.compliance.audit.AuditEvent.ModelUnavailable;
import dev.docent.compliance.audit.AuditEvent.PassagesRetrieved;
import dev.docent.compliance.audit.AuditEvent.PassagesShown;
import dev.docent.compliance.audit.AuditEvent.PasswordChanged;
import dev.docent.compliance.audit.AuditEvent.ProcessingStep;
import dev.docent.compliance.audit.AuditEvent.Pruned;
import dev.docent.compliance.audit.AuditEvent.PruningDecided;
import dev.docent.compliance.audit.AuditEvent.PruningProposed;
import dev.docent.compliance.audit.AuditEvent.QuestionAsked;
import dev.docent.compliance.audit.AuditEvent.QuestionForm;
import dev.docent.compliance.audit.AuditEvent.Rating;
import dev.docent.compliance.audit.AuditEvent.RatingReason;
import dev.docent.compliance.audit.AuditEvent.Reconciled;
import dev.docent.compliance.audit.AuditEvent.RefusalReason;
import dev.docent.compliance.audit.AuditEvent.RemovalCause;
import dev.docent.compliance.audit.AuditEvent.RolesChanged;
import dev.docent.compliance.audit.AuditEvent.RunEnd;
import dev.docent.compliance.audit.AuditEvent.Sealed;
import dev.docent.compliance.audit.AuditEvent.SearchCompleted;
import dev.docent.compliance.audit.AuditEvent.ServiceStarted;
import dev.docent.compliance.audit.AuditEvent.ServiceStopped;
import dev.docent.compliance.audit.AuditEvent.SettingChanged;
import dev.docent.compliance.audit.AuditEvent.SignInFailed;
import dev.docent.compliance.audit.AuditEvent.SignInLocked;
import dev.docent.compliance.audit.AuditEvent.SignOutCause;
import dev.docent.compliance.audit.AuditEvent.SignedIn;
import dev.docent.compliance.audit.AuditEvent.SignedOut;
import dev.docent.compliance.audit.AuditEvent.SpoolReplayed;
import dev.docent.compliance.audit.AuditEvent.TokenCreated;
import dev.docent.compliance.audit.AuditEvent.TokenRevoked;
import dev.docent.compliance.audit.AuditEvent.UploadEnd;
import dev.docent.compliance.audit.AuditEvent.UploadRemoved;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// One event of every type, with every optional field filled.
final class EventSamples {
  static final ActorRef ANNA = new ActorRef("act_aaaaaaaaaaaaaaaaaaaaaaaaaa");
  static final ActorRef BERT = new ActorRef("act_bbbbbbbbbbbbbbbbbbbbbbbbbb");
  static final UUID DOCUMENT = UUID.fromString("00000000-0000-4000-8000-00000000d0c0");
  static final UUID COLLECTION = UUID.fromString("00000000-0000-4000-8000-00000000c011");
  static final UUID RUN = UUID.fromString("00000000-0000-4000-8000-000000000a11");
  static final UUID INTENT = UUID.fromString("00000000-0000-7000-8000-00000000007e");
  static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-0000000000ff");
  static final Instant TIME = Instant.parse("2026-11-23T20:15:00.120Z");
  static final Sha256 REVISION = new Sha256("ab".repeat(32));
  static final TextDigest TEXT = new TextDigest("installation", "cd".repeat(32), 42);
  static final ModelRef MODEL = new ModelRef("qwen2.5-coder-1.5b", new Sha256("ef".repeat(32)));
  static final List<PassageRef> PASSAGES =
      List.of(
          new PassageRef(DOCUMENT, REVISION, OptionalInt.of(3), 1200, 1500),
          new PassageRef(OTHER, REVISION, OptionalInt.empty(), 0, 80));

  static final List<AuditEvent> ALL =
      List.of(
          new SignedIn(ANNA, Credential.PASSWORD),
          new SignInFailed(ActorRef.ANONYMOUS, TEXT, Credential.PASSWORD),
          new SignInLocked(ANNA, TEXT, 30_000),
          new SignedOut(ANNA, BERT, SignOutCause.REVOKED),
          new AccessDenied(
              ANNA, "GET /api/v1/audit/events", DenialReason.ROLE_MISSING, Optional.of(DOCUMENT)),
          new QuestionAsked(
              ANNA,
              TEXT,
              QuestionForm.COMPOSE,
              List.of(COLLECTION),
              List.of(DOCUMENT),
              Optional.of(LocalDate.of(2024, 1, 1)),
              Optional.of(LocalDate.of(2024, 12, 31)),
              Optional.of(OTHER)),
          new PassagesRetrieved(ANNA, INTENT, PASSAGES, 12),
          new PassagesShown(ANNA, INTENT, PASSAGES),
          new SearchCompleted(ANNA, INTENT, PASSAGES, 15),
          new Answered(
              ANNA,
              INTENT,
              AnswerForm.COMPOSED,
              TEXT,
              PASSAGES,
              3,
              1,
              Optional.of(MODEL),
              900,
              120,
              8_000),
          new AnswerRefused(
              ANNA, INTENT, RefusalReason.NOT_STATED, PASSAGES, Optional.of(MODEL), 900),
          new AnswerCancelled(
              ANNA, INTENT, CancelCause.DISCONNECTED, PASSAGES, Optional.of(TEXT), 1_500),
          new AnswerFailed(ANNA, INTENT, "model_unavailable", PASSAGES, 20),
          new AnswerRated(ANNA, INTENT, Rating.NOT_HELPFUL, Optional.of(RatingReason.OUTDATED)),
          new ConversationTouched(ANNA, OTHER, ANNA, ConversationAct.OPENED),
          new DocumentOpened(ANNA, DOCUMENT, REVISION, DocumentForm.ORIGINAL),
          new Listed(ANNA, Listing.DOCUMENTS, 50),
          new DocumentAdded(
              ActorRef.OPERATOR,
              DOCUMENT,
              COLLECTION,
              REVISION,
              TEXT,
              1_048_576,
              Names.of(List.of("hr", "everyone")),
              Optional.of(RUN)),
          new DocumentUpdated(
              ANNA, DOCUMENT, REVISION, new Sha256("01".repeat(32)), 2_048, Optional.of(RUN)),
          new DocumentMoved(ANNA, DOCUMENT, TEXT, TEXT, Optional.of(RUN)),
          new DocumentProcessed(ActorRef.SYSTEM, DOCUMENT, REVISION, ProcessingStep.READY, 12, 80),
          new DocumentRemoved(
              ANNA, DOCUMENT, COLLECTION, RemovalCause.SOURCE_GONE, Optional.of(RUN)),
          new UploadRemoved(
              ActorRef.SYSTEM, OTHER, ANNA, COLLECTION, TEXT, 4_096, 1_000, UploadEnd.EXPIRED),
          new DocumentRejected(ActorRef.SYSTEM, DOCUMENT, REVISION, "encrypted", Optional.of(RUN)),
          new DocumentRelabelled(
              ANNA, DOCUMENT, Names.of(List.of("everyone")), Names.of(List.of("hr"))),
          new CollectionCreated(ANNA, COLLECTION, TEXT, Names.of(List.of("everyone"))),
          new CollectionChanged(ANNA, COLLECTION, Names.of(List.of("name", "description"))),
          new CollectionRemoved(ANNA, COLLECTION, 40),
          new GrantsChanged(
              ANNA,
              COLLECTION,
              Grant.READ,
              Optional.of(TEXT),
              Names.of(List.of("clinic")),
              Names.NONE),
          new AccountCreated(
              ANNA, BERT, Names.of(List.of("employee")), Names.of(List.of("everyone"))),
          new AccountChanged(ANNA, BERT, Names.of(List.of("displayName"))),
          new AccountDisabled(ANNA, BERT),
          new AccountEnabled(ANNA, BERT),
          new PasswordChanged(ANNA, BERT),
          new TokenCreated(ANNA, ANNA, OTHER, Optional.of(TIME)),
          new TokenRevoked(ANNA, BERT, OTHER),
          new GroupCreated(ANNA, "clinic"),
          new GroupRemoved(ANNA, "clinic"),
          new MembershipChanged(ANNA, BERT, Names.of(List.of("clinic")), Names.NONE),
          new RolesChanged(
              ANNA, BERT, Names.of(List.of("administrator")), Names.of(List.of("employee"))),
          new SettingChanged(ANNA, "model.name", Optional.of(TEXT), Optional.of(TEXT)),
          new IndexReconciled(ActorRef.SYSTEM, 2, 40),
          new IngestionStarted(ActorRef.OPERATOR, RUN, TEXT),
          new IngestionFinished(ActorRef.OPERATOR, RUN, RunEnd.COMPLETED, 156, 100, 3, 50, 3, 1),
          new ModelLoaded(ActorRef.SYSTEM, MODEL, 1_117_320_768, 2_300),
          new ModelUnavailable(ActorRef.SYSTEM, "digest_mismatch"),
          new ServiceStarted(ActorRef.SYSTEM, OTHER, "0.1.0"),
          new ServiceStopped(ActorRef.SYSTEM, OTHER),
          new AuditRead(
              ANNA, Names.of(List.of("person", "act")), Optional.of(BERT), Optional.of(INTENT), 50),
          new ExportStarted(
              ANNA,
              ExportForm.BUNDLE,
              Names.of(List.of("person")),
              Optional.of(BERT),
              Optional.of(DOCUMENT),
              Optional.of(TIME),
              Optional.of(TIME)),
          new ExportFinished(ANNA, INTENT, RunEnd.COMPLETED, 1_000, Optional.of(REVISION)),
          new Reconciled(ActorRef.SYSTEM, INTENT),
          new SpoolReplayed(ActorRef.SYSTEM, 17, true),
          new LogVerified(
              ActorRef.SYSTEM, INTENT, CheckEnd.NOT_VALID, 1_000_000, 999_000, Optional.of(123L)),
          new LogCheckStarted(ANNA),
          new Sealed(ActorRef.SYSTEM, 1_000_000, "cm9vdA=="),
          new KeyAnnounced(ActorRef.SYSTEM, KeyChange.ROTATED, "log+12345678+AQID"),
          new EpochOpened(ActorRef.SYSTEM, 2, 1_000_000, "cm9vdA==", 999_000, 998_500),
          new PruningProposed(ANNA, OTHER, TIME, TIME),
          new PruningDecided(ANNA, OTHER, Decision.APPROVED),
          new Pruned(ANNA, OTHER, TIME, TIME, 5_000, 0, 4_999, List.of(ANNA, BERT)),
          new HoldPlaced(
              ANNA,
              OTHER,
              Optional.of(BERT),
              Optional.of(DOCUMENT),
              Optional.of(TIME),
              Optional.of(TIME),
              TEXT),
          new HoldReleased(ANNA, OTHER));

  private EventSamples() {}
}
