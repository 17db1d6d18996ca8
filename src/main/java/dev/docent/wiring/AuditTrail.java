package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.access.Caller;
import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.answer.Answer;
import dev.docent.answer.AnswerRecorder;
import dev.docent.answer.Cancellation;
import dev.docent.answer.Citation;
import dev.docent.answer.Question;
import dev.docent.answer.RecordUnavailableException;
import dev.docent.api.OperatorToken;
import dev.docent.api.RequestRecorder;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditReader;
import dev.docent.compliance.audit.AuditUnavailableException;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.Identities;
import dev.docent.compliance.audit.ModelRef;
import dev.docent.compliance.audit.Names;
import dev.docent.compliance.audit.PassageRef;
import dev.docent.compliance.audit.Sha256;
import dev.docent.compliance.audit.TextDigest;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.library.Change;
import dev.docent.library.ChangeRecorder;
import dev.docent.library.DocumentState;
import dev.docent.library.IngestRun;
import dev.docent.library.Rating;
import dev.docent.model.ModelIdentity;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Everything that Docent puts on record, in the log's vocabulary: who becomes a pseudonym, texts
/// become keyed digests, and what cannot be recorded does not happen. Safe for concurrent use.
final class AuditTrail implements AnswerRecorder, ChangeRecorder, RequestRecorder {
  private static final Map<String, ActorRef> NOT_A_PERSON =
      Map.of("system", ActorRef.SYSTEM, OperatorToken.ACCOUNT, ActorRef.OPERATOR);

  private final AuditWriter writer;
  private final Identities identities;
  private final TextDigester installation;
  private final Map<String, ActorRef> pseudonyms = new ConcurrentHashMap<>();
  private final Map<ActorRef, TextDigester> digesters = new ConcurrentHashMap<>();

  /// What is known of a question between its intent and its outcome.
  ///
  /// @param found records on their way into the log
  private record Asked(ActorRef actor, long beganNanos, List<AuditWriter.Pending> found) {}

  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  /// @param installation digests texts that belong to no person
  AuditTrail(AuditWriter writer, Identities identities, TextDigester installation) {
    this.writer = requireNonNull(writer, "writer");
    this.identities = requireNonNull(identities, "identities");
    this.installation = requireNonNull(installation, "installation");
  }

  // --- Questions and answers

  @Override
  public Intent intend(Question question, Caller caller) {
    long began = System.nanoTime();
    try {
      ActorRef actor = actor(caller);
      UUID intent =
          writer
              .append(
                  new AuditEvent.QuestionAsked(
                      actor,
                      digester(actor).digest(question.text()),
                      question.compose()
                          ? AuditEvent.QuestionForm.COMPOSE
                          : AuditEvent.QuestionForm.QUOTE,
                      collections(question.collections()),
                      documents(question.documents()),
                      question.conversation()))
              .event();
      asked.put(intent.toString(), new Asked(actor, began, new CopyOnWriteArrayList<>()));
      return new Intent(intent.toString());
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("The question cannot be recorded", e);
    }
  }

  @Override
  public void retrieved(Intent intent, List<Citation> found, Duration took) {
    Asked question = inHand(intent);
    try {
      question
          .found()
          .add(
              writer.submit(
                  new AuditEvent.PassagesRetrieved(
                      question.actor(),
                      UUID.fromString(intent.id()),
                      passages(found),
                      took.toMillis())));
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("What was found cannot be recorded", e);
    }
  }

  @Override
  public void showing(Intent intent, List<Citation> citations) {
    Asked question = inHand(intent);
    try {
      // Submitted first, so that both records share a commit.
      AuditWriter.Pending shown =
          writer.submit(
              new AuditEvent.PassagesShown(
                  question.actor(), UUID.fromString(intent.id()), passages(citations)));
      question.found().forEach(AuditWriter.Pending::await);
      question.found().clear();
      shown.await();
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("What would be shown cannot be recorded", e);
    }
  }

  private Asked inHand(Intent intent) {
    return requireNonNull(asked.get(intent.id()), "an intent in hand");
  }

