package dev.docent.library;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

@Entity(name = "Upload")
@Table(schema = "library", name = "upload")
@DynamicUpdate
class UploadRow {
  @Id UUID id;

  @Column(nullable = false)
  String owner;

  @Column(name = "collection_id", nullable = false)
  UUID collectionId;

  @Column(nullable = false)
  String path;

  String @Nullable [] readers;

  @Column(name = "byte_size", nullable = false)
  long byteSize;

  @Column(name = "modified_at", nullable = false)
  Instant modifiedAt;

  @Column(nullable = false)
  long received;

  @Column(name = "document_id")
  @Nullable UUID documentId;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "expires_at", nullable = false)
  Instant expiresAt;

  PartialUpload toUpload() {
    return new PartialUpload(
        id,
        new CollectionId(collectionId),
        path,
        Optional.ofNullable(readers).map(Labels::groups),
        byteSize,
        modifiedAt,
        received,
        Optional.ofNullable(documentId).map(DocumentId::new),
        expiresAt);
  }
}
