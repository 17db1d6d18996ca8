package dev.docent.compliance.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One act of the closed vocabulary: whatever in Docent reveals something or changes something is
/// one of these records, and nothing else can be written to the log.
///
/// The components of a record are the fields of the `data` object in its canonical bytes, under the
/// same names (see `CanonicalEvent`), so renaming a component changes the format: the golden test
/// of the bytes stops that. An intent ([Outcome#INTENDED]) is durable before the act; the record
/// that closes it names it in its `intent` field.
///
/// No record holds the text of a document, question or answer. **Personal data**, by class of
/// field:
///
/// * P, pseudonym: `actor`, `account`. Erasable by [Identities#erase], which destroys the map to
///   the person.
/// * K, keyed digest and byte length: `question`, `answer`, `released` under the person's key;
///   `username`, `path`, `name` and the values of settings under the installation's. Erasable by
///   destroying the key.
/// * N, none: everything else (ids, groups, roles, counts, codes, the model, times).
///
/// Times are UTC in milliseconds, durations milliseconds, sizes bytes, offsets UTF-16 units.
public sealed interface AuditEvent {
  /// Who acted.
  ActorRef actor();

  /// How an act ended.
  enum Outcome {
    /// Durable before the act; another record says how it ended.
    INTENDED,
    SUCCESS,
    /// The system decided not to: no grounds in the documents, an unreadable file.
    REFUSED,
    /// The caller was not allowed to.
    DENIED,
    CANCELLED,
    FAILURE,
    /// Nobody can say: the service died between intent and outcome.
    UNKNOWN
  }

  /// A record that says how an intended act ended.
  sealed interface Closing extends AuditEvent {
    /// The record of the intent.
    UUID intent();
  }

  // --- Signing in and out

  /// A person proved who they are. Actor P.
  record SignedIn(ActorRef actor, Credential credential) implements AuditEvent {}

  /// What was shown to prove it.
  enum Credential {
    PASSWORD
  }

  /// A wrong password. Anonymous at the sign-in page, where nobody knows who typed; the person,
  /// where someone signed in is asked for theirs again. Actor P.
  ///
  /// @param username K: people type passwords into the wrong field, so never the text
  record SignInFailed(ActorRef actor, TextDigest username, Credential credential)
      implements AuditEvent {}

  /// Refused without looking at the password: too many failures. `username` K.
  ///
  /// @param waitMillis until the next attempt is looked at
  record SignInLocked(ActorRef actor, TextDigest username, long waitMillis) implements AuditEvent {}

  /// A session ended.
  ///
  /// @param account P: whose session
  record SignedOut(ActorRef actor, ActorRef account, SignOutCause cause) implements AuditEvent {}

  enum SignOutCause {
    REQUESTED,
    REVOKED,
    ACCOUNT_DISABLED,
    PASSWORD_CHANGED
  }

  /// A request that its caller may not make.
  ///
  /// @param operation method and route template, such as `GET /api/v1/users/{id}`; never its values
  /// @param document the document it was about, where it was about one
  record AccessDenied(
      ActorRef actor, String operation, DenialReason reason, Optional<UUID> document)
      implements AuditEvent {
    public AccessDenied {
      requireCode(operation);
    }
  }

  enum DenialReason {
    NOT_SIGNED_IN,
    ROLE_MISSING,
    NOT_GRANTED,
    FORGED_REQUEST,
    LOCAL_ONLY
  }

  // --- Questions

  /// Intent: a question was put, or a search; nothing has been looked up yet.
  ///
  /// @param question K
  /// @param collections the caller's restriction; empty for all that they may read
  /// @param documents likewise
  /// @param from first day that the documents were to be of
  /// @param until last day, likewise
  /// @param conversation that it goes on with, or that its answer will begin; none has a search
  record QuestionAsked(
      ActorRef actor,
      TextDigest question,
      QuestionForm form,
      List<UUID> collections,
      List<UUID> documents,
      Optional<LocalDate> from,
      Optional<LocalDate> until,
      Optional<UUID> conversation)
      implements AuditEvent {
    public QuestionAsked {
      collections = List.copyOf(collections);
      documents = List.copyOf(documents);
    }
  }

