package dev.docent.answer;

import static java.util.Collections.disjoint;
import static java.util.Objects.requireNonNull;

import dev.docent.answer.Answer.Sentence;
import dev.docent.answer.Answer.Verdict;
import dev.docent.index.Terms;
import dev.docent.retrieve.Passage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Checks what a model wrote, sentence by sentence, against the passages it was given. Which
/// passage a sentence cites is decided here: the model's own marks are taken off unread.
///
/// A sentence is supported by one passage when, in a window of neighbouring sentences there,
///
/// - every number, date and code of the sentence occurs and counts the same, ones or millions
///   ([Amounts]), in a currency that is spoken of there,
/// - every name occurs, or stands in the question,
/// - most of its words that carry meaning occur,
/// - it is negated when they are, and not when they are not; of a row that has sentences in its
///   cells, those count that have a word of it,
/// - and it means about the same (cosine).
///
/// A sentence that repeats the question and adds what a row of a table says ("The limit for London
/// is EUR 236") has few of its words there. It is supported as well when all that it adds stands in
/// the window, with every name and number, also the question's, there or in what stands over it.
///
/// Two rows are two statements: they make no window together, and a row does not support a sentence
/// with words that stand in another row of its table but not in this one, nor one with a figure
/// from another column than the one that the sentence, or else the question, names ([Figures]). Nor
/// does a window support one that repeats three words of the question or more, of which it has less
/// than a quarter.
///
/// Safe for concurrent use.
final class Grounding {
  // On 200 answers of SQuAD stated in the paragraph's words, and on the same with one number, name
  // or noun exchanged, these let the former pass and stop the latter.
  private static final double MIN_COVERAGE = 0.6;
  private static final double MIN_SIMILARITY = 0.6;

  private static final double MIN_COVERAGE_OF_ROW = 0.35;

  // A sentence may share a word or two with the question by chance. Where it repeats more, so many
  // of them are what the window is about.
  private static final int REPEATED = 3;
  private static final double MIN_REPEATED = 0.25;

  // Words of a sentence that a row has no place for: what they say is said by its columns.
  private static final Set<String> NOT_IN_ROWS =
      termsOf("within per must should shall can will has have had from you your we our they their");

  // "A. Lindqvist" ends with a letter too.
  private static final int WORDS_OF_SENTENCE = 3;

  private static final int WINDOW = 2;
  private static final int WINDOWS_EMBEDDED = 3;

  private static final Pattern CITATION_MARK =
      Pattern.compile(
          "\\s*(?:\\[(?:passage\\s*)?\\d+(?:\\s*,\\s*\\d+)*\\]|\\((?:see )?passages?\\s*\\d+\\))",
          Pattern.CASE_INSENSITIVE);

  /// "Based on the information provided in the passages, ...", "The passage states that ..."
  private static final Pattern POINTING_AT_PASSAGES =
      Pattern.compile(
          "^(?:based on|according to|as (?:stated|mentioned|described) in) (?:the|your|these)"
              + " (?:(?:given|provided|above|following) )?"
              + "(?:information|passages?|documents?|texts?|context|sources?|excerpts?)"
              + "(?: (?:provided|given|above|available|in|by|from|the|your|passages?|documents?"
              + "|texts?|context))*, "
              + "|^(?:the|this) (?:passage|document|text|context|source|excerpt) (?:clearly |also )?"
              + "(?:states|says|mentions|notes|specifies|indicates|explains) that ",
          Pattern.CASE_INSENSITIVE);

  /// A mark of a quotation that begins or ends in another sentence.
  private static final Pattern LONE_QUOTE = Pattern.compile("^[\"“„«]|[\"”“»]$");

  static final Pattern NUMBER = Pattern.compile("\\d[\\d.,:/'’-]*\\d|\\d");

  private static final Pattern NAME =
      Pattern.compile("(?<![\\p{L}\\p{N}'’-])\\p{Lu}[\\p{L}\\p{N}'’-]+");

  private static final Pattern NEGATION =
      Pattern.compile(
          "\\b(not|no|never|neither|nor|none|cannot|without)\\b|n['’]t\\b",
          Pattern.CASE_INSENSITIVE);

  // Numbers written as words are numbers.
  private static final List<String> SMALL_NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");

