package dev.docent.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// What one generation cost.
///
/// @param promptTokens of the whole prompt
/// @param cachedTokens of these, taken from the prefix cache instead of being read again
/// @param generatedTokens of the output
/// @param queued from the request to its turn
/// @param prompt reading of the prompt, up to the first token
/// @param generation from the first token to the last
public record GenerationTimings(
    int promptTokens,
    int cachedTokens,
    int generatedTokens,
    Duration queued,
    Duration prompt,
    Duration generation) {
  public GenerationTimings {
    requireNonNull(queued, "queued");
    requireNonNull(prompt, "prompt");
    requireNonNull(generation, "generation");
    if (cachedTokens < 0 || promptTokens < cachedTokens || generatedTokens < 0) {
      throw new IllegalArgumentException(
          "tokens: prompt %d, cached %d, generated %d"
              .formatted(promptTokens, cachedTokens, generatedTokens));
    }
  }
}