  /// What was asked for.
  enum QuestionForm {
    /// Passages only.
    SEARCH,
    /// Quotations.
    QUOTE,
    /// Quotations, then an answer written by the model.
    COMPOSE
  }

  /// The index was searched under the caller's access, and what it gave to the model or to ranking.
  ///
  /// @param passages best first
  record PassagesRetrieved(
      ActorRef actor, UUID intent, List<PassageRef> passages, long elapsedMillis)
      implements AuditEvent {
    public PassagesRetrieved {
      passages = bounded(passages);
    }
  }

  /// Words of documents reached the caller's screen, as quotations or sources.
  record PassagesShown(ActorRef actor, UUID intent, List<PassageRef> passages)
      implements AuditEvent {
    public PassagesShown {
      passages = bounded(passages);
    }
  }

  /// Closes an intent of [QuestionForm#SEARCH]: what the caller got.
  record SearchCompleted(ActorRef actor, UUID intent, List<PassageRef> passages, long elapsedMillis)
      implements Closing {
    public SearchCompleted {
      passages = bounded(passages);
    }
  }

  /// Closes an intent: an answer was released.
  ///
  /// @param answer K: all sentences shown
  /// @param passages every passage quoted or cited, in citation order
  /// @param sentences shown
  /// @param withheld sentences that failed the check of their source and were not shown
  record Answered(
      ActorRef actor,
      UUID intent,
      AnswerForm form,
      TextDigest answer,
      List<PassageRef> passages,
      int sentences,
      int withheld,
      Optional<ModelRef> model,
      long promptTokens,
      long generatedTokens,
      long elapsedMillis)
      implements Closing {
    public Answered {
      passages = bounded(passages);
    }
  }

  enum AnswerForm {
    QUOTATION,
    COMPOSED
  }

  /// Closes an intent: the documents do not answer, or not well enough.
  ///
  /// @param nearest passages shown instead
  record AnswerRefused(
      ActorRef actor,
      UUID intent,
      RefusalReason reason,
      List<PassageRef> nearest,
      Optional<ModelRef> model,
      long elapsedMillis)
      implements Closing {
    public AnswerRefused {
      nearest = bounded(nearest);
    }
  }

  enum RefusalReason {
    /// Nothing readable by the caller came near.
    NOTHING_FOUND,
    /// Passages were found but do not state the answer.
    NOT_STATED
  }

  /// Closes an intent: stopped before the end.
  ///
  /// @param passages shown before the stop
  /// @param released K: the text of the model, not yet checked, that had been passed on by then;
  ///   absent when there was none
  record AnswerCancelled(
      ActorRef actor,
      UUID intent,
      CancelCause cause,
      List<PassageRef> passages,
      Optional<TextDigest> released,
      long elapsedMillis)
      implements Closing {
    public AnswerCancelled {
      passages = bounded(passages);
    }
  }

  enum CancelCause {
    /// Whoever asked stopped it.
    REQUESTED,
    /// Whoever asked was no longer there to hear it.
    DISCONNECTED,
    /// The session or token that asked was ended, or the account disabled.
    ACCESS_ENDED,
    SHUTDOWN
  }

  /// Whoever asked said what the answer was worth to them; the newest one holds.
  ///
  /// @param intent of the question
  /// @param reason why it was not helpful, where one was given
  record AnswerRated(ActorRef actor, UUID intent, Rating rating, Optional<RatingReason> reason)
      implements AuditEvent {}

  enum Rating {
    HELPFUL,
    NOT_HELPFUL
  }

  /// Why an answer was not helpful. A closed set, so that nobody's words are in the log.
  enum RatingReason {
    /// Something it says is not so.
    WRONG,
    /// Something is missing.
    INCOMPLETE,
    /// Its documents are out of date.
    OUTDATED,
    /// It answers another question.
    OFF_TOPIC,
    /// The documents say it, but it was not found.
    NOT_FOUND
  }

