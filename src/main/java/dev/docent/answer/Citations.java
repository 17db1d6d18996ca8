package dev.docent.answer;

import dev.docent.index.IndexedChunk;
import dev.docent.index.IndexedDocument;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import dev.docent.retrieve.Passage;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/// Makes citations of stretches of passages.
public final class Citations {
  private Citations() {}

  static Citation of(int number, Passage passage) {
    return of(number, Stretch.whole(passage));
  }

  static Citation of(int number, Stretch cited) {
    return of(number, cited, Optional.empty());
  }

  /// @param likeliest the sentence for whose sake the stretch is quoted
  static Citation of(int number, Stretch quoted, Stretch likeliest) {
    int start = quoted.span().start();
    Sentences.Span sentence = likeliest.span();
    return of(
        number,
        quoted,
        Optional.of(new Citation.Part(sentence.start() - start, sentence.end() - start)));
  }

  private static Citation of(int number, Stretch quoted, Optional<Citation.Part> likeliest) {
    Passage passage = quoted.passage();
    Sentences.Span span = quoted.span();
    IndexedChunk source = passage.source();
    IndexedDocument document = source.document();
    Chunk chunk = source.chunk();
    int start = chunk.start() + span.start();
    int end = chunk.start() + span.end();
    Page page = source.pageAt(start);
    String tabbed = Cells.tabbed(chunk);
    return new Citation(
        number,
        document.id(),
        document.revision(),
        document.title(),
        document.path(),
        document.collection(),
        document.mediaType(),
        document.date(),
        page.kind() == PageKind.WHOLE ? OptionalInt.empty() : OptionalInt.of(page.index()),
        page.label(),
        span.of(chunk.text()),
        likeliest,
        TableColumns.over(tabbed, chunk.context(), span),
        cells(tabbed, span.of(chunk.text()), span),
        start,
        end,
        Boxes.of(chunk.lines(), start, end),
        foundBy(passage),
        passage.score());
  }

  private static List<Integer> cells(String tabbed, String text, Sentences.Span span) {
    return IntStream.range(0, text.length())
        .filter(at -> tabbed.charAt(span.start() + at) == '\t' && text.charAt(at) != '\t')
        .boxed()
        .toList();
  }

  private static Set<Citation.Leg> foundBy(Passage passage) {
    Set<Citation.Leg> legs = EnumSet.noneOf(Citation.Leg.class);
    if (passage.wordsRank().isPresent()) {
      legs.add(Citation.Leg.WORDS);
    }
    if (passage.meaningRank().isPresent()) {
      legs.add(Citation.Leg.MEANING);
    }
    return legs;
  }

  /// All of the passages, numbered from 1.
  public static List<Citation> numbered(List<Passage> passages) {
    return IntStream.range(0, passages.size()).mapToObj(i -> of(i + 1, passages.get(i))).toList();
  }
}
