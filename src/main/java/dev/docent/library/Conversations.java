package dev.docent.library;

import static java.util.Objects.requireNonNull;

import dev.docent.access.CollectionId;
import dev.docent.access.DocumentId;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;

/// What each account asked and was answered. Nobody sees another's. Safe for concurrent use.
public final class Conversations {
  private static final int TITLE = 80;

  private final Transactions transactions;
  private final InstantSource clock;

  public Conversations(Transactions transactions, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions");
    this.clock = requireNonNull(clock, "clock");
  }

  /// The account's conversations without their turns, newest first.
  ///
  /// @param text part of the title or of a question in it, in any case; empty: all of them
  /// @param offset how many to leave out first
  public Page<Conversation> list(String account, Optional<String> text, int offset, int limit) {
    String where =
        text.isEmpty()
            ? "c.accountId = :account"
            : """
            c.accountId = :account and (lower(c.title) like :text escape '!' or exists
              (select 1 from Turn t where t.key.conversationId = c.id
               and lower(t.question) like :text escape '!'))""";
    return transactions.run(
        work -> {
          Session session = work.session();
          long total =
              bind(
                      session.createSelectionQuery(
                          "select count(*) from Conversation c where " + where, Long.class),
                      account,
                      text)
                  .getSingleResult();
          List<Conversation> items =
              bind(
                      session.createSelectionQuery(
                          "from Conversation c where " + where + " order by c.updatedAt desc, c.id",
                          ConversationRow.class),
                      account,
                      text)
                  .setFirstResult(offset)
                  .setMaxResults(limit)
                  .list()
                  .stream()
                  .map(row -> conversation(row, List.of()))
                  .toList();
          return new Page<>(items, total);
        });
  }

  private static <T> SelectionQuery<T> bind(
      SelectionQuery<T> selection, String account, Optional<String> text) {
    selection.setParameter("account", account);
    text.ifPresent(part -> selection.setParameter("text", LikePattern.containing(part)));
    return selection;
  }

  public Conversation get(String account, UUID id) {
    return transactions.run(
        work -> {
          ConversationRow row = own(work.session(), account, id);
          return conversation(row, Standing.of(rows(work.session(), id)).turns());
        });
  }

  /// What was said in an own conversation before a question: all, or what comes before the place of
  /// the answer that it replaces.
  public List<Conversation.Turn> before(String account, UUID id, Optional<UUID> replaced) {
    return transactions.run(
        work -> {
          var _ = own(work.session(), account, id);
          Standing standing = Standing.of(rows(work.session(), id));
          return replaced.map(standing::before).orElseGet(standing::turns);
        });
  }

  /// The account's answer to the question that was asked under an id of the client's.
  public Optional<Conversation.Answered> answeredAs(String account, UUID as) {
    return transactions.run(
        work ->
            work.session()
                .createSelectionQuery(
                    "select turn from Turn turn join Conversation conversation on"
                        + " conversation.id = turn.key.conversationId where turn.askedAs = :as and"
                        + " conversation.accountId = :account order by turn.askedAt desc",
                    TurnRow.class)
                .setParameter("as", as)
                .setParameter("account", account)
                .setMaxResults(1)
                .uniqueResultOptional()
                .map(Conversations::answered));
  }

  /// Begins a conversation with its first question.
  ///
  /// @param id a new one
  public void begin(String account, UUID id, String question) {
    transactions.run(
        work -> {
          ConversationRow row = new ConversationRow();
          row.id = id;
          row.accountId = account;
          row.title = title(question);
          row.createdAt = clock.instant();
          row.updatedAt = row.createdAt;
          work.session().persist(row);
          work.record(
              new Change.ConversationTouched(
                  account, row.id, Change.ConversationTouched.Touch.CREATED));
          return row.id;
        });
  }

  /// Adds a question with the answer that was released.
  public void add(String account, UUID id, Conversation.Asked asked, Conversation.Kept answer) {
    transactions.run(
        work -> {
          Session session = work.session();
          ConversationRow row = own(session, account, id);
          // Two answers of one conversation may end at once, and each has its number.
          session.lock(row, LockModeType.PESSIMISTIC_WRITE);
          Instant now = clock.instant();
          TurnRow turn = new TurnRow();
          turn.key = new TurnRow.Key(id, rows(session, id).size());
          turn.question = asked.question();
          turn.replaces = asked.replaces().orElse(null);
          turn.askedAs = asked.as().orElse(null);
          turn.collections = ids(asked.scope().collections(), CollectionId::value);
          turn.documents = ids(asked.scope().documents(), DocumentId::value);
          turn.datedFrom = asked.scope().from().orElse(null);
          turn.datedUntil = asked.scope().until().orElse(null);
          turn.answer = answer.json();
          turn.answerId = answer.id();
          turn.intentId = answer.intent();
          turn.askedAt = now;
          session.persist(turn);
          row.updatedAt = now;
          work.record(
              new Change.ConversationTouched(
                  account, id, Change.ConversationTouched.Touch.EXTENDED));
          return id;
        });
  }