  /// Closes an intent: an error.
  ///
  /// @param code stable error code
  /// @param passages shown before the error
  record AnswerFailed(
      ActorRef actor, UUID intent, String code, List<PassageRef> passages, long elapsedMillis)
      implements Closing {
    public AnswerFailed {
      requireCode(code);
      passages = bounded(passages);
    }
  }

  /// A past conversation was opened, renamed or removed.
  ///
  /// @param account P: whose
  record ConversationTouched(
      ActorRef actor, UUID conversation, ActorRef account, ConversationAct touch)
      implements AuditEvent {}

  enum ConversationAct {
    CREATED,
    OPENED,
    EXTENDED,
    RENAMED,
    REMOVED
  }

  // --- Documents

  /// A document's content left the store towards a caller.
  record DocumentOpened(ActorRef actor, UUID document, Sha256 revision, DocumentForm form)
      implements AuditEvent {}

  enum DocumentForm {
    ORIGINAL,
    TEXT
  }

  /// A list that shows names or titles was read.
  ///
  /// @param items shown
  record Listed(ActorRef actor, Listing listing, int items) implements AuditEvent {}

  enum Listing {
    DOCUMENTS,
    COLLECTIONS,
    ACCOUNTS,
    GROUPS,
    TOKENS,
    SESSIONS,
    CONVERSATIONS,
    INGESTION_RUN,
    INGESTION_REPORT,
    /// Legal holds.
    HOLDS,
    /// Proposals to prune the log.
    PRUNINGS
  }

  /// A location became a document.
  ///
  /// @param path K: its location in the collection
  /// @param bytes of the original
  /// @param readers groups that may read it
  record DocumentAdded(
      ActorRef actor,
      UUID document,
      UUID collection,
      Sha256 revision,
      TextDigest path,
      long bytes,
      Names readers,
      Optional<UUID> run)
      implements AuditEvent {}

  /// A document's bytes changed.
  record DocumentUpdated(
      ActorRef actor,
      UUID document,
      Sha256 revision,
      Sha256 previous,
      long bytes,
      Optional<UUID> run)
      implements AuditEvent {}

  /// A document's folder was found at another place: from now on the document follows it there.
  /// Changed bytes are a record of their own. `from` and `to` K.
  record DocumentMoved(
      ActorRef actor, UUID document, TextDigest from, TextDigest to, Optional<UUID> run)
      implements AuditEvent {}

  /// A document moved on in its processing: queued again, readable by words, readable by meaning.
  record DocumentProcessed(
      ActorRef actor, UUID document, Sha256 revision, ProcessingStep step, int pages, int passages)
      implements AuditEvent {}

  enum ProcessingStep {
    QUEUED,
    READING,
    WORDS,
    READY
  }

  /// A document left the library and every answer.
  record DocumentRemoved(
      ActorRef actor, UUID document, UUID collection, RemovalCause cause, Optional<UUID> run)
      implements AuditEvent {}

  enum RemovalCause {
    REQUESTED,
    SOURCE_GONE,
    COLLECTION_REMOVED
  }

  /// An upload ended that never became a document, and the bytes that had arrived were removed.
  ///
  /// @param account P: whose
  /// @param path K: its location in the collection
  /// @param bytes of the whole file
  /// @param receivedBytes of them
  record UploadRemoved(
      ActorRef actor,
      UUID upload,
      ActorRef account,
      UUID collection,
      TextDigest path,
      long bytes,
      long receivedBytes,
      UploadEnd cause)
      implements AuditEvent {}

  enum UploadEnd {
    /// Whoever began it gave it up.
    REQUESTED,
    /// Nobody went on with it.
    EXPIRED
  }

  /// A document could not be read; its reason is a stable code.
  record DocumentRejected(
      ActorRef actor, UUID document, Sha256 revision, String reason, Optional<UUID> run)
      implements AuditEvent {
    public DocumentRejected {
      requireCode(reason);
    }
  }

  /// Who may read a document changed.
  record DocumentRelabelled(ActorRef actor, UUID document, Names before, Names after)
      implements AuditEvent {}

