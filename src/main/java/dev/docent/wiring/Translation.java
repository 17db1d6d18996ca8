package dev.docent.wiring;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.answer.Citation;
import dev.docent.compliance.audit.ModelRef;
import dev.docent.compliance.audit.Names;
import dev.docent.compliance.audit.PassageRef;
import dev.docent.compliance.audit.Sha256;
import dev.docent.model.ModelIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the service names its own way, in the words of the log.
final class Translation {
  private Translation() {}

  static List<PassageRef> passages(List<Citation> citations) {
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

  /// A model whose file another server holds has no digest to name.
  static Optional<ModelRef> model(ModelIdentity identity) {
    return identity.sha256().isEmpty()
        ? Optional.empty()
        : Optional.of(new ModelRef(identity.name(), new Sha256(identity.sha256())));
  }

  static Names groups(Collection<GroupId> groups) {
    return Names.of(groups.stream().map(GroupId::value).toList());
  }

  static Names roles(Collection<Role> roles) {
    return Names.of(roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList());
  }

  static List<UUID> collections(Set<CollectionId> ids) {
    return ids.stream().sorted().map(CollectionId::value).toList();
  }

  static List<UUID> documents(Set<DocumentId> ids) {
    return ids.stream().sorted().map(DocumentId::value).toList();
  }
}
