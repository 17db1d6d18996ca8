package dev.docent.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How a model is run on this machine.
///
/// @param contextTokens room for prompt and answer together; the model's own limit caps it
/// @param threads for reading prompts and for generating
/// @param maxPending requests that may wait or run at once
/// @param queueTimeout how long a request may wait for its turn
public record LlamaSettings(int contextTokens, int threads, int maxPending, Duration queueTimeout) {
  public static final int DEFAULT_CONTEXT_TOKENS = 4096;
  public static final int DEFAULT_MAX_PENDING = 32;
  public static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofMinutes(2);

  public LlamaSettings {
    requireNonNull(queueTimeout, "queueTimeout");
    if (contextTokens < 256 || threads < 1 || maxPending < 1 || !queueTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "contextTokens %d, threads %d, maxPending %d, queueTimeout %s"
              .formatted(contextTokens, threads, maxPending, queueTimeout));
    }
  }

  public static LlamaSettings defaults(int threads) {
    return new LlamaSettings(
        DEFAULT_CONTEXT_TOKENS, threads, DEFAULT_MAX_PENDING, DEFAULT_QUEUE_TIMEOUT);
  }
}