  private final EmbeddingModel embeddings;

  Grounding(EmbeddingModel embeddings) {
    this.embeddings = requireNonNull(embeddings, "embeddings");
  }

  /// A sentence of the answer, and where its support stands.
  record Grounded(Sentence sentence, Optional<Support> support) {
    /// The same under other numbers of passages.
    Grounded numbered(IntUnaryOperator numbers) {
      return new Grounded(
          new Sentence(
              sentence.text(),
              sentence.citations().stream().map(numbers::applyAsInt).toList(),
              sentence.verdict()),
          support.map(one -> new Support(numbers.applyAsInt(one.number()), one.span())));
    }
  }

  /// @param number of the passage, from 1
  record Support(int number, Sentences.Span span) {}

  List<Grounded> check(String draft, String question, List<Passage> passages) {
    List<Window> windows = windows(passages);
    List<Grounded> grounded = new ArrayList<>();
    Set<String> before = new HashSet<>();
    for (Sentences.Span span : Sentences.of(draft)) {
      String text = said(span.of(draft));
      if (saysNothing(text) || !before.add(text.toLowerCase(Locale.ROOT))) {
        continue;
      }
      Optional<Support> support = support(text, question, windows);
      grounded.add(
          new Grounded(
              support
                  .map(found -> new Sentence(text, List.of(found.number()), Verdict.SUPPORTED))
                  .orElseGet(() -> new Sentence("", List.of(), Verdict.WITHHELD)),
              support));
    }
    return grounded;
  }

  /// The sentence without what it says of its sources, which are shown with it.
  private static String said(String sentence) {
    String unmarked = withoutLoneQuote(CITATION_MARK.matcher(sentence).replaceAll("").strip());
    Matcher pointing = POINTING_AT_PASSAGES.matcher(unmarked);
    if (!pointing.find()) {
      return unmarked;
    }
    String rest = withoutLoneQuote(unmarked.substring(pointing.end()));
    if (rest.isEmpty()) {
      return rest;
    }
    int first = rest.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + rest.substring(Character.charCount(first));
  }

  private static String withoutLoneQuote(String text) {
    boolean lone = text.codePoints().filter(mark -> "\"“”„«»".indexOf(mark) >= 0).count() == 1;
    return lone ? LONE_QUOTE.matcher(text).replaceAll("") : text;
  }

  /// A list's number, a line that only announces one, or a question.
  private static boolean saysNothing(String text) {
    return Terms.of(text).isEmpty()
        || text.endsWith(":")
        || text.endsWith("?")
        || text.codePoints().noneMatch(Character::isLetter);
  }

  private Optional<Support> support(String sentence, String question, List<Window> windows) {
    Claim claim = Claim.of(sentence, question);
    List<Window> fitting =
        windows.stream()
            .filter(window -> window.states(claim))
            .sorted(Comparator.comparingDouble((Window window) -> -window.coverage(claim.terms())))
            .limit(WINDOWS_EMBEDDED)
            .toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    List<TextSegment> texts = new ArrayList<>();
    texts.add(TextSegment.from(sentence));
    fitting.forEach(window -> texts.add(TextSegment.from(window.read())));
    var vectors = embeddings.embedAll(texts).content();
    float[] meaning = vectors.getFirst().vector();
    for (int i = 0; i < fitting.size(); i++) {
      if (Vectors.dot(meaning, vectors.get(i + 1).vector()) >= MIN_SIMILARITY) {
        return Optional.of(new Support(fitting.get(i).number(), fitting.get(i).span()));
      }
    }
    return Optional.empty();
  }

