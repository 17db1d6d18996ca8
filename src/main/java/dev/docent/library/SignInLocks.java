package dev.docent.library;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Session;

/// Names under which too many wrong passwords were given, known or not. One is locked after
/// [#FREE_FAILURES] failures, for [#FIRST_LOCK] and twice as long each time, up to [#LONGEST_LOCK].
/// Keys are hashes of names. Safe for concurrent use.
final class SignInLocks {
  static final int FREE_FAILURES = 5;
  static final Duration FIRST_LOCK = Duration.ofSeconds(30);
  static final Duration LONGEST_LOCK = Duration.ofMinutes(15);

  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final Transactions transactions;
  private final InstantSource clock;

  SignInLocks(Transactions transactions, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
  }

  /// Until when no password is tried; empty when one is.
  Optional<Instant> until(byte[] key) {
    return transactions.run(
        work -> {
          SignInFailureRow row = work.session().find(SignInFailureRow.class, key);
          return row == null
              ? Optional.<Instant>empty()
              : Optional.ofNullable(row.lockedUntil)
                  .filter(until -> until.isAfter(clock.instant()));
        });
  }

  /// Until when no password is tried, by the keys of those names that are locked.
  Map<String, Instant> all() {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from SignInFailure where lockedUntil > :now", SignInFailureRow.class)
                .setParameter("now", clock.instant())
                .list()
                .stream()
                .collect(
                    Collectors.toMap(
                        row -> HexFormat.of().formatHex(row.nameHash),
                        row -> requireNonNull(row.lockedUntil))));
  }

  /// Counts a failure, durably.
  SignIn count(byte[] key) {
    Instant now = clock.instant();
    return transactions.run(
        work -> {
          Session session = work.session();
          session
              .createMutationQuery("delete SignInFailure where lastAt < :old")
              .setParameter("old", now.minus(REMEMBERED))
              .executeUpdate();
          int failures =
              session
                  .createNativeQuery(
                      """
                      insert into library.sign_in_failure (name_hash, failures, last_at)
                      values (:key, 1, :now)
                      on conflict (name_hash)
                      do update set failures = sign_in_failure.failures + 1, last_at = :now
                      returning failures""",
                      Integer.class)
                  .setParameter("key", key)
                  .setParameter("now", now)
                  .getSingleResult();
          if (failures < FREE_FAILURES) {
            return new SignIn.Failed();
          }
          Instant until = now.plus(lock(failures - FREE_FAILURES));
          session
              .createMutationQuery(
                  "update SignInFailure set lockedUntil = :until where nameHash = :key")
              .setParameter("until", until)
              .setParameter("key", key)
              .executeUpdate();
          return new SignIn.Locked(until, true);
        });
  }

  private static Duration lock(int times) {
    Duration lock = FIRST_LOCK.multipliedBy(1L << Math.min(times, 10));
    return lock.compareTo(LONGEST_LOCK) < 0 ? lock : LONGEST_LOCK;
  }

  /// Forgets the failures under a name.
  ///
  /// @return whether there were any
  static boolean clear(Session session, byte[] key) {
    return session
            .createMutationQuery("delete SignInFailure where nameHash = :key")
            .setParameter("key", key)
            .executeUpdate()
        > 0;
  }
}
