package dev.docent.eval;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.docent.access.AccessFilter;
import dev.docent.access.Caller;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import dev.docent.access.Role;
import dev.docent.answer.Answer;
import dev.docent.answer.Answer.Body;
import dev.docent.answer.AnswerEvent;
import dev.docent.answer.Answerer;
import dev.docent.answer.Cancellation;
import dev.docent.answer.Citation;
import dev.docent.answer.Question;
import dev.docent.eval.QuestionSet.Asked;
import dev.docent.eval.QuestionSet.Place;
import dev.docent.index.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks the questions of a [QuestionSet] and measures what is answered.
public final class AnswerEvaluation {
  private final Answerer answerer;
  private final DocumentNames names;
  private final Function<String, DocumentId> ids;
  private final Predicate<Citation> resolves;

  /// @param names what the set calls its documents
  /// @param ids the id of the document at a path
  /// @param resolves whether the document, looked up anew, has the citation's words at its place
  public AnswerEvaluation(
      Answerer answerer,
      DocumentNames names,
      Function<String, DocumentId> ids,
      Predicate<Citation> resolves) {
    this.answerer = requireNonNull(answerer, "answerer");
    this.names = requireNonNull(names, "names");
    this.ids = requireNonNull(ids, "ids");
    this.resolves = requireNonNull(resolves, "resolves");
  }

  /// How questions are asked.
  ///
  /// @param compose whether the model writes as well
  /// @param withinDocument whether each is asked of its own document alone, as by someone who has
  ///   it open
  /// @param asMembers whether a question with a group is asked by a member of it; otherwise, and
  ///   all others, by the local operator
  public record Manner(boolean compose, boolean withinDocument, boolean asMembers) {}

  /// What came of a set.
  public record Report(String set, int documents, Figures figures, List<Case> cases) {
    public Report {
      cases = List.copyOf(cases);
    }
  }

  /// A share of cases.
  public record Rate(int hits, int of) {
    /// Between 0 and 1; empty where there is no case.
    public OptionalDouble rate() {
      return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / of);
    }

    @JsonProperty("rate")
    private @Nullable Double rateOrNull() {
      return of == 0 ? null : (double) hits / of;
    }