  /// A collection was made.
  ///
  /// @param name K
  record CollectionCreated(ActorRef actor, UUID collection, TextDigest name, Names readers)
      implements AuditEvent {}

  /// Something of a collection changed.
  ///
  /// @param changed names of the properties
  record CollectionChanged(ActorRef actor, UUID collection, Names changed) implements AuditEvent {}

  /// A collection and its documents left the library.
  ///
  /// @param documents removed with it
  record CollectionRemoved(ActorRef actor, UUID collection, int documents) implements AuditEvent {}

  /// Who may read a collection, or bring documents into it, changed.
  ///
  /// @param folder K: of the collection, where the grant is for that alone
  record GrantsChanged(
      ActorRef actor,
      UUID collection,
      Grant grant,
      Optional<TextDigest> folder,
      Names added,
      Names removed)
      implements AuditEvent {}

  /// What a group may do with a collection.
  enum Grant {
    READ,
    CONTRIBUTE
  }

  // --- Accounts

  /// An account was made.
  ///
  /// @param account P: the new account
  record AccountCreated(ActorRef actor, ActorRef account, Names roles, Names groups)
      implements AuditEvent {}

  /// Something of an account changed.
  ///
  /// @param changed names of the properties, never their values
  record AccountChanged(ActorRef actor, ActorRef account, Names changed) implements AuditEvent {}

  /// An account may not sign in any more; its sessions ended. `account` P.
  record AccountDisabled(ActorRef actor, ActorRef account) implements AuditEvent {}

  /// An account may sign in again. `account` P.
  record AccountEnabled(ActorRef actor, ActorRef account) implements AuditEvent {}

  /// By the person themselves, or reset by an administrator (then actor and account differ).
  record PasswordChanged(ActorRef actor, ActorRef account) implements AuditEvent {}

  /// An API token was made. `account` P: whose.
  ///
  /// @param expires after this time it opens nothing; empty: never
  record TokenCreated(ActorRef actor, ActorRef account, UUID token, Optional<Instant> expires)
      implements AuditEvent {}

  /// An API token opens nothing any more. `account` P: whose.
  record TokenRevoked(ActorRef actor, ActorRef account, UUID token) implements AuditEvent {}

  /// A group was made.
  record GroupCreated(ActorRef actor, String group) implements AuditEvent {}

  /// A group was removed; its members lost it.
  record GroupRemoved(ActorRef actor, String group) implements AuditEvent {}

  /// An account joined or left groups.
  record MembershipChanged(ActorRef actor, ActorRef account, Names added, Names removed)
      implements AuditEvent {}

  /// An account gained or lost roles.
  record RolesChanged(ActorRef actor, ActorRef account, Names added, Names removed)
      implements AuditEvent {}

  // --- Operation

  /// A setting has another value than at the last start.
  ///
  /// @param before K; empty when it had no value
  /// @param after K; empty when it has none any more
  record SettingChanged(
      ActorRef actor, String setting, Optional<TextDigest> before, Optional<TextDigest> after)
      implements AuditEvent {
    public SettingChanged {
      requireCode(setting);
    }
  }

  /// The search index was brought into agreement with the library at a start.
  ///
  /// @param removed documents that the index held and the library does not
  /// @param queued documents to be read again
  record IndexReconciled(ActorRef actor, int removed, int queued) implements AuditEvent {}

  /// A folder is about to be read.
  ///
  /// @param path K
  record IngestionStarted(ActorRef actor, UUID run, TextDigest path) implements AuditEvent {}

  /// A run of ingestion ended.
  ///
  /// @param total files seen
  record IngestionFinished(
      ActorRef actor,
      UUID run,
      RunEnd end,
      long total,
      long added,
      long updated,
      long unchanged,
      long rejected,
      long removed)
      implements AuditEvent {}

  enum RunEnd {
    COMPLETED,
    CANCELLED,
    FAILED
  }

  /// A model was loaded and answers from now on.
  ///
  /// @param bytes of its file
  /// @param millis to load it
  record ModelLoaded(ActorRef actor, ModelRef model, long bytes, long millis)
      implements AuditEvent {}

