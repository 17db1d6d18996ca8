package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

@Entity(name = "Conversation")
@Table(schema = "library", name = "conversation")
@DynamicUpdate
class ConversationRow {
  @Id UUID id;

  @Column(name = "account_id", nullable = false)
  String accountId;

  @Column(nullable = false)
  String title;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  Instant updatedAt;
}
