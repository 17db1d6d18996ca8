package dev.docent.retrieve;

import static java.util.Objects.requireNonNull;

import dev.docent.index.WeightedTerm;
import java.time.Duration;
import java.util.List;

/// What was found for a question.
///
/// @param passages best first
/// @param terms the question's words that carry meaning, weighed by how rare they are in the index
/// @param questionVector the question's meaning, L2-normalised. Shared, not copied: nobody may
///   write to it
/// @param took from question to passages
public record Retrieval(
    List<Passage> passages, List<WeightedTerm> terms, float[] questionVector, Duration took) {
  public Retrieval {
    passages = List.copyOf(passages);
    terms = List.copyOf(terms);
    requireNonNull(questionVector, "questionVector");
    requireNonNull(took, "took");
  }
}
