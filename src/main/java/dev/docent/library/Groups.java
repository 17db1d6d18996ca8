package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;
import dev.docent.library.Transactions.Work;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;

/// The groups that documents are labelled with and accounts belong to. Safe for concurrent use.
public final class Groups {
  private final Transactions transactions;
  private final InstantSource clock;

  public Groups(Transactions transactions, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
  }

  public List<Group> all() {
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

  public Group create(String actor, GroupId name, String description) {
    return transactions.run(
        work -> {
          if (work.session().find(GroupRow.class, name.value()) != null) {
            throw new LibraryException.Conflict(
                LibraryException.Reason.GROUP_EXISTS, "There is a group of this name already");
          }
          return new Group(name, persist(work, actor, name, description), 0);
        });
  }

  /// Makes the groups that are missing.
  public void ensure(String actor, Set<GroupId> names) {
    transactions.run(
        work -> {
          for (GroupId name : new TreeSet<>(names)) {
            if (work.session().find(GroupRow.class, name.value()) == null) {
              persist(work, actor, name, "");
            }
          }
          return names;
        });
  }

  private String persist(Work work, String actor, GroupId name, String description) {
    GroupRow row = new GroupRow();
    row.name = name.value();
    row.description = description;
    row.createdAt = clock.instant();
    work.session().persist(row);
    work.record(new Change.GroupCreated(actor, name));
    return row.description;
  }

  /// Removes a group that labels nothing. Its members lose it.
  public void remove(String actor, GroupId name) {
    if (name.equals(GroupId.EVERYONE)) {
      throw new LibraryException.Conflict(
          LibraryException.Reason.EVERYONE_STAYS, "The group of everyone cannot be removed");
    }
    transactions.run(
        work -> {
          Session session = work.session();
          GroupRow row = session.find(GroupRow.class, name.value());
          if (row == null) {
            throw new LibraryException.NotFound(
                LibraryException.Reason.NO_SUCH_GROUP, "There is no such group");
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
                LibraryException.Reason.GROUP_IN_USE,
                "%d documents or collections are open to this group: relabel them first"
                    .formatted(labelled),
                Map.of("count", labelled));
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

  /// Names of groups that an account joins, all of which there are.
  static Set<String> memberships(Session session, Set<GroupId> groups) {
    Set<String> names =
        groups.stream()
            .filter(group -> !group.equals(GroupId.EVERYONE))
            .map(GroupId::value)
            .collect(Collectors.toCollection(HashSet::new));
    for (String name : names) {
      if (session.find(GroupRow.class, name) == null) {
        throw new LibraryException.Invalid(
            "groups",
            LibraryException.Reason.UNKNOWN_GROUP,
            "There is no group '" + name + "'",
            Map.of("name", name));
      }
    }
    return names;
  }
}
