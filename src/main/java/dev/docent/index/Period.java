package dev.docent.index;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/// The days that a search is narrowed to, the first and the last one included. What has no date is
/// found in none but [#ALWAYS].
///
/// @param from the first day; empty: however early
/// @param until the last day; empty: however late
public record Period(Optional<LocalDate> from, Optional<LocalDate> until) {
  public static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());

  public Period {
    requireNonNull(from, "from");
    requireNonNull(until, "until");
    if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
      throw new IllegalArgumentException("from " + from.get() + " until " + until.get());
    }
  }
}