  @Override
  public Receipt outcome(Intent intent, Outcome outcome) {
    Asked question = asked.remove(intent.id());
    if (question == null) {
      throw new IllegalStateException("An intent has one outcome");
    }
    UUID id = UUID.fromString(intent.id());
    long took = Duration.ofNanos(System.nanoTime() - question.beganNanos()).toMillis();
    try {
      question.found().forEach(AuditWriter.Pending::await);
      AuditEvent event =
          switch (outcome) {
            case Outcome.Answered(Answer answer) -> ended(question.actor(), id, answer, took);
            case Outcome.Cancelled(var shown, var draft, var cause) ->
                new AuditEvent.AnswerCancelled(
                    question.actor(),
                    id,
                    cause(cause),
                    passages(shown),
                    Optional.of(draft)
                        .filter(text -> !text.isEmpty())
                        .map(digester(question.actor())::digest),
                    took);
            case Outcome.Failed(var shown, var error) ->
                new AuditEvent.AnswerFailed(question.actor(), id, error, passages(shown), took);
          };
      return new Receipt(intent.id(), writer.append(event).event().toString());
    } catch (AuditUnavailableException e) {
      throw new RecordUnavailableException("The answer cannot be recorded", e);
    }
  }

  private static AuditEvent.CancelCause cause(Cancellation.Cause cause) {
    return switch (cause) {
      case REQUESTED -> AuditEvent.CancelCause.REQUESTED;
      case DISCONNECTED -> AuditEvent.CancelCause.DISCONNECTED;
      case ACCESS_ENDED -> AuditEvent.CancelCause.ACCESS_ENDED;
      case SHUTDOWN -> AuditEvent.CancelCause.SHUTDOWN;
    };
  }

  private AuditEvent ended(ActorRef actor, UUID intent, Answer answer, long took) {
    return switch (answer.body()) {
      case Answer.Body.Composed composed ->
          answered(
              actor,
              intent,
              AuditEvent.AnswerForm.COMPOSED,
              answer,
              composed.sentences().stream().map(Answer.Sentence::text).toList(),
              Math.toIntExact(composed.withheld()),
              took);
      case Answer.Body.Quoted() ->
          answered(
              actor,
              intent,
              AuditEvent.AnswerForm.QUOTATION,
              answer,
              answer.quotations().stream().map(Citation::text).toList(),
              0,
              took);
      case Answer.Body.Refused(var reason, var nearest) ->
          new AuditEvent.AnswerRefused(
              actor,
              intent,
              switch (reason) {
                case NOTHING_FOUND -> AuditEvent.RefusalReason.NOTHING_FOUND;
                case NOT_STATED -> AuditEvent.RefusalReason.NOT_STATED;
              },
              passages(nearest),
              answer.model().flatMap(AuditTrail::model),
              took);
    };
  }

  private AuditEvent.Answered answered(
      ActorRef actor,
      UUID intent,
      AuditEvent.AnswerForm form,
      Answer answer,
      List<String> sentences,
      int withheld,
      long took) {
    List<Citation> shown =
        Stream.concat(answer.quotations().stream(), answer.sources().stream()).toList();
    return new AuditEvent.Answered(
        actor,
        intent,
        form,
        digester(actor).digest(String.join("\n", sentences)),
        passages(shown),
        sentences.size() - withheld,
        withheld,
        answer.model().flatMap(AuditTrail::model),
        Math.max(0, answer.timings().promptTokens()),
        Math.max(0, answer.timings().generatedTokens()),
        took);
  }

  /// A model whose file another server holds has no digest to name.
  private static Optional<ModelRef> model(ModelIdentity identity) {
    return identity.sha256().isEmpty()
        ? Optional.empty()
        : Optional.of(new ModelRef(identity.name(), new Sha256(identity.sha256())));
  }

