package dev.docent.library;

import dev.docent.access.CollectionId;
import dev.docent.access.GroupId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

@Entity(name = "IngestRun")
@Table(schema = "library", name = "ingest_run")
@DynamicUpdate
class RunRow {
  @Id UUID id;

  @Column(nullable = false)
  String root;

  @Column(name = "collection_id")
  @Nullable UUID collectionId;

  @Column(nullable = false)
  String collection;

  String @Nullable [] readers;

  @Column(nullable = false)
  @Enumerated(EnumType.STRING)
  IngestRun.State state;

  @Nullable String detail;

  @Column(nullable = false)
  int total;

  @Column(nullable = false)
  int done;

  @Column(nullable = false)
  int added;

  @Column(nullable = false)
  int revised;

  @Column(nullable = false)
  int unchanged;

  @Column(nullable = false)
  int rejected;

  @Column(nullable = false)
  int removed;

  @Column(name = "current_path")
  @Nullable String currentPath;

  @Column(name = "started_by", nullable = false)
  String startedBy;

  @Column(name = "started_at", nullable = false)
  Instant startedAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  IngestRun toRun() {
    Optional<Set<GroupId>> labels = Optional.ofNullable(readers).map(Labels::groups);
    return new IngestRun(
        id,
        Path.of(root),
        collection,
        Optional.ofNullable(collectionId).map(CollectionId::new),
        labels,
        state,
        Optional.ofNullable(detail),
        new IngestRun.Counts(total, done, added, revised, unchanged, rejected, removed),
        Optional.ofNullable(currentPath),
        startedBy,
        startedAt,
        Optional.ofNullable(finishedAt));
  }
}
