package dev.docent.wiring;

import static java.util.Objects.requireNonNull;

import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditEvent;
import dev.docent.compliance.audit.AuditWriter;
import dev.docent.compliance.audit.Names;
import dev.docent.compliance.audit.Sha256;
import dev.docent.compliance.audit.TextDigester;
import dev.docent.library.Change;
import dev.docent.library.ChangeRecorder;
import dev.docent.library.DocumentState;
import dev.docent.library.IngestRun;
import dev.docent.library.Rating;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Changes of the library, on record in their own transaction. Safe for concurrent use.
final class ChangeTrail implements ChangeRecorder {
  private final AuditWriter writer;
  private final Pseudonyms people;
  private final TextDigester installation;

  /// @param installation digests texts that belong to no person
  ChangeTrail(AuditWriter writer, Pseudonyms people, TextDigester installation) {
    this.writer = requireNonNull(writer, "writer");
    this.people = requireNonNull(people, "people");
    this.installation = requireNonNull(installation, "installation");
  }

  @Override
  public void record(Connection connection, Change change) {
    var _ = writer.appendIn(connection, event(change));
  }

  private AuditEvent event(Change change) {
    ActorRef actor = people.of(change.actor(), change.actor());
    return switch (change) {
      case Change.SignedIn _ -> new AuditEvent.SignedIn(actor, AuditEvent.Credential.PASSWORD);
      case Change.SignedOut(_, var account, var cause) ->
          new AuditEvent.SignedOut(
              actor,
              people.of(account),
              switch (cause) {
                case REQUESTED -> AuditEvent.SignOutCause.REQUESTED;
                case REVOKED -> AuditEvent.SignOutCause.REVOKED;
                case PASSWORD_CHANGED -> AuditEvent.SignOutCause.PASSWORD_CHANGED;
                case ACCOUNT_DISABLED -> AuditEvent.SignOutCause.ACCOUNT_DISABLED;
              });
      case Change.AccountCreated(_, var account, var username, var roles, var groups) ->
          new AuditEvent.AccountCreated(
              actor,
              people.of(account.toString(), username),
              Translation.roles(roles),
              Translation.groups(groups));
      case Change.AccountChanged(_, var account, var properties) ->
          new AuditEvent.AccountChanged(actor, people.of(account), Names.of(properties));
      case Change.AccountDisabled(_, var account) ->
          new AuditEvent.AccountDisabled(actor, people.of(account));
      case Change.AccountEnabled(_, var account) ->
          new AuditEvent.AccountEnabled(actor, people.of(account));
      case Change.PasswordChanged(_, var account) ->
          new AuditEvent.PasswordChanged(actor, people.of(account));
      case Change.RolesChanged(_, var account, var before, var after) ->
          new AuditEvent.RolesChanged(
              actor,
              people.of(account),
              Translation.roles(minus(after, before)),
              Translation.roles(minus(before, after)));
      case Change.MembershipChanged(_, var account, var before, var after) ->
          new AuditEvent.MembershipChanged(
              actor,
              people.of(account),
              Translation.groups(minus(after, before)),
              Translation.groups(minus(before, after)));
      case Change.TokenCreated(_, var account, var token, var expiresAt) ->
          new AuditEvent.TokenCreated(actor, people.of(account), token, expiresAt);
      case Change.TokenRevoked(_, var account, var token) ->
          new AuditEvent.TokenRevoked(actor, people.of(account), token);
      case Change.GroupCreated(_, var group) -> new AuditEvent.GroupCreated(actor, group.value());
      case Change.GroupRemoved(_, var group) -> new AuditEvent.GroupRemoved(actor, group.value());
      case Change.CollectionCreated(_, var collection, var name, var readers) ->
          new AuditEvent.CollectionCreated(
              actor, collection.value(), installation.digest(name), Translation.groups(readers));
      case Change.CollectionChanged(_, var collection, var properties) ->
          new AuditEvent.CollectionChanged(actor, collection.value(), Names.of(properties));
      case Change.GrantsChanged(_, var collection, var grant, var folder, var before, var after) ->
          new AuditEvent.GrantsChanged(
              actor,
              collection.value(),
              switch (grant) {
                case READ -> AuditEvent.Grant.READ;
                case CONTRIBUTE -> AuditEvent.Grant.CONTRIBUTE;
              },
              folder.map(installation::digest),
              Translation.groups(minus(after, before)),
              Translation.groups(minus(before, after)));
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
          new AuditEvent.DocumentRelabelled(
              actor, document.value(), Translation.groups(before), Translation.groups(after));
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
        Translation.groups(added.readers()),
        added.run());
  }

  private AuditEvent removed(ActorRef actor, Change.UploadRemoved removed) {
    return new AuditEvent.UploadRemoved(
        actor,
        removed.upload(),
        people.of(removed.owner(), removed.owner()),
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

  private static <T> Set<T> minus(Set<T> from, Set<T> what) {
    Set<T> rest = new HashSet<>(from);
    rest.removeAll(what);
    return rest;
  }
}
