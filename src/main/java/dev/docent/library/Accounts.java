package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.library.Transactions.Work;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;

/// Accounts, their groups and their credentials. Safe for concurrent use.
///
/// Passwords are kept as Argon2id hashes, tokens and cookies as SHA-256. A name is locked after
/// [#FREE_FAILURES] failures, for [#FIRST_LOCK] and twice as long each time, up to [#LONGEST_LOCK];
/// unknown names take the same time and get the same replies.
public final class Accounts {
  static final int FREE_FAILURES = 5;
  static final Duration FIRST_LOCK = Duration.ofSeconds(30);
  static final Duration LONGEST_LOCK = Duration.ofMinutes(15);
  static final Duration SESSION_IDLE = Duration.ofHours(8);
  static final Duration SESSION_LIFE = Duration.ofHours(24);

  /// Length a password must have, and the most that is hashed.
  public static final int MIN_PASSWORD = 12;

  public static final int MAX_PASSWORD = 256;

  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  private static final String TOKEN_PREFIX = "docent_";

  private final Transactions transactions;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Passwords passwords;

  public Accounts(Transactions transactions, InstantSource clock, SecureRandom random) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
    this.random = requireNonNull(random, "random");
    this.passwords = new Passwords(random);
  }

  // --- Signing in

  /// Looks at a password. The failure is counted and durable when this returns.
  public SignIn signIn(String username, String password, String userAgent) {
    String name = username.strip().toLowerCase(Locale.ROOT);
    byte[] key = Secret.sha256(name);
    Optional<Instant> locked = lockedUntil(key);
    if (locked.isPresent()) {
      return new SignIn.Locked(locked.get());
    }
    Optional<Verified> known = transactions.run(work -> find(work.session(), name));
    boolean right =
        known
            .map(account -> passwords.matches(password, account.passwordHash()))
            .orElseGet(() -> passwords.matchesNobody(password));
    if (!right || known.orElseThrow().disabled()) {
      return countFailure(key);
    }
    return transactions.run(work -> open(work, known.get().id(), key, userAgent));
  }

  private record Verified(UUID id, String passwordHash, boolean disabled) {}

  private static Optional<Verified> find(Session session, String username) {
    return byUsername(session, username)
        .map(row -> new Verified(row.id, row.passwordHash, row.disabled));
  }

  private Optional<Instant> lockedUntil(byte[] key) {
    return transactions.run(
        work -> {
          SignInFailureRow row = work.session().find(SignInFailureRow.class, key);
          return row == null
              ? Optional.<Instant>empty()
              : Optional.ofNullable(row.lockedUntil)
                  .filter(until -> until.isAfter(clock.instant()));
        });
  }

  private SignIn countFailure(byte[] key) {
    Instant now = clock.instant();
    return transactions.run(
        work -> {
          Session session = work.session();
          session
              .createMutationQuery("delete SignInFailure where lastAt < :old")
              .setParameter("old", now.minus(Duration.ofDays(1)))
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
          return new SignIn.Locked(until);
        });
  }

  private static Duration lock(int times) {
    Duration lock = FIRST_LOCK.multipliedBy(1L << Math.min(times, 10));
    return lock.compareTo(LONGEST_LOCK) < 0 ? lock : LONGEST_LOCK;
  }

  private SignIn open(Work work, UUID id, byte[] key, String userAgent) {
    Session session = work.session();
    AccountRow account = session.find(AccountRow.class, id);
    if (account == null || account.disabled) {
      return new SignIn.Failed();
    }
    session
        .createMutationQuery("delete SignInFailure where nameHash = :key")
        .setParameter("key", key)
        .executeUpdate();
    Secret secret = Secret.random("", random);
    Instant now = clock.instant();
    SessionRow row = new SessionRow();
    row.id = UUID.randomUUID();
    row.accountId = id;
    row.tokenHash = secret.hash();
    row.userAgent = userAgent.substring(0, Math.min(userAgent.length(), 200));
    row.createdAt = now;
    row.lastSeenAt = now;
    row.expiresAt = now.plus(SESSION_LIFE);
    session.persist(row);
    work.record(new Change.SignedIn(id.toString(), account.username));
    return new SignIn.Opened(account.toAccount(), row.id, secret, row.expiresAt);
  }

  /// Who holds this API token; empty when nobody does, or may no more.
  public Optional<Credential> byToken(String token) {
    return transactions.run(
        work -> {
          Session session = work.session();
          Instant now = clock.instant();
          Optional<TokenRow> found =
              session
                  .createSelectionQuery("from ApiToken where tokenHash = :hash", TokenRow.class)
                  .setParameter("hash", new Secret(token).hash())
                  .uniqueResultOptional()
                  .filter(row -> row.expiresAt == null || row.expiresAt.isAfter(now));
          found
              .filter(
                  row -> row.lastUsedAt == null || row.lastUsedAt.plus(SEEN_EVERY).isBefore(now))
              .ifPresent(row -> row.lastUsedAt = now);
          return found.flatMap(
              row ->
                  enabled(session, row.accountId)
                      .map(account -> new Credential(account, row.id, Optional.empty())));
        });
  }

  /// Who is signed in with this cookie; empty when nobody is any more.
  public Optional<Credential> bySession(String cookie) {
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
                  .filter(row -> row.lastSeenAt.plus(SESSION_IDLE).isAfter(now));
          found
              .filter(row -> row.lastSeenAt.plus(SEEN_EVERY).isBefore(now))
              .ifPresent(row -> row.lastSeenAt = now);
          return found.flatMap(
              row ->
                  enabled(session, row.accountId)
                      .map(account -> new Credential(account, row.id, Optional.of(secret))));
        });
  }

  private static Optional<Account> enabled(Session session, UUID id) {
    return Optional.ofNullable(session.find(AccountRow.class, id))
        .filter(row -> !row.disabled)
        .map(AccountRow::toAccount);
  }

  // --- Sessions and tokens of one account

  public List<WebSession> sessions(UUID account) {
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
  public void closeSession(UUID account, UUID id, Change.SignedOut.Cause cause) {
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

  public List<ApiToken> tokens(UUID account) {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery(
                    "from ApiToken where accountId = :account order by createdAt", TokenRow.class)
                .setParameter("account", account)
                .list()
                .stream()
                .map(TokenRow::toToken)
                .toList());
  }

  /// A new API token and its secret, which can be seen only now.
  public record NewToken(ApiToken token, Secret secret) {}

  public NewToken createToken(UUID account, String name, Optional<Instant> expiresAt) {
    if (name.isBlank() || name.length() > 100) {
      throw new LibraryException.Invalid("name", "A token's name has 1 to 100 characters");
    }
    if (expiresAt.filter(at -> at.isBefore(clock.instant())).isPresent()) {
      throw new LibraryException.Invalid("expiresAt", "The token would have expired already");
    }
    Secret secret = Secret.random(TOKEN_PREFIX, random);
    return transactions.run(
        work -> {
          TokenRow row = new TokenRow();
          row.id = UUID.randomUUID();
          row.accountId = account;
          row.name = name.strip();
          row.tokenHash = secret.hash();
          row.createdAt = clock.instant();
          row.expiresAt = expiresAt.orElse(null);
          work.session().persist(row);
          work.record(new Change.TokenCreated(account.toString(), account, row.id, expiresAt));
          return new NewToken(row.toToken(), secret);
        });
  }

  public void revokeToken(UUID account, UUID id) {
    transactions.run(
        work -> {
          TokenRow row = work.session().find(TokenRow.class, id);
          if (row == null || !row.accountId.equals(account)) {
            throw new LibraryException.NotFound("There is no such token");
          }
          work.session().remove(row);
          work.record(new Change.TokenRevoked(account.toString(), account, id));
          return id;
        });
  }

  /// Sets a new password and ends every other session of the account.
  ///
  /// @return false when `current` is wrong
  public boolean changePassword(
      UUID account, String current, String replacement, Optional<UUID> session) {
    checkPassword(replacement);
    String hash = transactions.run(work -> existing(work.session(), account).passwordHash);
    if (!passwords.matches(current, hash)) {
      return false;
    }
    String replaced = passwords.hash(replacement);
    transactions.run(
        work -> {
          AccountRow row = existing(work.session(), account);
          row.passwordHash = replaced;
          row.mustChangePassword = false;
          row.updatedAt = clock.instant();
          endSessions(
              work, account.toString(), account, session, Change.SignedOut.Cause.PASSWORD_CHANGED);
          work.record(new Change.PasswordChanged(account.toString(), account));
          return account;
        });
    return true;
  }

  // --- Administration

  public List<Account> accounts() {
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery("from Account order by username", AccountRow.class)
                .list()
                .stream()
                .map(AccountRow::toAccount)
                .toList());
  }

  /// The account that someone calls by this name: its user name, or a display name that no other
  /// account has. Upper and lower case are the same.
  public Optional<Account> named(String name) {
    String wanted = name.strip();
    List<Account> all = accounts();
    List<Account> called =
        all.stream().filter(account -> account.displayName().equalsIgnoreCase(wanted)).toList();
    return all.stream()
        .filter(account -> account.username().equalsIgnoreCase(wanted))
        .findFirst()
        .or(() -> called.size() == 1 ? Optional.of(called.getFirst()) : Optional.empty());
  }

  public Account account(UUID id) {
    return transactions.run(work -> existing(work.session(), id).toAccount());
  }

  public Account create(
      String actor,
      String username,
      String displayName,
      String password,
      Set<Role> roles,
      Set<GroupId> groups) {
    String name = username.strip().toLowerCase(Locale.ROOT);
    if (!USERNAME.matcher(name).matches()) {
      throw new LibraryException.Invalid(
          "username",
          "A user name has 1 to 64 characters of a-z, 0-9, dot, dash, underscore and @ and begins"
              + " with a letter or digit");
    }
    checkDisplayName(displayName);
    checkPassword(password);
    String hash = passwords.hash(password);
    return transactions.run(
        work -> {
          Session session = work.session();
          if (byUsername(session, name).isPresent()) {
            throw new LibraryException.Conflict("There is an account of this name already");
          }
          AccountRow row = new AccountRow();
          row.id = UUID.randomUUID();
          row.username = name;
          row.displayName = displayName.strip();
          row.passwordHash = hash;
          row.roles = names(roles);
          row.mustChangePassword = true;
          row.groups = memberships(session, groups);
          row.createdAt = clock.instant();
          row.updatedAt = row.createdAt;
          session.persist(row);
          work.record(
              new Change.AccountCreated(actor, row.id, name, roles, row.toAccount().groups()));
          return row.toAccount();
        });
  }

  /// The account `admin` with every role and a random password, when there is no account at all.
  ///
  /// @return the password, which is kept nowhere in clear
  public Optional<String> createFirstAdministrator() {
    boolean none =
        transactions.run(
            work ->
                work.session()
                        .createSelectionQuery("select count(*) from Account", Long.class)
                        .getSingleResult()
                    == 0);
    if (!none) {
      return Optional.empty();
    }
    String password = Secret.random("", random).text().substring(0, 20);
    create("system", "admin", "Administrator", password, EnumSet.allOf(Role.class), Set.of());
    return Optional.of(password);
  }

  /// Changes an account. Disabling it, or a reset password, ends its sessions; tokens of a disabled
  /// account open nothing while it is.
  public Account change(String actor, UUID id, AccountPatch patch) {
    patch.displayName().ifPresent(Accounts::checkDisplayName);
    patch.password().ifPresent(Accounts::checkPassword);
    Optional<String> hash = patch.password().map(passwords::hash);
    return transactions.run(
        work -> {
          AccountRow row = existing(work.session(), id);
          patch.displayName().ifPresent(name -> rename(work, actor, row, name));
          patch.roles().ifPresent(roles -> setRoles(work, actor, row, roles));
          patch.groups().ifPresent(groups -> setGroups(work, actor, row, groups));
          patch.disabled().ifPresent(disabled -> setDisabled(work, actor, row, disabled));
          hash.ifPresent(value -> resetPassword(work, actor, row, value));
          row.updatedAt = clock.instant();
          work.session().flush();
          if (patch.roles().isPresent() || patch.disabled().isPresent()) {
            keepOneAdministrator(work.session());
          }
          return row.toAccount();
        });
  }

  private static void rename(Work work, String actor, AccountRow row, String name) {
    row.displayName = name.strip();
    work.record(new Change.AccountChanged(actor, row.id, Set.of("displayName")));
  }

  private static void setRoles(Work work, String actor, AccountRow row, Set<Role> roles) {
    Set<Role> before = row.toAccount().roles();
    row.roles = names(roles);
    work.record(new Change.RolesChanged(actor, row.id, before, roles));
  }

  private static void setGroups(Work work, String actor, AccountRow row, Set<GroupId> groups) {
    Set<GroupId> before = row.toAccount().groups();
    row.groups = memberships(work.session(), groups);
    work.record(new Change.MembershipChanged(actor, row.id, before, row.toAccount().groups()));
  }

  private void setDisabled(Work work, String actor, AccountRow row, boolean disabled) {
    row.disabled = disabled;
    if (disabled) {
      endSessions(work, actor, row.id, Optional.empty(), Change.SignedOut.Cause.ACCOUNT_DISABLED);
    }
    work.record(
        disabled
            ? new Change.AccountDisabled(actor, row.id)
            : new Change.AccountEnabled(actor, row.id));
  }

  private void resetPassword(Work work, String actor, AccountRow row, String hash) {
    row.passwordHash = hash;
    row.mustChangePassword = true;
    endSessions(work, actor, row.id, Optional.empty(), Change.SignedOut.Cause.PASSWORD_CHANGED);
    work.record(new Change.PasswordChanged(actor, row.id));
  }

  private static void keepOneAdministrator(Session session) {
    boolean left =
        session
            .createSelectionQuery("from Account where not disabled", AccountRow.class)
            .list()
            .stream()
            .anyMatch(row -> row.toAccount().roles().contains(Role.ADMINISTRATOR));
    if (!left) {
      throw new LibraryException.Conflict(
          "This is the last enabled administrator: make another one first");
    }
  }

  private static void endSessions(
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

  // --- Groups

  public List<Group> groups() {
    return transactions.run(
        work -> {
          Session session = work.session();
          List<AccountRow> accounts =
              session.createSelectionQuery("from Account", AccountRow.class).list();
          return session
              .createSelectionQuery("from AccessGroup order by name", GroupRow.class)
              .list()
              .stream()
              .map(row -> group(row, accounts))
              .toList();
        });
  }

  private static Group group(GroupRow row, List<AccountRow> accounts) {
    GroupId name = new GroupId(row.name);
    long members =
        accounts.stream()
            .filter(
                account ->
                    name.equals(GroupId.EVERYONE)
                        ? !account.disabled
                        : account.groups.contains(row.name))
            .count();
    return new Group(name, row.description, members);
  }

  public Group createGroup(String actor, GroupId name, String description) {
    return transactions.run(
        work -> {
          if (work.session().find(GroupRow.class, name.value()) != null) {
            throw new LibraryException.Conflict("There is a group of this name already");
          }
          return new Group(name, persistGroup(work, actor, name, description), 0);
        });
  }

  /// Makes the groups that are missing.
  public void ensureGroups(String actor, Set<GroupId> names) {
    transactions.run(
        work -> {
          for (GroupId name : new TreeSet<>(names)) {
            if (work.session().find(GroupRow.class, name.value()) == null) {
              persistGroup(work, actor, name, "");
            }
          }
          return names;
        });
  }

  private String persistGroup(Work work, String actor, GroupId name, String description) {
    GroupRow row = new GroupRow();
    row.name = name.value();
    row.description = description;
    row.createdAt = clock.instant();
    work.session().persist(row);
    work.record(new Change.GroupCreated(actor, name));
    return row.description;
  }

  /// Removes a group that labels nothing. Its members lose it.
  public void removeGroup(String actor, GroupId name) {
    if (name.equals(GroupId.EVERYONE)) {
      throw new LibraryException.Conflict("The group of everyone cannot be removed");
    }
    transactions.run(
        work -> {
          Session session = work.session();
          GroupRow row = session.find(GroupRow.class, name.value());
          if (row == null) {
            throw new LibraryException.NotFound("There is no such group");
          }
          long labelled =
              count(
                      session,
                      "select count(*) from Document where array_contains(readers, :name)",
                      name)
                  + count(
                      session,
                      "select count(*) from LibraryCollection where array_contains(readers, :name) or"
                          + " array_contains(contributors, :name)",
                      name)
                  + count(
                      session,
                      "select count(*) from FolderLabel where array_contains(readers, :name)",
                      name);
          if (labelled > 0) {
            throw new LibraryException.Conflict(
                "%d documents or collections are open to this group: relabel them first"
                    .formatted(labelled));
          }
          session
              .createSelectionQuery("from Account", AccountRow.class)
              .list()
              .forEach(account -> account.groups.remove(name.value()));
          session.flush();
          session.remove(row);
          work.record(new Change.GroupRemoved(actor, name));
          return name;
        });
  }

  private static long count(Session session, String query, GroupId name) {
    SelectionQuery<Long> counting = session.createSelectionQuery(query, Long.class);
    return counting.setParameter("name", name.value()).getSingleResult();
  }

  // --- Leaves

  private static Optional<AccountRow> byUsername(Session session, String username) {
    return session
        .createSelectionQuery("from Account where username = :username", AccountRow.class)
        .setParameter("username", username)
        .uniqueResultOptional();
  }

  private static AccountRow existing(Session session, UUID id) {
    AccountRow row = session.find(AccountRow.class, id);
    if (row == null) {
      throw new LibraryException.NotFound("There is no such account");
    }
    return row;
  }

  private static String[] names(Set<Role> roles) {
    return roles.stream().map(Role::name).sorted().toArray(String[]::new);
  }

  private static Set<String> memberships(Session session, Set<GroupId> groups) {
    Set<String> names =
        groups.stream()
            .filter(group -> !group.equals(GroupId.EVERYONE))
            .map(GroupId::value)
            .collect(Collectors.toCollection(HashSet::new));
    for (String name : names) {
      if (session.find(GroupRow.class, name) == null) {
        throw new LibraryException.Invalid("groups", "There is no group '" + name + "'");
      }
    }
    return names;
  }

  private static void checkDisplayName(String name) {
    if (name.isBlank() || name.strip().length() > 200) {
      throw new LibraryException.Invalid("displayName", "A display name has 1 to 200 characters");
    }
  }

  private static void checkPassword(String password) {
    if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
      throw new LibraryException.Invalid(
          "password", "A password has %d to %d characters".formatted(MIN_PASSWORD, MAX_PASSWORD));
    }
    if (Arrays.stream(password.split("")).distinct().count() < 5) {
      throw new LibraryException.Invalid(
          "password", "A password has at least 5 different characters");
    }
  }
}
