package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "IngestItem")
@Table(schema = "library", name = "ingest_item")
class ItemRow {
  @Embeddable
  record Key(@Column(name = "run_id") UUID runId, String path) {}

  @EmbeddedId Key key;

  @Column(name = "document_id")
  @Nullable UUID documentId;

  @Column(nullable = false)
  @Enumerated(EnumType.STRING)
  IngestItem.Outcome outcome;

  @Nullable String reason;
  @Nullable String detail;

  @Column(name = "media_type")
  @Nullable String mediaType;

  @Nullable Integer pages;
  @Nullable Integer passages;

  @Column(nullable = false)
  long millis;

  IngestItem toItem() {
    return new IngestItem(
        key.path(),
        outcome,
        Optional.ofNullable(reason),
        Optional.ofNullable(detail),
        Optional.ofNullable(mediaType),
        pages == null ? OptionalInt.empty() : OptionalInt.of(pages),
        passages == null ? OptionalInt.empty() : OptionalInt.of(passages),
        Duration.ofMillis(millis));
  }
}
