package dev.docent.api;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import dev.docent.library.Conversation;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a question was to be answered from, on the wire.
@Schema(name = "Scope", description = "What a question was to be answered from; empty: everything")
record ScopeView(
    List<UUID> collections,
    List<UUID> documents,
    @Nullable LocalDate from,
    @Nullable LocalDate until) {

  static ScopeView of(Conversation.Scope scope) {
    return new ScopeView(
        scope.collections().stream().sorted().map(CollectionId::value).toList(),
        scope.documents().stream().sorted().map(DocumentId::value).toList(),
        scope.from().orElse(null),
        scope.until().orElse(null));
  }
}