  /// Every run of one or two neighbouring sentences of every passage.
  private static List<Window> windows(List<Passage> passages) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      var chunk = passages.get(i).source().chunk();
      String around = chunk.context() + "\n" + passages.get(i).source().document().title();
      String tabbed = Cells.tabbed(chunk);
      Set<String> currencies = Amount.currenciesIn(chunk.text() + "\n" + around);
      List<Sentences.Span> spans = Sentences.statements(chunk.text());
      for (int size = 1; size <= WINDOW; size++) {
        for (int from = 0; from + size <= spans.size(); from++) {
          if (size > 1 && haveRows(chunk.text(), spans.subList(from, from + size))) {
            continue;
          }
          var span = new Sentences.Span(spans.get(from).start(), spans.get(from + size - 1).end());
          String header =
              size == 1 ? Sentences.header(chunk.text(), chunk.context(), spans, from) : "";
          Set<String> elsewhere =
              header.isEmpty() ? Set.of() : otherRows(chunk.text(), spans, from, header);
          Figures figures = Figures.of(tabbed, chunk.context(), span);
          Amounts amounts = Amounts.of(tabbed, chunk.context(), span);
          windows.add(
              Window.of(
                  i + 1,
                  span,
                  span.of(chunk.text()),
                  header,
                  elsewhere,
                  figures,
                  amounts,
                  currencies,
                  around));
        }
      }
    }
    return windows;
  }

  /// Rows, or one whose cells are told apart.
  private static boolean haveRows(String text, List<Sentences.Span> spans) {
    return spans.stream().allMatch(span -> Sentences.isRow(span.of(text)))
        || spans.stream().anyMatch(span -> Sentences.hasCells(span.of(text)));
  }

  /// Terms of the other rows around a row, which it does not have itself.
  private static Set<String> otherRows(
      String text, List<Sentences.Span> spans, int at, String header) {
    Set<String> terms = new HashSet<>();
    Sentences.rows(text, spans, at).stream()
        .map(row -> row.of(text))
        .filter(row -> header.lines().noneMatch(row::equals))
        .forEach(row -> terms.addAll(termsOf(row)));
    terms.removeAll(termsOf(spans.get(at).of(text)));
    return terms;
  }

  /// What a sentence says, taken apart.
  ///
  /// @param addedNumbers that the question does not have
  /// @param names that the question does not have
  /// @param allNames also those that it has
  /// @param added terms that the question does not have
  /// @param repeated terms that it has
  /// @param asked terms of the question
  /// @param scales that are named apart from the amounts
  /// @param askedScales that the question names
  /// @param currencies that the question does not name
  private record Claim(
      Set<String> terms,
      Set<String> asked,
      Set<String> numbers,
      Set<String> addedNumbers,
      Set<String> names,
      Set<String> allNames,
      Set<String> added,
      Set<String> repeated,
      List<Amount> amounts,
      Set<Scale> scales,
      Set<Scale> askedScales,
      Set<String> currencies,
      boolean negated) {
    static Claim of(String sentence, String question) {
      Set<String> all = namesIn(sentence, true);
      Set<String> names = new HashSet<>(all);
      names.removeAll(namesIn(question, false));
      Set<String> added = termsOf(sentence);
      added.removeAll(termsOf(question));
      Set<String> addedNumbers = numbersIn(sentence);
      addedNumbers.removeAll(numbersIn(question));
      Set<String> repeated = termsOf(sentence);
      repeated.removeAll(added);
      Set<String> currencies = Amount.currenciesIn(sentence);
      currencies.removeAll(Amount.currenciesIn(question));
      return new Claim(
          termsOf(sentence),
          termsOf(question),
          numbersIn(sentence),
          addedNumbers,
          names,
          all,
          added,
          repeated,
          Amount.in(sentence),
          Amount.namedApart(sentence),
          Scale.namedIn(question),
          currencies,
          isNegated(sentence));
    }
  }

  /// A cell of a row, which may be a sentence by itself.
  private record Cell(Set<String> terms, boolean negated, boolean sentence) {
    static List<Cell> of(String row) {
      return Sentences.hasCells(row)
          ? TableColumns.cells(row).stream()
              .filter(cell -> !cell.isEmpty())
              .map(cell -> new Cell(termsOf(cell), isNegated(cell), isSentence(cell)))
              .toList()
          : List.of();
    }

    private static boolean isSentence(String cell) {
      return Sentences.isEnded(cell) && cell.split(" ").length >= WORDS_OF_SENTENCE;
    }
  }

  /// Neighbouring sentences of a passage, taken apart, and what stands over them.
  ///
  /// @param header of a row of a table; empty where it is none
  /// @param elsewhere terms of that table's other rows alone
  /// @param figures of the row, by column
  /// @param currencies that the passage speaks of
  /// @param cells of a row
  private record Window(
      int number,
      Sentences.Span span,
      String text,
      String header,
      Set<String> elsewhere,
      Figures figures,
      Amounts amounts,
      Set<String> currencies,
      Set<String> terms,
      Set<String> context,
      Set<String> numbers,
      List<Cell> cells,
      boolean negated) {
    static Window of(
        int number,
        Sentences.Span span,
        String text,
        String header,
        Set<String> elsewhere,
        Figures figures,
        Amounts amounts,
        Set<String> currencies,
        String around) {
      String over = String.join("\n", around, header, amounts.words(), Amount.wordsFor(currencies));
      return new Window(
          number,
          span,
          text,
          header,
          elsewhere,
          figures,
          amounts,
          currencies,
          termsOf(text),
          termsOf(over),
          numbersIn(text + "\n" + over),
          Cell.of(text),
          isNegated(text));
    }

    boolean states(Claim claim) {
      return numbers.containsAll(claim.numbers())
          && amounts.agree(claim.amounts(), claim.scales(), claim.askedScales())
          && currencies.containsAll(claim.currencies())
          && hasAll(claim.names())
          && (coverage(claim.terms()) >= MIN_COVERAGE || isRowThatAdds(claim))
          && speaksOf(claim)
          && !figures.contradict(
              claim.terms(), claim.asked(), claim.numbers(), claim.addedNumbers())
          && deniesAs(claim);
    }

    private boolean deniesAs(Claim claim) {
      List<Cell> meant =
          cells.stream().filter(cell -> !disjoint(cell.terms(), claim.terms())).toList();
      return meant.stream().noneMatch(Cell::sentence)
          ? negated == claim.negated()
          : meant.stream()
              .allMatch(
                  cell -> cell.negated() == claim.negated() || !cell.negated() && !cell.sentence());
    }

    /// Whether it is about what the claim is about, as far as words can tell.
    private boolean speaksOf(Claim claim) {
      return claim.terms().stream().noneMatch(term -> elsewhere.contains(term) && !has(term))
          && (claim.repeated().size() < REPEATED
              || claim.repeated().stream().filter(this::has).count()
                  >= MIN_REPEATED * claim.repeated().size());
    }

    private boolean has(String term) {
      return terms.contains(term) || context.contains(term);
    }

    private boolean isRowThatAdds(Claim claim) {
      return !header.isEmpty()
          && coverage(without(NOT_IN_ROWS, claim.terms())) >= MIN_COVERAGE_OF_ROW
          && hasAll(claim.allNames())
          && hasAll(without(NOT_IN_ROWS, claim.added()))
          && claim.added().stream().anyMatch(terms::contains);
    }

    private boolean hasAll(Set<String> some) {
      return some.stream().allMatch(this::has);
    }

    /// What is compared with a sentence by its meaning: a row means little without its header.
    String read() {
      return header.isEmpty() ? text : header + "\n" + text;
    }

    double coverage(Set<String> claimed) {
      if (claimed.isEmpty()) {
        return 0;
      }
      double found = 0;
      for (String term : claimed) {
        found += terms.contains(term) ? 1 : context.contains(term) ? 0.5 : 0;
      }
      return found / claimed.size();
    }
  }

  private static Set<String> without(Set<String> some, Set<String> of) {
    return of.stream().filter(term -> !some.contains(term)).collect(Collectors.toSet());
  }

  static Set<String> termsOf(String text) {
    return Terms.of(text).stream()
        .map(Terms.Term::value)
        .collect(Collectors.toCollection(HashSet::new));
  }

  static Set<String> numbersIn(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(matcher.group().replaceAll("[^\\d]", ""));
    }
    for (Terms.Term term : Terms.of(text)) {
      int number =
          SMALL_NUMBERS.indexOf(text.substring(term.start(), term.end()).toLowerCase(Locale.ROOT));
      if (number > 1) {
        numbers.add(Integer.toString(number));
      }
    }
    return numbers;
  }

  /// @param skipFirst the first word of a sentence is capitalised whatever it is
  private static Set<String> namesIn(String text, boolean skipFirst) {
    Set<String> names = new HashSet<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      if (!(skipFirst && matcher.start() == 0)) {
        Terms.of(matcher.group()).forEach(term -> names.add(term.value()));
      }
    }
    return names;
  }

  private static boolean isNegated(String text) {
    return NEGATION.matcher(text).find();
  }
}
