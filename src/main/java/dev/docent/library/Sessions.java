package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.library.Transactions.Work;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/// Where accounts are signed in: sessions opened with a password, and known by their cookie, of
/// which the SHA-256 is kept. Names that nobody has take the same time and get the same replies.
/// Safe for concurrent use.
public final class Sessions {
  static final Duration IDLE = Duration.ofHours(8);
  static final Duration LIFE = Duration.ofHours(24);

  /// How exactly it is known when a session or token was seen last.
  static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Passwords passwords;
  private final SignInLocks locks;

  public Sessions(Transactions transactions, InstantSource clock, SecureRandom random) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
    this.passwords = new Passwords(random);
    this.locks = new SignInLocks(transactions, clock);
  }

  /// Looks at a password. The failure is counted and durable when this returns.
  public SignIn signIn(String username, String password, String userAgent) {
    String name = username.strip().toLowerCase(Locale.ROOT);
    byte[] key = Secret.sha256(name);
    Optional<Instant> locked = locks.until(key);
    if (locked.isPresent()) {
      return new SignIn.Locked(locked.get(), false);
    }
    Optional<Verified> known = transactions.run(work -> find(work.session(), name));
    boolean right =
        known
            .map(account -> passwords.matches(password, account.passwordHash()))
            .orElseGet(() -> passwords.matchesNobody(password));
    if (!right || known.orElseThrow().disabled()) {
      return locks.count(key);
    }
    return transactions.run(work -> open(work, known.get().id(), key, userAgent));
  }

  /// Until when no password is tried, of those accounts that too many wrong ones have locked.
  public Map<UUID, Instant> locked(Collection<Account> accounts) {
    Map<String, Instant> all = locks.all();
    Map<UUID, Instant> locked = new HashMap<>();
    for (Account account : accounts) {
      Instant until = all.get(HexFormat.of().formatHex(Secret.sha256(account.username())));
      if (until != null) {
        locked.put(account.id(), until);
      }
    }
    return locked;
  }

  /// Forgets the wrong passwords given for an account, so that the right one is tried at once.
  public void unlock(String actor, Account account) {
    transactions.run(
        work -> {
          if (SignInLocks.clear(work.session(), Secret.sha256(account.username()))) {
            work.record(new Change.AccountChanged(actor, account.id(), Set.of("signInLock")));
          }
          return account.id();
        });
  }

  private record Verified(UUID id, String passwordHash, boolean disabled) {}

  private static Optional<Verified> find(Session session, String username) {
    return Accounts.byUsername(session, username)
        .map(row -> new Verified(row.id, row.passwordHash, row.disabled));
  }

  private SignIn open(Work work, UUID id, byte[] key, String userAgent) {
    Session session = work.session();
    AccountRow account = session.find(AccountRow.class, id);
    if (account == null || account.disabled) {
      return new SignIn.Failed();
    }
    SignInLocks.clear(session, key);
    Secret secret = Secret.random("", random);
    Instant now = clock.instant();
    SessionRow row = new SessionRow();
    row.id = UUID.randomUUID();
    row.accountId = id;
    row.tokenHash = secret.hash();
    row.userAgent = userAgent.substring(0, Math.min(userAgent.length(), 200));
    row.createdAt = now;
    row.lastSeenAt = now;
    row.expiresAt = now.plus(LIFE);
    session.persist(row);
    work.record(new Change.SignedIn(id.toString(), account.username));
    return new SignIn.Opened(account.toAccount(), row.id, secret, row.expiresAt);
  }

  /// Who is signed in with this cookie; empty when nobody is any more.
  public Optional<Credential> byCookie(String cookie) {
    Secret secret = new Secret(cookie);
    return transactions.run(
        work -> {
          Session session = work.session();
          Instant now = clock.instant();
          Optional<SessionRow> found =
              session
                  .createSelectionQuery("from WebSession where tokenHash = :hash", SessionRow.class)
                  .setParameter("hash", secret.hash())
                  .uniqueResultOptional()
                  .filter(row -> row.expiresAt.isAfter(now))
                  .filter(row -> row.lastSeenAt.plus(IDLE).isAfter(now));
          found
              .filter(row -> row.lastSeenAt.plus(SEEN_EVERY).isBefore(now))
              .ifPresent(row -> row.lastSeenAt = now);
          return found.flatMap(
              row ->
                  Accounts.enabled(session, row.accountId)
                      .map(account -> new Credential(account, row.id, Optional.of(secret))));
        });
  }

  /// Those of an account that have not ended, the last seen first.
  public List<WebSession> of(UUID account) {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from WebSession where accountId = :account and expiresAt > :now order by lastSeenAt desc",
                    SessionRow.class)
                .setParameter("account", account)
                .setParameter("now", clock.instant())
                .list()
                .stream()
                .map(SessionRow::toSession)
                .toList());
  }

  /// Ends a session of the account.
  public void close(UUID account, UUID id, Change.SignedOut.Cause cause) {
    transactions.run(
        work -> {
          SessionRow row = work.session().find(SessionRow.class, id);
          if (row == null || !row.accountId.equals(account)) {
            throw new LibraryException.NotFound("There is no such session");
          }
          work.session().remove(row);
          work.record(new Change.SignedOut(account.toString(), account, cause));
          return id;
        });
  }

  /// Ends those of an account.
  ///
  /// @return their ids
  public List<UUID> closeAll(String actor, UUID account) {
    return transactions.run(
        work -> {
          List<UUID> open =
              work.session()
                  .createSelectionQuery(
                      "select id from WebSession where accountId = :account", UUID.class)
                  .setParameter("account", account)
                  .list();
          endAll(work, actor, account, Optional.empty(), Change.SignedOut.Cause.REVOKED);
          return open;
        });
  }

  /// Ends those of an account, but for one.
  static void endAll(
      Work work, String actor, UUID account, Optional<UUID> except, Change.SignedOut.Cause cause) {
    int ended =
        work.session()
            .createMutationQuery("delete WebSession where accountId = :account and id <> :except")
            .setParameter("account", account)
            .setParameter("except", except.orElse(new UUID(0, 0)))
            .executeUpdate();
    for (int i = 0; i < ended; i++) {
      work.record(new Change.SignedOut(actor, account, cause));
    }
  }
}
