package dev.docent.library;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Something that is changed, for the audit record written in the same transaction. Names and paths
/// are in clear here: whoever records them decides what of them is kept.
public sealed interface Change {
  /// Id of the account that acts.
  String actor();

  // --- Accounts

  record SignedIn(String actor, String username) implements Change {}

  record SignedOut(String actor, UUID account, Cause cause) implements Change {
    /// Why a session ended.
    public enum Cause {
      REQUESTED,
      REVOKED,
      PASSWORD_CHANGED,
      ACCOUNT_DISABLED
    }
  }

  record AccountCreated(
      String actor, UUID account, String username, Set<Role> roles, Set<GroupId> groups)
      implements Change {}

  record AccountChanged(String actor, UUID account, Set<String> properties) implements Change {}

  record AccountDisabled(String actor, UUID account) implements Change {}

  record AccountEnabled(String actor, UUID account) implements Change {}

  record PasswordChanged(String actor, UUID account) implements Change {}

  record RolesChanged(String actor, UUID account, Set<Role> before, Set<Role> after)
      implements Change {}

  record MembershipChanged(String actor, UUID account, Set<GroupId> before, Set<GroupId> after)
      implements Change {}

  record TokenCreated(String actor, UUID account, UUID token, Optional<Instant> expiresAt)
      implements Change {}

  record TokenRevoked(String actor, UUID account, UUID token) implements Change {}

  record GroupCreated(String actor, GroupId group) implements Change {}

  record GroupRemoved(String actor, GroupId group) implements Change {}

  // --- Collections and documents

  record CollectionCreated(String actor, CollectionId collection, String name, Set<GroupId> readers)
      implements Change {}

  record CollectionChanged(String actor, CollectionId collection, Set<String> properties)
      implements Change {}

  /// @param folder whose readers they are; empty: of all that has no labels nearer to it
  record GrantsChanged(
      String actor,
      CollectionId collection,
      Grant grant,
      Optional<String> folder,
      Set<GroupId> before,
      Set<GroupId> after)
      implements Change {
    /// To do what.
    public enum Grant {
      READ,
      CONTRIBUTE
    }
  }

  record CollectionRemoved(String actor, CollectionId collection, int documents)
      implements Change {}

  record DocumentAdded(
      String actor,
      DocumentId document,
      CollectionId collection,
      String revision,
      String path,
      long bytes,
      Set<GroupId> readers,
      Optional<UUID> run)
      implements Change {}

  record DocumentRevised(
      String actor,
      DocumentId document,
      String revision,
      String previous,
      long bytes,
      Optional<UUID> run)
      implements Change {}

  /// @param from folder that the document came from, which is not there any more
  record DocumentMoved(String actor, DocumentId document, Path from, Path to, Optional<UUID> run)
      implements Change {}

  record DocumentRelabelled(
      String actor, DocumentId document, Set<GroupId> before, Set<GroupId> after)
      implements Change {}

  record DocumentProcessed(
      String actor,
      DocumentId document,
      String revision,
      DocumentState state,
      int pages,
      int passages)
      implements Change {}

  record DocumentRejected(String actor, DocumentId document, String revision, String reason)
      implements Change {}

  record DocumentRemoved(
      String actor, DocumentId document, CollectionId collection, Cause cause, Optional<UUID> run)
      implements Change {
    /// Why a document left.
    public enum Cause {
      REQUESTED,
      SOURCE_GONE,
      COLLECTION_REMOVED
    }
  }

  /// @param owner id of the account that began it
  /// @param received of its bytes
  record UploadRemoved(
      String actor,
      UUID upload,
      String owner,
      CollectionId collection,
      String path,
      long bytes,
      long received,
      Cause cause)
      implements Change {
    /// Why it never became a document.
    public enum Cause {
      REQUESTED,
      EXPIRED
    }
  }

  record IngestionStarted(String actor, UUID run, Path root) implements Change {}

  record IngestionFinished(String actor, UUID run, IngestRun.State end, IngestRun.Counts counts)
      implements Change {}

  // --- Conversations

  record ConversationTouched(String actor, UUID conversation, Touch touch) implements Change {
    /// What happened to it.
    public enum Touch {
      CREATED,
      EXTENDED,
      RENAMED,
      REMOVED
    }
  }

  /// @param intent id of the question's record in the log
  record AnswerRated(String actor, UUID intent, Rating rating) implements Change {}
}