  /// A model could not be used.
  record ModelUnavailable(ActorRef actor, String code) implements AuditEvent {
    public ModelUnavailable {
      requireCode(code);
    }
  }

  /// The service started.
  ///
  /// @param instance of this run of the service
  record ServiceStarted(ActorRef actor, UUID instance, String version) implements AuditEvent {}

  /// The service stopped in order.
  record ServiceStopped(ActorRef actor, UUID instance) implements AuditEvent {}

  // --- The log itself

  /// Someone read the log: a page of a search, or one record.
  ///
  /// @param filter which fields the search was restricted by
  /// @param account P: whose records were searched for
  /// @param records shown
  record AuditRead(
      ActorRef actor, Names filter, Optional<ActorRef> account, Optional<UUID> record, int records)
      implements AuditEvent {}

  /// Intent: an export begins.
  ///
  /// @param filter which fields it is restricted by
  /// @param account P: the person it is restricted to
  record ExportStarted(
      ActorRef actor,
      ExportForm form,
      Names filter,
      Optional<ActorRef> account,
      Optional<UUID> document,
      Optional<Instant> from,
      Optional<Instant> to)
      implements AuditEvent {}

  enum ExportForm {
    JSON_LINES,
    CSV,
    BUNDLE
  }

  /// Closes an intent: an export ended.
  ///
  /// @param content digest of the bytes written; empty unless completed
  record ExportFinished(
      ActorRef actor, UUID intent, RunEnd end, long records, Optional<Sha256> content)
      implements Closing {}

  /// Closes an intent that the service did not live to close: what came of it is unknown.
  record Reconciled(ActorRef actor, UUID intent) implements Closing {}

  /// Records that a local journal had taken while the database was away are in the log now.
  ///
  /// @param records in the journal, those that the log had already included
  /// @param intact false if the journal was altered: then it was kept aside and what follows the
  ///   alteration is not in the log
  record SpoolReplayed(ActorRef actor, long records, boolean intact) implements AuditEvent {}

  /// Sign of life of the sealer when nothing else happened.
  ///
  /// @param root base64 of the tree's root at that size
  record Sealed(ActorRef actor, long treeSize, String root) implements AuditEvent {}

  /// Intent: the whole log is about to be compared with its newest signed state.
  record LogCheckStarted(ActorRef actor) implements AuditEvent {}

  /// Closes an intent: the whole log was compared with its newest signed state.
  ///
  /// @param treeSize of that state; 0 if it was not finished
  /// @param records compared; the others are pruned
  /// @param firstBad number of the first record that is wrong
  record LogVerified(
      ActorRef actor,
      UUID intent,
      CheckEnd end,
      long treeSize,
      long records,
      Optional<Long> firstBad)
      implements Closing {}

  enum CheckEnd {
    VALID,
    NOT_VALID,
    /// The log could not be read to the end, or the service stopped: nothing is said of it.
    NOT_FINISHED
  }

  /// A key will sign, or signs no more; written under the key before it.
  ///
  /// @param key verifier key line, `name+hash+base64`
  record KeyAnnounced(ActorRef actor, KeyChange change, String key) implements AuditEvent {}

  enum KeyChange {
    FIRST,
    ROTATED
  }

  /// First record of a log restored from a backup.
  ///
  /// @param epoch the new one
  /// @param previousSize of the last checkpoint known outside the database
  /// @param previousRoot base64 of its root
  /// @param restoredSize records that the new epoch goes on from
  /// @param commonSize of them those that are known to be the previous ones, number by number; what
  ///   was numbered from there to `previousSize` is lost
  record EpochOpened(
      ActorRef actor,
      long epoch,
      long previousSize,
      String previousRoot,
      long restoredSize,
      long commonSize)
      implements AuditEvent {}

  /// Someone asks that old records' bodies be dropped; the first of two approvals.
  ///
  /// @param from begin of the month, inclusive
  /// @param to its end, exclusive
  record PruningProposed(ActorRef actor, UUID proposal, Instant from, Instant to)
      implements AuditEvent {}

