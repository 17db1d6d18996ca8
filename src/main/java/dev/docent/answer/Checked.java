package dev.docent.answer;

import dev.docent.answer.Answer.Sentence;
import dev.docent.answer.Answer.Verdict;
import dev.docent.answer.Grounding.Grounded;
import dev.docent.answer.Grounding.Support;
import dev.docent.retrieve.Passage;
import java.util.ArrayList;
import java.util.List;

/// What a model wrote, each sentence with what supports it.
///
/// @param grounded in order; their passages are numbered from 1
/// @param passages the sources, then those read earlier in the conversation that are cited
record Checked(List<Grounded> grounded, List<Passage> passages) {
  Checked {
    grounded = List.copyOf(grounded);
    passages = List.copyOf(passages);
  }

  static Checked of(
      String draft, String question, List<Passage> sources, Prompt prompt, Grounding grounding) {
    List<Passage> all = new ArrayList<>(sources);
    prompt.passages().stream()
        .filter(read -> sources.stream().noneMatch(Stretch.whole(read)::isOf))
        .forEach(all::add);
    List<Grounded> grounded = grounding.check(draft, question, all);
    List<Integer> earlier =
        grounded.stream()
            .flatMap(one -> one.support().stream())
            .map(Support::number)
            .filter(number -> number > sources.size())
            .distinct()
            .sorted()
            .toList();
    List<Passage> cited = new ArrayList<>(sources);
    earlier.forEach(number -> cited.add(all.get(number - 1)));
    return new Checked(
        grounded.stream()
            .map(
                one ->
                    one.numbered(
                        number ->
                            number > sources.size()
                                ? sources.size() + 1 + earlier.indexOf(number)
                                : number))
            .toList(),
        cited);
  }

  boolean isSupported() {
    return grounded.stream().anyMatch(one -> one.sentence().verdict() == Verdict.SUPPORTED);
  }

  /// Whether it begins with something that stands where the answer is likeliest, or was read
  /// earlier in the conversation. Small models also repeat, truly, what happens to stand around it.
  ///
  /// @param likeliest sentences of the sources
  /// @param sources how many there are; what was read earlier is numbered after them
  boolean isAbout(List<Stretch> likeliest, int sources) {
    return grounded.stream()
        .flatMap(one -> one.support().stream())
        .findFirst()
        .filter(
            support -> {
              var words = new Stretch(passages.get(support.number() - 1), support.span());
              return support.number() > sources || likeliest.stream().anyMatch(words::overlaps);
            })
        .isPresent();
  }

  List<Sentence> sentences() {
    return grounded.stream().map(Grounded::sentence).toList();
  }

  /// The passages that support sentences, cut down to the words that do; the others as they are.
  ///
  /// @param sources as they were shown
  List<Citation> citations(List<Citation> sources) {
    List<Citation> citations = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      int number = i + 1;
      List<Sentences.Span> spans =
          grounded.stream()
              .flatMap(one -> one.support().stream())
              .filter(support -> support.number() == number)
              .map(Support::span)
              .toList();
      if (spans.isEmpty()) {
        citations.add(sources.get(i));
      } else {
        int start = spans.stream().mapToInt(Sentences.Span::start).min().getAsInt();
        int end = spans.stream().mapToInt(Sentences.Span::end).max().getAsInt();
        citations.add(
            Citations.of(number, new Stretch(passages.get(i), new Sentences.Span(start, end))));
      }
    }
    return citations;
  }
}
