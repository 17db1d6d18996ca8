package dev.docent.api;

import dev.docent.library.Rating;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A rating on the wire.
@Schema(name = "Rating")
record RatingView(
    @NotNull Boolean helpful,
    @Schema(description = "Why it was not helpful; null: none given")
        Rating.@Nullable Reason reason) {
  static RatingView of(Rating rating) {
    return new RatingView(rating.helpful(), rating.reason().orElse(null));
  }

  Rating rating() {
    if (helpful && reason != null) {
      throw ApiException.invalid("reason", "Only what was not helpful has a reason");
    }
    return new Rating(helpful, Optional.ofNullable(reason));
  }
}
