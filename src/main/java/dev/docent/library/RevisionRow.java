package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity(name = "Revision")
@Table(schema = "library", name = "revision")
class RevisionRow {
  @Embeddable
  record Key(@Column(name = "document_id") UUID documentId, int number) {}

  @EmbeddedId Key key;

  @Column(nullable = false)
  String sha256;

  @Column(name = "byte_size", nullable = false)
  long byteSize;

  @Column(name = "accepted_at", nullable = false)
  Instant acceptedAt;

  Revision toRevision() {
    return new Revision(key.number(), sha256, byteSize, acceptedAt);
  }
}
