package dev.docent.library;

import dev.docent.access.CollectionId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

@Entity(name = "LibraryCollection")
@Table(schema = "library", name = "collection")
@DynamicUpdate
class CollectionRow {
  @Id UUID id;

  @Column(nullable = false)
  String name;

  @Column(nullable = false)
  String description;

  @Column(nullable = false)
  String[] readers;

  @Column(nullable = false)
  String[] contributors;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  LibraryCollection toCollection() {
    return toCollection(0, false);
  }

  LibraryCollection toCollection(long documents, boolean folders) {
    return new LibraryCollection(
        new CollectionId(id),
        name,
        description,
        documents,
        folders,
        Labels.groups(readers),
        Labels.groups(contributors));
  }
}
