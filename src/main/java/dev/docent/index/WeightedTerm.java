package dev.docent.index;

import static java.util.Objects.requireNonNull;

/// A word as the index knows it.
///
/// @param term stemmed and folded, as [Terms] makes them
/// @param known whether any passage has it
/// @param weight its inverse document frequency among all passages, natural logarithm
public record WeightedTerm(String term, boolean known, double weight) {
  public WeightedTerm {
    requireNonNull(term, "term");
  }
}
