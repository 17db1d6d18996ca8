package dev.docent.retrieve;

import static java.util.Objects.requireNonNull;

import dev.docent.index.IndexedChunk;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A passage found for a question, and why.
///
/// @param wordsRank 1-based place among the passages with the question's words; empty: not among
///   them
/// @param meaningRank likewise among the passages near its meaning
/// @param similarity cosine between question and passage; empty where the passage was found by its
///   words alone
/// @param score the fused score; comparable within one [Retrieval] only
public record Passage(
    IndexedChunk source,
    OptionalInt wordsRank,
    OptionalInt meaningRank,
    OptionalDouble similarity,
    double score) {
  public Passage {
    requireNonNull(source, "source");
    requireNonNull(wordsRank, "wordsRank");
    requireNonNull(meaningRank, "meaningRank");
    requireNonNull(similarity, "similarity");
  }
}