  /// Says what an own answer was worth; the newest rating holds.
  public void rate(String account, UUID answer, Rating rating) {
    transactions.run(
        work -> {
          Session session = work.session();
          TurnRow turn =
              session
                  .createSelectionQuery("from Turn where answerId = :answer", TurnRow.class)
                  .setParameter("answer", answer)
                  .uniqueResultOptional()
                  .orElseThrow(Conversations::unknown);
          var _ = own(session, account, turn.key.conversationId());
          turn.helpful = rating.helpful();
          turn.ratingReason = rating.reason().orElse(null);
          work.record(new Change.AnswerRated(account, turn.intentId, rating));
          return answer;
        });
  }

  public Conversation rename(String account, UUID id, String title) {
    if (title.isBlank() || title.strip().length() > 200) {
      throw LibraryException.Invalid.length("title", "A title has 1 to 200 characters", 1, 200);
    }
    return transactions.run(
        work -> {
          ConversationRow row = own(work.session(), account, id);
          row.title = title.strip();
          work.record(
              new Change.ConversationTouched(
                  account, id, Change.ConversationTouched.Touch.RENAMED));
          return conversation(row, List.of());
        });
  }

  public void remove(String account, UUID id) {
    transactions.run(
        work -> {
          work.session().remove(own(work.session(), account, id));
          work.record(
              new Change.ConversationTouched(
                  account, id, Change.ConversationTouched.Touch.REMOVED));
          return id;
        });
  }

  private static ConversationRow own(Session session, String account, UUID id) {
    return Optional.ofNullable(session.find(ConversationRow.class, id))
        .filter(row -> row.accountId.equals(account))
        .orElseThrow(Conversations::unknown);
  }

  private static LibraryException unknown() {
    return new LibraryException.NotFound(
        LibraryException.Reason.NO_SUCH_CONVERSATION, "There is no such conversation");
  }

  private static List<TurnRow> rows(Session session, UUID id) {
    return session
        .createSelectionQuery(
            "from Turn where key.conversationId = :id order by key.ordinal", TurnRow.class)
        .setParameter("id", id)
        .list();
  }

  /// The turns of a conversation that hold: one that was asked again has given its place away.
  ///
  /// @param places of all answers, the replaced ones too
  private record Standing(List<Conversation.Turn> turns, Map<UUID, Integer> places) {
    static Standing of(List<TurnRow> rows) {
      List<Conversation.Turn> turns = new ArrayList<>();
      Map<UUID, Integer> places = new HashMap<>();
      for (TurnRow row : rows) {
        Integer place = row.replaces == null ? null : places.get(row.replaces);
        if (place == null) {
          place = turns.size();
          turns.add(turn(row));
        } else {
          turns.set(place, turn(row));
        }
        places.put(row.answerId, place);
      }
      return new Standing(turns, places);
    }

    List<Conversation.Turn> before(UUID answer) {
      Integer place = places.get(answer);
      if (place == null) {
        throw new LibraryException.NotFound("There is no such answer in this conversation");
      }
      return turns.subList(0, place);
    }
  }

  private static <T> UUID[] ids(Set<T> ids, Function<T, UUID> value) {
    return ids.stream().map(value).sorted().toArray(UUID[]::new);
  }

  private static <T> Set<T> set(UUID[] ids, Function<UUID, T> id) {
    return Arrays.stream(ids).map(id).collect(Collectors.toSet());
  }

  private static Conversation.Turn turn(TurnRow row) {
    return new Conversation.Turn(
        row.key.ordinal(),
        row.question,
        scope(row),
        kept(row),
        row.askedAt,
        Optional.ofNullable(row.helpful)
            .map(helpful -> new Rating(helpful, Optional.ofNullable(row.ratingReason))));
  }

  private static Conversation.Answered answered(TurnRow row) {
    return new Conversation.Answered(
        row.key.conversationId(),
        new Conversation.Asked(
            row.question,
            scope(row),
            Optional.ofNullable(row.replaces),
            Optional.ofNullable(row.askedAs)),
        kept(row));
  }

  private static Conversation.Scope scope(TurnRow row) {
    return new Conversation.Scope(
        set(row.collections, CollectionId::new),
        set(row.documents, DocumentId::new),
        Optional.ofNullable(row.datedFrom),
        Optional.ofNullable(row.datedUntil));
  }

  private static Conversation.Kept kept(TurnRow row) {
    return new Conversation.Kept(row.answerId, row.intentId, row.answer);
  }

  private static Conversation conversation(ConversationRow row, List<Conversation.Turn> turns) {
    return new Conversation(row.id, row.title, row.createdAt, row.updatedAt, turns);
  }

  private static String title(String question) {
    String line = question.strip().replaceAll("\\s+", " ");
    if (line.length() <= TITLE) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(TITLE - 1)) ? TITLE - 1 : TITLE;
    return line.substring(0, end) + "…";
  }
}
