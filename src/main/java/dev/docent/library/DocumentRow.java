package dev.docent.library;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

@Entity(name = "Document")
@Table(schema = "library", name = "document")
@DynamicUpdate
class DocumentRow {
  @Id UUID id;

  @ManyToOne(fetch = FetchType.EAGER, optional = false)
  @JoinColumn(name = "collection_id")
  CollectionRow collection;

  @Column(nullable = false)
  String path;

  @Column(nullable = false)
  String source;

  @Column(nullable = false)
  String title;

  @Column(name = "media_type")
  @Nullable String mediaType;

  @Column(name = "byte_size", nullable = false)
  long byteSize;

  @Column(nullable = false)
  String revision;

  @Column(name = "parser_version", nullable = false)
  int parserVersion;

  @Column(nullable = false)
  @Enumerated(EnumType.STRING)
  DocumentState state;

  @Nullable String reason;
  @Nullable String detail;

  @Column(name = "what_to_do")
  @Nullable String whatToDo;

  @Nullable Integer pages;
  @Nullable Integer passages;

  @Column(name = "modified_at")
  @Nullable Instant modifiedAt;

  @Nullable LocalDate dated;

  @Column(nullable = false)
  String[] readers;

  @Column(name = "labelled_by_hand", nullable = false)
  boolean labelledByHand;

  @Column(name = "index_behind", nullable = false)
  boolean indexBehind;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  Instant updatedAt;

  /// Back to the start, with nothing known of what its bytes hold.
  void requeue(Instant now) {
    state = DocumentState.QUEUED;
    reason = null;
    detail = null;
    whatToDo = null;
    pages = null;
    passages = null;
    dated = null;
    indexBehind = true;
    updatedAt = now;
  }

  LibraryDocument toDocument() {
    return new LibraryDocument(
        new DocumentId(id),
        new CollectionId(collection.id),
        collection.name,
        path,
        title,
        Optional.ofNullable(mediaType),
        byteSize,
        state,
        Optional.ofNullable(reason),
        Optional.ofNullable(detail),
        Optional.ofNullable(whatToDo),
        count(pages),
        count(passages),
        Optional.ofNullable(modifiedAt),
        Optional.ofNullable(dated),
        Labels.groups(readers),
        revision,
        parserVersion,
        indexBehind,
        updatedAt);
  }

  private static OptionalInt count(@Nullable Integer column) {
    return column == null ? OptionalInt.empty() : OptionalInt.of(column);
  }
}
