package dev.docent.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// Sent to `onUnmappedRawEvent` when the model has read the prompt and begins to write.
///
/// @param promptTokens of the whole prompt
/// @param cachedTokens of these, taken from the prefix cache
/// @param queued from the request to its turn
/// @param prompt reading of the prompt
public record PromptRead(int promptTokens, int cachedTokens, Duration queued, Duration prompt) {
  public PromptRead {
    requireNonNull(queued, "queued");
    requireNonNull(prompt, "prompt");
  }
}