  /// A second person agreed that old records' bodies be dropped, or someone refused it.
  record PruningDecided(ActorRef actor, UUID proposal, Decision decision) implements AuditEvent {}

  enum Decision {
    APPROVED,
    REJECTED
  }

  /// The bodies of a month's records are dropped in the same transaction; their leaves stay.
  ///
  /// @param from begin of the month, inclusive
  /// @param to its end, exclusive
  /// @param records dropped
  /// @param firstSequence place in the tree of the first of them; -1 if there were none
  /// @param lastSequence of the last
  /// @param approvers P: the two who agreed
  record Pruned(
      ActorRef actor,
      UUID proposal,
      Instant from,
      Instant to,
      long records,
      long firstSequence,
      long lastSequence,
      List<ActorRef> approvers)
      implements AuditEvent {
    public Pruned {
      approvers = List.copyOf(approvers);
    }
  }

  /// What is described here may not be pruned until the hold is released.
  ///
  /// @param account P: whose records; empty for everyone's
  /// @param document whose records; empty for every document's
  /// @param from earliest time, inclusive
  /// @param to latest, exclusive
  /// @param reason K
  record HoldPlaced(
      ActorRef actor,
      UUID hold,
      Optional<ActorRef> account,
      Optional<UUID> document,
      Optional<Instant> from,
      Optional<Instant> to,
      TextDigest reason)
      implements AuditEvent {}

  /// A hold ended.
  record HoldReleased(ActorRef actor, UUID hold) implements AuditEvent {}

  /// The stable name of the act, one per record type.
  default String act() {
    return switch (this) {
      case SignedIn _ -> "auth.signed_in";
      case SignInFailed _ -> "auth.sign_in_failed";
      case SignInLocked _ -> "auth.sign_in_locked";
      case SignedOut _ -> "auth.signed_out";
      case AccessDenied _ -> "access.denied";
      case QuestionAsked _ -> "question.asked";
      case PassagesRetrieved _ -> "question.passages_retrieved";
      case PassagesShown _ -> "question.passages_shown";
      case SearchCompleted _ -> "question.search_completed";
      case Answered _ -> "question.answered";
      case AnswerRefused _ -> "question.refused";
      case AnswerCancelled _ -> "question.cancelled";
      case AnswerFailed _ -> "question.failed";
      case AnswerRated _ -> "question.rated";
      case ConversationTouched _ -> "conversation.touched";
      case DocumentOpened _ -> "document.opened";
      case Listed _ -> "library.listed";
      case DocumentAdded _ -> "document.added";
      case DocumentUpdated _ -> "document.updated";
      case DocumentMoved _ -> "document.moved";
      case DocumentProcessed _ -> "document.processed";
      case DocumentRemoved _ -> "document.removed";
      case UploadRemoved _ -> "document.upload_removed";
      case DocumentRejected _ -> "document.rejected";
      case DocumentRelabelled _ -> "document.relabelled";
      case CollectionCreated _ -> "collection.created";
      case CollectionChanged _ -> "collection.changed";
      case CollectionRemoved _ -> "collection.removed";
      case GrantsChanged _ -> "collection.grants_changed";
      case AccountCreated _ -> "account.created";
      case AccountChanged _ -> "account.changed";
      case AccountDisabled _ -> "account.disabled";
      case AccountEnabled _ -> "account.enabled";
      case PasswordChanged _ -> "account.password_changed";
      case TokenCreated _ -> "account.token_created";
      case TokenRevoked _ -> "account.token_revoked";
      case MembershipChanged _ -> "account.membership_changed";
      case RolesChanged _ -> "account.roles_changed";
      case GroupCreated _ -> "group.created";
      case GroupRemoved _ -> "group.removed";
      case SettingChanged _ -> "setting.changed";
      case IndexReconciled _ -> "library.index_reconciled";
      case IngestionStarted _ -> "ingestion.started";
      case IngestionFinished _ -> "ingestion.finished";
      case ModelLoaded _ -> "model.loaded";
      case ModelUnavailable _ -> "model.unavailable";
      case ServiceStarted _ -> "service.started";
      case ServiceStopped _ -> "service.stopped";
      case AuditRead _ -> "audit.read";
      case ExportStarted _ -> "audit.export_started";
      case ExportFinished _ -> "audit.export_finished";
      case Reconciled _ -> "audit.reconciled";
      case Sealed _ -> "audit.sealed";
      case LogCheckStarted _ -> "audit.verification_started";
      case LogVerified _ -> "audit.verified";
      case KeyAnnounced _ -> "audit.key_announced";
      case EpochOpened _ -> "audit.epoch_opened";
      case SpoolReplayed _ -> "audit.spool_replayed";
      case PruningProposed _ -> "retention.proposed";
      case PruningDecided _ -> "retention.decided";
      case Pruned _ -> "retention.pruned";
      case HoldPlaced _ -> "hold.placed";
      case HoldReleased _ -> "hold.released";
    };
  }