  private static List<PassageRef> passages(List<Citation> citations) {
    return citations.stream()
        .map(
            citation ->
                new PassageRef(
                    citation.document().value(),
                    new Sha256(citation.revision()),
                    citation.page(),
                    citation.start(),
                    citation.end()))
        .distinct()
        .limit(PassageRef.MAX_PER_EVENT)
        .toList();
  }

  // --- Requests

  @Override
  public ActorRef reference(Caller caller) {
    return actor(caller);
  }

  @Override
  public void signInFailed(String username) {
    writer.append(
        new AuditEvent.SignInFailed(
            ActorRef.ANONYMOUS, installation.digest(username), AuditEvent.Credential.PASSWORD));
  }

  @Override
  public void passwordRefused(Caller caller) {
    ActorRef actor = actor(caller);
    writer.append(
        new AuditEvent.SignInFailed(
            actor, digester(actor).digest(caller.name()), AuditEvent.Credential.PASSWORD));
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
            caller.map(this::actor).orElse(ActorRef.ANONYMOUS),
            operation,
            reason,
            document.map(DocumentId::value)));
  }

  @Override
  public void documentOpened(
      Caller caller, DocumentId document, String revision, AuditEvent.DocumentForm form) {
    writer.append(
        new AuditEvent.DocumentOpened(actor(caller), document.value(), new Sha256(revision), form));
  }

  @Override
  public void listed(Caller caller, AuditEvent.Listing listing, int items) {
    writer.append(new AuditEvent.Listed(actor(caller), listing, items));
  }

  @Override
  public void conversationOpened(Caller caller, UUID conversation) {
    ActorRef actor = actor(caller);
    writer.append(
        new AuditEvent.ConversationTouched(
            actor, conversation, actor, AuditEvent.ConversationAct.OPENED));
  }

  @Override
  public UUID searchIntended(
      Caller caller, String question, Set<CollectionId> collections, Set<DocumentId> documents) {
    ActorRef actor = actor(caller);
    return writer
        .append(
            new AuditEvent.QuestionAsked(
                actor,
                digester(actor).digest(question),
                AuditEvent.QuestionForm.SEARCH,
                collections(collections),
                documents(documents),
                Optional.empty()))
        .event();
  }

  @Override
  public void searchCompleted(Caller caller, UUID intent, List<Citation> shown, Duration took) {
    writer.append(
        new AuditEvent.SearchCompleted(actor(caller), intent, passages(shown), took.toMillis()));
  }

  @Override
  public void searchFailed(Caller caller, UUID intent, String error, Duration took) {
    writer.append(
        new AuditEvent.AnswerFailed(actor(caller), intent, error, List.of(), took.toMillis()));
  }

  @Override
  public void auditRead(Caller caller, Set<String> filter, Optional<UUID> record, int records) {
    writer.append(new AuditEvent.AuditRead(actor(caller), Names.of(filter), record, records));
  }

  @Override
  public UUID exportStarted(
      Caller caller,
      AuditEvent.ExportForm form,
      Set<String> filter,
      Optional<DocumentId> document,
      Optional<Instant> from,
      Optional<Instant> to) {
    return writer
        .append(
            new AuditEvent.ExportStarted(
                actor(caller),
                form,
                Names.of(filter),
                Optional.empty(),
                document.map(DocumentId::value),
                from,
                to))
        .event();
  }

  @Override
  public void exportFinished(
      Caller caller, UUID intent, AuditEvent.RunEnd end, long records, Optional<Sha256> content) {
    writer.append(new AuditEvent.ExportFinished(actor(caller), intent, end, records, content));
  }

  // --- Changes, in their own transaction

  @Override
  public void record(Connection connection, Change change) {
    var _ = writer.appendIn(connection, event(change));
  }

  private AuditEvent event(Change change) {
    ActorRef actor = actor(change.actor(), change.actor());
    return switch (change) {
      case Change.SignedIn _ -> new AuditEvent.SignedIn(actor, AuditEvent.Credential.PASSWORD);
      case Change.SignedOut(_, var account, var cause) ->
          new AuditEvent.SignedOut(
              actor,
              account(account),
              switch (cause) {
                case REQUESTED -> AuditEvent.SignOutCause.REQUESTED;
                case REVOKED -> AuditEvent.SignOutCause.REVOKED;
                case PASSWORD_CHANGED -> AuditEvent.SignOutCause.PASSWORD_CHANGED;
                case ACCOUNT_DISABLED -> AuditEvent.SignOutCause.ACCOUNT_DISABLED;
              });
      case Change.AccountCreated(_, var account, var username, var roles, var groups) ->
          new AuditEvent.AccountCreated(
              actor, actor(account.toString(), username), roles(roles), groups(groups));
      case Change.AccountChanged(_, var account, var properties) ->
          new AuditEvent.AccountChanged(actor, account(account), Names.of(properties));
      case Change.AccountDisabled(_, var account) ->
          new AuditEvent.AccountDisabled(actor, account(account));
      case Change.AccountEnabled(_, var account) ->
          new AuditEvent.AccountEnabled(actor, account(account));
      case Change.PasswordChanged(_, var account) ->
          new AuditEvent.PasswordChanged(actor, account(account));
      case Change.RolesChanged(_, var account, var before, var after) ->
          new AuditEvent.RolesChanged(
              actor, account(account), roles(minus(after, before)), roles(minus(before, after)));
      case Change.MembershipChanged(_, var account, var before, var after) ->
          new AuditEvent.MembershipChanged(
              actor, account(account), groups(minus(after, before)), groups(minus(before, after)));
      case Change.TokenCreated(_, var account, var token, var expiresAt) ->
          new AuditEvent.TokenCreated(actor, account(account), token, expiresAt);
      case Change.TokenRevoked(_, var account, var token) ->
          new AuditEvent.TokenRevoked(actor, account(account), token);
      case Change.GroupCreated(_, var group) -> new AuditEvent.GroupCreated(actor, group.value());
      case Change.GroupRemoved(_, var group) -> new AuditEvent.GroupRemoved(actor, group.value());
      case Change.CollectionCreated(_, var collection, var name, var readers) ->
          new AuditEvent.CollectionCreated(
              actor, collection.value(), installation.digest(name), groups(readers));
      case Change.CollectionChanged(_, var collection, var properties) ->
          new AuditEvent.CollectionChanged(actor, collection.value(), Names.of(properties));
      case Change.CollectionReadersChanged(_, var collection, var before, var after) ->
          new AuditEvent.GrantsChanged(
              actor,
              collection.value(),
              groups(minus(after, before)),
              groups(minus(before, after)));
      case Change.CollectionRemoved(_, var collection, var documents) ->
          new AuditEvent.CollectionRemoved(actor, collection.value(), documents);
      case Change.DocumentAdded added -> added(actor, added);
      case Change.DocumentRevised(
              _,
              var document,
              var revision,
              var previous,
              var bytes,
              var run) ->
          new AuditEvent.DocumentUpdated(
              actor, document.value(), new Sha256(revision), new Sha256(previous), bytes, run);
      case Change.DocumentMoved(_, var document, var from, var to, var run) ->
          new AuditEvent.DocumentMoved(
              actor,
              document.value(),
              installation.digest(from.toString()),
              installation.digest(to.toString()),
              run);
      case Change.DocumentRelabelled(_, var document, var before, var after) ->
          new AuditEvent.DocumentRelabelled(actor, document.value(), groups(before), groups(after));
      case Change.DocumentProcessed processed -> processed(actor, processed);
      case Change.DocumentRejected(_, var document, var revision, var reason) ->
          new AuditEvent.DocumentRejected(
              actor, document.value(), new Sha256(revision), reason, Optional.empty());
      case Change.DocumentRemoved(_, var document, var collection, var cause, var run) ->
          new AuditEvent.DocumentRemoved(
              actor, document.value(), collection.value(), cause(cause), run);
      case Change.UploadRemoved removed -> removed(actor, removed);
      case Change.IngestionStarted(_, var run, var root) ->
          new AuditEvent.IngestionStarted(actor, run, installation.digest(root.toString()));
      case Change.IngestionFinished(_, var run, var end, var counts) ->
          finished(actor, run, end, counts);
      case Change.ConversationTouched(_, var conversation, var touch) ->
          new AuditEvent.ConversationTouched(actor, conversation, actor, act(touch));
      case Change.AnswerRated(_, var intent, var rating) -> rated(actor, intent, rating);
    };
  }

  private static AuditEvent rated(ActorRef actor, UUID intent, Rating rating) {
    return new AuditEvent.AnswerRated(
        actor,
        intent,
        rating.helpful() ? AuditEvent.Rating.HELPFUL : AuditEvent.Rating.NOT_HELPFUL,
        rating
            .reason()
            .map(
                reason ->
                    switch (reason) {
                      case WRONG -> AuditEvent.RatingReason.WRONG;
                      case INCOMPLETE -> AuditEvent.RatingReason.INCOMPLETE;
                      case OUTDATED -> AuditEvent.RatingReason.OUTDATED;
                      case OFF_TOPIC -> AuditEvent.RatingReason.OFF_TOPIC;
                      case NOT_FOUND -> AuditEvent.RatingReason.NOT_FOUND;
                    }));
  }

  private AuditEvent added(ActorRef actor, Change.DocumentAdded added) {
    return new AuditEvent.DocumentAdded(
        actor,
        added.document().value(),
        added.collection().value(),
        new Sha256(added.revision()),
        installation.digest(added.path()),
        added.bytes(),
        groups(added.readers()),
        added.run());
  }

  private AuditEvent removed(ActorRef actor, Change.UploadRemoved removed) {
    return new AuditEvent.UploadRemoved(
        actor,
        removed.upload(),
        actor(removed.owner(), removed.owner()),
        removed.collection().value(),
        installation.digest(removed.path()),
        removed.bytes(),
        removed.received(),
        switch (removed.cause()) {
          case REQUESTED -> AuditEvent.UploadEnd.REQUESTED;
          case EXPIRED -> AuditEvent.UploadEnd.EXPIRED;
        });
  }

  private static AuditEvent processed(ActorRef actor, Change.DocumentProcessed processed) {
    return new AuditEvent.DocumentProcessed(
        actor,
        processed.document().value(),
        new Sha256(processed.revision()),
        step(processed.state()),
        processed.pages(),
        processed.passages());
  }

  private static AuditEvent.ProcessingStep step(DocumentState state) {
    return switch (state) {
      case QUEUED -> AuditEvent.ProcessingStep.QUEUED;
      case READING -> AuditEvent.ProcessingStep.READING;
      case WORDS -> AuditEvent.ProcessingStep.WORDS;
      case READY -> AuditEvent.ProcessingStep.READY;
      case REJECTED, FAILED ->
          throw new IllegalArgumentException("A rejection is a record of its own");
    };
  }

  private static AuditEvent.RemovalCause cause(Change.DocumentRemoved.Cause cause) {
    return switch (cause) {
      case REQUESTED -> AuditEvent.RemovalCause.REQUESTED;
      case SOURCE_GONE -> AuditEvent.RemovalCause.SOURCE_GONE;
      case COLLECTION_REMOVED -> AuditEvent.RemovalCause.COLLECTION_REMOVED;
    };
  }

  private static AuditEvent finished(
      ActorRef actor, UUID run, IngestRun.State end, IngestRun.Counts counts) {
    return new AuditEvent.IngestionFinished(
        actor,
        run,
        switch (end) {
          case DONE -> AuditEvent.RunEnd.COMPLETED;
          case CANCELLED -> AuditEvent.RunEnd.CANCELLED;
          case FAILED -> AuditEvent.RunEnd.FAILED;
          case RUNNING -> throw new IllegalArgumentException("The run goes on");
        },
        counts.total(),
        counts.added(),
        counts.revised(),
        counts.unchanged(),
        counts.rejected(),
        counts.removed());
  }

  private static AuditEvent.ConversationAct act(Change.ConversationTouched.Touch touch) {
    return switch (touch) {
      case CREATED -> AuditEvent.ConversationAct.CREATED;
      case EXTENDED -> AuditEvent.ConversationAct.EXTENDED;
      case RENAMED -> AuditEvent.ConversationAct.RENAMED;
      case REMOVED -> AuditEvent.ConversationAct.REMOVED;
    };
  }

  // --- Operation

  void serviceStarted(UUID instance, String version) {
    writer.append(new AuditEvent.ServiceStarted(ActorRef.SYSTEM, instance, version));
  }

  void serviceStopped(UUID instance) {
    writer.append(new AuditEvent.ServiceStopped(ActorRef.SYSTEM, instance));
  }

  /// Records every setting whose value is not the one that the log has of it: all that are set at
  /// the first start, what was changed at a later one.
  ///
  /// @param settings value by name; a value is kept as a keyed digest only
  void settings(AuditReader log, Map<String, String> settings) {
    Map<String, TextDigest> known = SettingsOnRecord.read(log);
    for (String name : new TreeSet<>(settings.keySet())) {
      TextDigest now = installation.digest(requireNonNull(settings.get(name)));
      Optional<TextDigest> before = Optional.ofNullable(known.remove(name));
      if (before.filter(now::equals).isEmpty()) {
        writer.append(
            new AuditEvent.SettingChanged(ActorRef.SYSTEM, name, before, Optional.of(now)));
      }
    }
    known.forEach(
        (name, before) ->
            writer.append(
                new AuditEvent.SettingChanged(
                    ActorRef.SYSTEM, name, Optional.of(before), Optional.empty())));
  }

  void indexReconciled(int removed, int queued) {
    writer.append(new AuditEvent.IndexReconciled(ActorRef.SYSTEM, removed, queued));
  }

  void modelLoaded(ModelIdentity identity, Duration took) {
    model(identity)
        .ifPresent(
            reference ->
                writer.append(
                    new AuditEvent.ModelLoaded(
                        ActorRef.SYSTEM, reference, identity.bytes(), took.toMillis())));
  }

  void modelUnavailable(String code) {
    writer.append(new AuditEvent.ModelUnavailable(ActorRef.SYSTEM, code));
  }

  // --- Leaves

  private ActorRef actor(Caller caller) {
    return actor(caller.id(), caller.name());
  }

  private ActorRef account(UUID id) {
    return actor(id.toString(), id.toString());
  }

  /// The pseudonym of an account; its name is what the log's reader is told while it is not erased,
  /// and the one given when the account was made holds.
  private ActorRef actor(String id, String name) {
    ActorRef fixed = NOT_A_PERSON.get(id);
    if (fixed != null) {
      return fixed;
    }
    ActorRef known = pseudonyms.get(id);
    if (known != null) {
      return known;
    }
    ActorRef made =
        identities
            .find(id)
            .orElseGet(() -> identities.pseudonymOf(new Identities.Person(id, name)));
    pseudonyms.put(id, made);
    return made;
  }

  /// Kept, so that a question does not wait for the map of people; forgotten with the person.
  private TextDigester digester(ActorRef actor) {
    if (!actor.isPseudonym()) {
      return installation;
    }
    TextDigester known = digesters.get(actor);
    if (known == null) {
      known = identities.digesterOf(actor).orElse(installation);
      digesters.put(actor, known);
    }
    return known;
  }

  private static Names groups(Collection<GroupId> groups) {
    return Names.of(groups.stream().map(GroupId::value).toList());
  }

  private static Names roles(Collection<Role> roles) {
    return Names.of(roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList());
  }

  private static <T> Set<T> minus(Set<T> from, Set<T> what) {
    Set<T> rest = new HashSet<>(from);
    rest.removeAll(what);
    return rest;
  }

  private static List<UUID> collections(Set<CollectionId> ids) {
    return ids.stream().sorted().map(CollectionId::value).toList();
  }

  private static List<UUID> documents(Set<DocumentId> ids) {
    return ids.stream().sorted().map(DocumentId::value).toList();
  }
}
