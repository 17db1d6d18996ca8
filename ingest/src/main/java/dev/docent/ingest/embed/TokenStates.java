package dev.docent.ingest.embed;

import static java.util.Objects.requireNonNull;

/// What the embedding model makes of a text and of each of its tokens, in their context. Arrays are
/// shared, not copied: nobody may write to them.
///
/// @param vector the text's meaning, L2-normalised, as an embedding of it
/// @param starts first character of each token in the text, in code points
/// @param ends behind its last one
/// @param states `float[tokens][dimension]`, each L2-normalised
public record TokenStates(float[] vector, int[] starts, int[] ends, float[][] states) {
  public TokenStates {
    requireNonNull(vector, "vector");
    if (starts.length != states.length || ends.length != states.length) {
      throw new IllegalArgumentException(states.length + " states, " + starts.length + " tokens");
    }
  }
}