  /// How the act ended; one value per record type except where the type carries its end.
  default Outcome outcome() {
    return switch (this) {
      case QuestionAsked _, ExportStarted _, LogCheckStarted _ -> Outcome.INTENDED;
      case SignInFailed _, AnswerFailed _, ModelUnavailable _ -> Outcome.FAILURE;
      case SignInLocked _, AccessDenied _ -> Outcome.DENIED;
      case AnswerRefused _, DocumentRejected _ -> Outcome.REFUSED;
      case AnswerCancelled _ -> Outcome.CANCELLED;
      case Reconciled _ -> Outcome.UNKNOWN;
      case SpoolReplayed replayed -> replayed.intact() ? Outcome.SUCCESS : Outcome.FAILURE;
      case LogVerified verified ->
          switch (verified.end()) {
            case VALID -> Outcome.SUCCESS;
            case NOT_VALID, NOT_FINISHED -> Outcome.FAILURE;
          };
      case IngestionFinished finished -> of(finished.end());
      case ExportFinished finished -> of(finished.end());
      case SignedIn _,
          SignedOut _,
          PassagesRetrieved _,
          PassagesShown _,
          SearchCompleted _,
          Answered _,
          ConversationTouched _,
          DocumentOpened _,
          Listed _,
          DocumentAdded _,
          DocumentUpdated _,
          DocumentMoved _,
          DocumentProcessed _,
          DocumentRemoved _,
          UploadRemoved _,
          DocumentRelabelled _,
          CollectionCreated _,
          CollectionChanged _,
          CollectionRemoved _,
          GrantsChanged _,
          AccountCreated _,
          AccountChanged _,
          AccountDisabled _,
          AccountEnabled _,
          PasswordChanged _,
          TokenCreated _,
          TokenRevoked _,
          MembershipChanged _,
          RolesChanged _,
          GroupCreated _,
          GroupRemoved _,
          SettingChanged _,
          AnswerRated _,
          IndexReconciled _,
          IngestionStarted _,
          ModelLoaded _,
          ServiceStarted _,
          ServiceStopped _,
          AuditRead _,
          Sealed _,
          KeyAnnounced _,
          EpochOpened _,
          PruningProposed _,
          PruningDecided _,
          Pruned _,
          HoldPlaced _,
          HoldReleased _ ->
          Outcome.SUCCESS;
    };
  }

  private static Outcome of(RunEnd end) {
    return switch (end) {
      case COMPLETED -> Outcome.SUCCESS;
      case CANCELLED -> Outcome.CANCELLED;
      case FAILED -> Outcome.FAILURE;
    };
  }

  private static List<PassageRef> bounded(List<PassageRef> passages) {
    if (passages.size() > PassageRef.MAX_PER_EVENT) {
      throw new IllegalArgumentException(
          "at most " + PassageRef.MAX_PER_EVENT + " passages in one record");
    }
    return List.copyOf(passages);
  }

  /// Codes come from the program, never from people; the length keeps free text out.
  private static void requireCode(String code) {
    if (code.isEmpty() || code.length() > 120 || !code.chars().allMatch(c -> c >= 32 && c < 127)) {
      throw new IllegalArgumentException("a code is 1 to 120 printable ASCII characters");
    }
  }
}