    private static Rate of(Stream<Case> cases, Predicate<Case> hit) {
      List<Boolean> hits = cases.map(hit::test).toList();
      return new Rate((int) hits.stream().filter(one -> one).count(), hits.size());
    }
  }

  /// The measures.
  ///
  /// @param placeTop1 of the answerable questions whose place is known: that place is the first
  ///   source, a page of the right document where the page is known
  /// @param placeTop3 likewise, among the first three; a refusal shows its nearest passages
  /// @param documentTop3 likewise, of whatever page
  /// @param firstQuotation of the answerable questions with known phrases: the first quotation
  ///   holds one
  /// @param quotation likewise, any quotation that is shown. A refusal shows none
  /// @param answer likewise, the released sentences; the quotations where no sentence was written
  /// @param composed of what was answered: a model's sentences were released
  /// @param composedHolds of the composed answers to answerable questions with known phrases: the
  ///   released sentences hold one
  /// @param withheld of all sentences that the model wrote as an answer
  /// @param refusedUnanswerable of the questions without an answer
  /// @param refusedAnswerable of the questions with one
  /// @param citationsResolve of all citations
  /// @param quotationMillis from question to quotation, or to the refusal
  public record Figures(
      int questions,
      Rate placeTop1,
      Rate placeTop3,
      Rate placeTop5,
      Rate documentTop3,
      Rate firstQuotation,
      Rate quotation,
      Rate answer,
      Rate composed,
      Rate composedHolds,
      Rate withheld,
      Rate refusedUnanswerable,
      Rate refusedAnswerable,
      Rate citationsResolve,
      Percentiles quotationMillis,
      Percentiles totalMillis) {}

  public record Percentiles(long p50, long p95) {
    private static Percentiles of(List<Case> cases, ToLongFunction<Case> millis) {
      long[] sorted = cases.stream().mapToLong(millis).sorted().toArray();
      return new Percentiles(at(sorted, 0.50), at(sorted, 0.95));
    }

    /// The smallest value that is not below the given share of all.
    private static long at(long[] sorted, double share) {
      return sorted.length == 0 ? -1 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
  }

  /// One question.
  ///
  /// @param outcome composed, quoted or refused
  /// @param detail the reason of a refusal, the note on an answer; may be empty
  /// @param draft all that the model wrote, before it was checked
  /// @param placeRank number of the first source in the right place; 0: none
  /// @param documentRank likewise, of the right document
  /// @param quotationRank number in order of the first quotation that holds a phrase; 0: none
  public record Case(
      String id,
      String question,
      boolean answerable,
      List<String> answers,
      List<Cited> expected,
      String outcome,
      String detail,
      String answer,
      String draft,
      int placeRank,
      int documentRank,
      int quotationRank,
      boolean answerHolds,
      int sentences,
      int withheld,
      int citations,
      int citationsResolved,
      List<Cited> quotations,
      List<Cited> sources,
      long quotationMillis,
      long totalMillis) {
    public Case {
      answers = List.copyOf(answers);
      expected = List.copyOf(expected);
      quotations = List.copyOf(quotations);
      sources = List.copyOf(sources);
    }

    private boolean composed() {
      return outcome.equals("composed");
    }

    private boolean refused() {
      return outcome.equals("refused");
    }
  }

  /// Words in a place.
  ///
  /// @param page 0-based; -1: the document has no pages, or any will do
  public record Cited(int number, String document, int page, String text) {}

  /// @param progress told how many questions are done
  public Report run(
      String name, int documents, QuestionSet set, Manner manner, IntConsumer progress) {
    List<Case> cases = new ArrayList<>();
    for (Asked asked : set.questions()) {
      StringBuilder draft = new StringBuilder();
      Answer answer =
          answerer.answer(
              question(asked, manner),
              caller(asked, manner),
              event -> {
                if (event instanceof AnswerEvent.Token(var text)) {
                  draft.append(text);
                }
              },
              new Cancellation());
      cases.add(judged(asked, answer, draft.toString().strip()));
      progress.accept(cases.size());
    }
    return new Report(name, documents, figures(cases, manner), cases);
  }

  private Question question(Asked asked, Manner manner) {
    Set<DocumentId> within =
        manner.withinDocument()
            ? asked.places().stream()
                .map(place -> ids.apply(place.path()))
                .collect(Collectors.toSet())
            : Set.of();
    return new Question(
        asked.question(),
        Set.of(),
        within,
        Period.ALWAYS,
        asked.earlier(),
        Optional.empty(),
        manner.compose());
  }

  private static Caller caller(Asked asked, Manner manner) {
    AccessFilter access =
        manner.asMembers() && asked.group().isPresent()
            ? new AccessFilter.Readers(Set.copyOf(List.of(GroupId.EVERYONE, asked.group().get())))
            : new AccessFilter.Everything();
    return new Caller("evaluation", "Evaluation", Set.of(Role.EMPLOYEE), access);
  }

  private Case judged(Asked asked, Answer answer, String draft) {
    List<Citation> quotations = answer.quotations();
    List<Citation> all = Stream.concat(quotations.stream(), answer.sources().stream()).toList();
    String words = words(answer);
    boolean written = answer.body() instanceof Body.Composed;
    int quotationRank = quotationRank(asked, quotations);
    return new Case(
        asked.id(),
        asked.question(),
        asked.answerable(),
        asked.answers(),
        asked.places().stream()
            .map(place -> new Cited(0, names.name(place.path()), place.page(), ""))
            .toList(),
        outcome(answer.body()),
        detail(answer),
        words,
        draft,
        rank(answer, place -> asked.places().stream().anyMatch(right -> right.holds(place))),
        rank(
            answer,
            place -> asked.places().stream().anyMatch(right -> right.path().equals(place.path()))),
        quotationRank,
        written ? holdsAny(words, asked.answers()) : quotationRank > 0,
        answer.body() instanceof Body.Composed composed ? composed.sentences().size() : 0,
        answer.body() instanceof Body.Composed composed ? (int) composed.withheld() : 0,
        all.size(),
        (int) all.stream().filter(resolves).count(),
        quotations.stream().map(this::cited).toList(),
        answer.sources().stream().map(this::cited).toList(),
        answer.timings().quotationMillis() < 0
            ? answer.timings().totalMillis()
            : answer.timings().quotationMillis(),
        answer.timings().totalMillis());
  }

  private static String outcome(Body body) {
    return switch (body) {
      case Body.Composed _ -> "composed";
      case Body.Quoted _ -> "quoted";
      case Body.Refused _ -> "refused";
    };
  }

  private static String detail(Answer answer) {
    return answer.body() instanceof Body.Refused refused
        ? refused.reason().name()
        : answer.note().map(Answer.Note::name).orElse("");
  }

  private static String words(Answer answer) {
    return answer.body() instanceof Body.Composed composed
        ? composed.sentences().stream()
            .map(Answer.Sentence::text)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "))
        : "";
  }

  /// A source is in a place when it begins there, or a quotation from it does.
  private static int rank(Answer answer, Predicate<Place> right) {
    return Stream.concat(answer.sources().stream(), answer.quotations().stream())
        .filter(citation -> right.test(place(citation)))
        .mapToInt(Citation::number)
        .min()
        .orElse(0);
  }

  private static int quotationRank(Asked asked, List<Citation> quotations) {
    for (int i = 0; i < quotations.size(); i++) {
      Citation quotation = quotations.get(i);
      boolean unrelated =
          asked.unrelated().stream().anyMatch(other -> other.holds(place(quotation)));
      if (!unrelated && holdsAny(quotation.text(), asked.answers())) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Place place(Citation citation) {
    return new Place(citation.path(), citation.page().orElse(Place.ANY_PAGE));
  }

  private Cited cited(Citation citation) {
    Place place = place(citation);
    return new Cited(citation.number(), names.name(place.path()), place.page(), citation.text());
  }

  /// Whether the words hold one of the phrases, up to case and white space. A phrase longer than
  /// the words is held by nothing, but a whole sentence of it is as good.
  private static boolean holdsAny(String words, List<String> phrases) {
    String plain = plain(words);
    return phrases.stream()
        .map(AnswerEvaluation::plain)
        .anyMatch(
            phrase ->
                plain.contains(phrase)
                    || plain.length() >= LEAST_OF_LONG_PHRASE && phrase.contains(plain));
  }

  // Shorter stretches of a long phrase, such as its heading, are no answer.
  private static final int LEAST_OF_LONG_PHRASE = 60;

  private static String plain(String text) {
    return text.replaceAll("[\\s\\u00a0]+", " ").strip().toLowerCase(Locale.ROOT);
  }

  private static Figures figures(List<Case> cases, Manner manner) {
    Predicate<Case> answerable = Case::answerable;
    List<Case> placed =
        cases.stream().filter(answerable.and(one -> !one.expected().isEmpty())).toList();
    List<Case> phrased =
        cases.stream().filter(answerable.and(one -> !one.answers().isEmpty())).toList();
    return new Figures(
        cases.size(),
        Rate.of(placed.stream(), one -> within(one.placeRank(), 1)),
        Rate.of(placed.stream(), one -> within(one.placeRank(), 3)),
        Rate.of(placed.stream(), one -> within(one.placeRank(), 5)),
        Rate.of(placed.stream(), one -> within(one.documentRank(), 3)),
        Rate.of(phrased.stream(), one -> one.quotationRank() == 1),
        Rate.of(phrased.stream(), one -> one.quotationRank() > 0),
        Rate.of(phrased.stream(), Case::answerHolds),
        Rate.of(cases.stream().filter(one -> manner.compose() && !one.refused()), Case::composed),
        Rate.of(phrased.stream().filter(Case::composed), Case::answerHolds),
        new Rate(
            cases.stream().mapToInt(Case::withheld).sum(),
            cases.stream().mapToInt(Case::sentences).sum()),
        Rate.of(cases.stream().filter(answerable.negate()), Case::refused),
        Rate.of(cases.stream().filter(answerable), Case::refused),
        new Rate(
            cases.stream().mapToInt(Case::citationsResolved).sum(),
            cases.stream().mapToInt(Case::citations).sum()),
        Percentiles.of(cases, Case::quotationMillis),
        Percentiles.of(cases, Case::totalMillis));
  }

  private static boolean within(int rank, int depth) {
    return rank > 0 && rank <= depth;
  }
}
