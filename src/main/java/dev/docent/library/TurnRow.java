package dev.docent.library;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

  @Column(name = "answer_id", nullable = false)
  UUID answerId;

  // The question's record in the log.
  @Column(name = "intent_id", nullable = false)
  UUID intentId;

  // Id of the answer in whose place it stands.
  @Nullable UUID replaces;

  // Chosen by the client.
  @Column(name = "asked_as")
  @Nullable UUID askedAs;

  @Column(nullable = false)
  UUID[] collections;

  @Column(nullable = false)
  UUID[] documents;

  @Column(name = "dated_from")
  @Nullable LocalDate datedFrom;

  @Column(name = "dated_until")
  @Nullable LocalDate datedUntil;

  @Nullable Boolean helpful;

  @Enumerated(EnumType.STRING)
  @Column(name = "rating_reason")
  Rating.@Nullable Reason ratingReason;

  @Column(name = "asked_at", nullable = false)
  Instant askedAt;
}
