package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.library.Transactions.Work;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.Session;

/// Accounts: who there is, what they may, and their passwords, kept as Argon2id hashes. Safe for
/// concurrent use.
public final class Accounts {
  /// Length a password must have, and the most that is hashed.
  public static final int MIN_PASSWORD = 12;

  public static final int MAX_PASSWORD = 256;

  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

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
          Sessions.endAll(
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

  /// The accounts that may read what has these labels, by user name.
  public List<Account> readersOf(Set<GroupId> labels) {
    return accounts().stream().filter(account -> account.access().admits(labels)).toList();
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

  /// The accounts of these ids that there are.
  public List<Account> accounts(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return transactions.run(
        work ->
            work
                .session()
                .createSelectionQuery("from Account a where a.id in (:ids)", AccountRow.class)
                .setParameterList("ids", ids)
                .list()
                .stream()
                .map(AccountRow::toAccount)
                .toList());
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
          LibraryException.Reason.BAD_USERNAME,
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
            throw new LibraryException.Conflict(
                LibraryException.Reason.ACCOUNT_EXISTS, "There is an account of this name already");
          }
          AccountRow row = new AccountRow();
          row.id = UUID.randomUUID();
          row.username = name;
          row.displayName = displayName.strip();
          row.passwordHash = hash;
          row.roles = names(roles);
          row.mustChangePassword = true;
          row.groups = Groups.memberships(session, groups);
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
    row.groups = Groups.memberships(work.session(), groups);
    work.record(new Change.MembershipChanged(actor, row.id, before, row.toAccount().groups()));
  }

  private void setDisabled(Work work, String actor, AccountRow row, boolean disabled) {
    row.disabled = disabled;
    if (disabled) {
      Sessions.endAll(
          work, actor, row.id, Optional.empty(), Change.SignedOut.Cause.ACCOUNT_DISABLED);
    }
    work.record(
        disabled
            ? new Change.AccountDisabled(actor, row.id)
            : new Change.AccountEnabled(actor, row.id));
  }

  private void resetPassword(Work work, String actor, AccountRow row, String hash) {
    row.passwordHash = hash;
    row.mustChangePassword = true;
    Sessions.endAll(work, actor, row.id, Optional.empty(), Change.SignedOut.Cause.PASSWORD_CHANGED);
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
          LibraryException.Reason.LAST_ADMINISTRATOR,
          "This is the last enabled administrator: make another one first");
    }
  }

  // --- Leaves

  static Optional<Account> enabled(Session session, UUID id) {
    return Optional.ofNullable(session.find(AccountRow.class, id))
        .filter(row -> !row.disabled)
        .map(AccountRow::toAccount);
  }

  static Optional<AccountRow> byUsername(Session session, String username) {
    return session
        .createSelectionQuery("from Account where username = :username", AccountRow.class)
        .setParameter("username", username)
        .uniqueResultOptional();
  }

  private static AccountRow existing(Session session, UUID id) {
    AccountRow row = session.find(AccountRow.class, id);
    if (row == null) {
      throw new LibraryException.NotFound(
          LibraryException.Reason.NO_SUCH_ACCOUNT, "There is no such account");
    }
    return row;
  }

  private static String[] names(Set<Role> roles) {
    return roles.stream().map(Role::name).sorted().toArray(String[]::new);
  }

  private static void checkDisplayName(String name) {
    if (name.isBlank() || name.strip().length() > 200) {
      throw LibraryException.Invalid.length(
          "displayName", "A display name has 1 to 200 characters", 1, 200);
    }
  }

  private static void checkPassword(String password) {
    if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
      throw LibraryException.Invalid.length(
          "password",
          "A password has %d to %d characters".formatted(MIN_PASSWORD, MAX_PASSWORD),
          MIN_PASSWORD,
          MAX_PASSWORD);
    }
    if (Arrays.stream(password.split("")).distinct().count() < 5) {
      throw new LibraryException.Invalid(
          "password",
          LibraryException.Reason.PASSWORD_TOO_PLAIN,
          "A password has at least 5 different characters");
    }
  }
}
