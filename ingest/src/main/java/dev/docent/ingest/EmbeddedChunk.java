package dev.docent.ingest;

import static java.util.Objects.requireNonNull;

/// A passage and its meaning.
///
/// @param vector L2-normalised, as long as the model's dimension. Shared, not copied: nobody may
///   write to it
public record EmbeddedChunk(Chunk chunk, float[] vector) {
  public EmbeddedChunk {
    requireNonNull(chunk, "chunk");
    requireNonNull(vector, "vector");
  }
}
