package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity(name = "Turn")
@Table(schema = "library", name = "turn")
class TurnRow {
  @Embeddable
  record Key(@Column(name = "conversation_id") UUID conversationId, int ordinal) {}

  @EmbeddedId Key key;

  @Column(nullable = false)
  String question;

  @Column(nullable = false)
  String answer;

  @Column(name = "asked_at", nullable = false)
  Instant askedAt;
}
