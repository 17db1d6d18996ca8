package dev.docent.api;

import dev.docent.access.Caller;
import dev.docent.access.DocumentId;
import dev.docent.access.Role;
import dev.docent.compliance.audit.ActorRef;
import dev.docent.compliance.audit.AuditRecord;
import dev.docent.compliance.audit.Identities;
import dev.docent.library.Account;
import dev.docent.library.Accounts;
import dev.docent.library.Documents;
import dev.docent.library.LibraryCollection;
import dev.docent.library.LibraryCollections;
import dev.docent.library.LibraryDocument;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What records are about, by name. The log holds ids and pseudonyms alone; names are looked up
/// when a record is read, as its reader may know them then. Safe for concurrent use.
@Singleton
final class SubjectsOnRecord {
  private final Identities identities;
  private final Accounts accounts;
  private final Documents documents;
  private final LibraryCollections collections;

  @Inject
  SubjectsOnRecord(
      Identities identities,
      Accounts accounts,
      Documents documents,
      LibraryCollections collections) {
    this.identities = identities;
    this.accounts = accounts;
    this.documents = documents;
    this.collections = collections;
  }

  @Schema(name = "SubjectOnRecord")
  record SubjectView(
      @Schema(enumeration = {"document", "collection", "account"}) String kind,
      @Schema(description = "As the record has it") String id,
      @Schema(
              description =
                  "hidden: its reader may not see it; gone: it, or who it is, was removed",
              enumeration = {"known", "hidden", "gone"})
          String state,
      @Schema(description = "Title or name; null unless known") @Nullable String name,
      @Schema(description = "Path of a document, user name of an account; null unless known")
          @Nullable String alias) {

    private static SubjectView known(String kind, String id, String name, @Nullable String alias) {
      return new SubjectView(kind, id, "known", name, alias);
    }

    private static SubjectView unnamed(String kind, String id, boolean there) {
      return new SubjectView(kind, id, there ? "hidden" : "gone", null, null);
    }
  }

  /// Names for some records and one reader.
  Named of(Caller reader, List<AuditRecord> records) {
    return new Named(reader, records);
  }

  final class Named {
    private final Caller reader;
    private final Map<UUID, LibraryDocument> titles;
    private final Map<UUID, LibraryCollection> collectionNames;
    private final Map<ActorRef, Identities.Person> people = new HashMap<>();
    private final Map<UUID, Account> accountNames;

    private Named(Caller reader, List<AuditRecord> records) {
      this.reader = reader;
      Set<DocumentId> ids =
          records.stream()
              .flatMap(SubjectsOnRecord::documentIds)
              .map(DocumentId::new)
              .collect(Collectors.toSet());
      titles =
          documents.find(ids).stream()
              .collect(Collectors.toMap(one -> one.id().value(), Function.identity()));
      collectionNames =
          records.stream().flatMap(SubjectsOnRecord::collectionIds).findAny().isEmpty()
              ? Map.of()
              : collections.list(reader.access(), true).stream()
                  .collect(Collectors.toMap(one -> one.id().value(), Function.identity()));
      records.stream()
          .flatMap(record -> Stream.concat(Stream.of(record.actor()), accountRefs(record)))
          .distinct()
          .forEach(
              actor -> identities.personBehind(actor).ifPresent(one -> people.put(actor, one)));
      accountNames =
          accounts.accounts(people.values().stream().map(SubjectsOnRecord::idOf).toList()).stream()
              .collect(Collectors.toMap(Account::id, Function.identity()));
    }

    /// Who is behind a pseudonym; empty once erased, and for actors that are no person.
    Optional<AuditResource.PersonView> person(ActorRef actor) {
      return Optional.ofNullable(people.get(actor))
          .map(
              known ->
                  new AuditResource.PersonView(
                      known.accountId(),
                      known.name(),
                      Optional.ofNullable(accountNames.get(idOf(known)))
                          .map(Account::displayName)
                          .orElse(null)));
    }

    List<SubjectView> subjects(AuditRecord record) {
      return Stream.of(
              documentIds(record).map(this::document),
              collectionIds(record).map(this::collection),
              accountRefs(record).map(this::account))
          .flatMap(Function.identity())
          .toList();
    }

    private SubjectView document(UUID id) {
      LibraryDocument document = titles.get(id);
      return document != null && reader.access().admits(document.readers())
          ? SubjectView.known("document", id.toString(), document.title(), document.path())
          : SubjectView.unnamed("document", id.toString(), document != null);
    }

    private SubjectView collection(UUID id) {
      LibraryCollection collection = collectionNames.get(id);
      return collection != null && mayKnow(collection)
          ? SubjectView.known("collection", id.toString(), collection.name(), null)
          : SubjectView.unnamed("collection", id.toString(), collection != null);
    }

    private boolean mayKnow(LibraryCollection collection) {
      return reader.has(Role.ADMINISTRATOR)
          || collection.documents() > 0
          || reader.access().admits(collection.contributors());
    }

    private SubjectView account(ActorRef account) {
      return person(account)
          .map(
              known ->
                  SubjectView.known(
                      "account",
                      account.value(),
                      Optional.ofNullable(known.displayName()).orElse(known.name()),
                      known.name()))
          .orElseGet(() -> SubjectView.unnamed("account", account.value(), false));
    }
  }

  private static UUID idOf(Identities.Person person) {
    return UUID.fromString(person.accountId());
  }

  private static Stream<UUID> documentIds(AuditRecord record) {
    Stream<Object> ofPassages =
        Stream.of("passages", "nearest")
            .flatMap(field -> listed(record, field))
            .flatMap(
                passage -> passage instanceof Map<?, ?> map ? of(map, "document") : Stream.empty());
    return ids(
        Stream.of(of(record.data(), "document"), listed(record, "documents"), ofPassages)
            .flatMap(Function.identity()));
  }

  private static Stream<UUID> collectionIds(AuditRecord record) {
    return ids(Stream.concat(of(record.data(), "collection"), listed(record, "collections")));
  }

  private static Stream<ActorRef> accountRefs(AuditRecord record) {
    return Stream.concat(of(record.data(), "account"), listed(record, "approvers"))
        .map(value -> new ActorRef(value.toString()))
        .filter(ActorRef::isPseudonym)
        .distinct();
  }

  private static Stream<UUID> ids(Stream<Object> values) {
    return values.map(value -> UUID.fromString(value.toString())).distinct();
  }

  private static Stream<Object> of(Map<?, ?> data, String field) {
    return Stream.ofNullable(data.get(field));
  }

  private static Stream<Object> listed(AuditRecord record, String field) {
    return record.data().get(field) instanceof Collection<?> values
        ? values.stream().map(Object.class::cast)
        : Stream.empty();
  }
}
