package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity(name = "AccessGroup")
@Table(schema = "library", name = "access_group")
class GroupRow {
  @Id String name;

  @Column(nullable = false)
  String description;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;
}
