package dev.docent.answer;

import dev.docent.index.IndexedChunk;
import dev.docent.index.IndexedDocument;
import dev.docent.ingest.Chunk;
import dev.docent.ingest.Page;
import dev.docent.ingest.PageKind;
import dev.docent.retrieve.Passage;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/// Makes citations of stretches of passages.
public final class Citations {
  private Citations() {}

  static Citation of(int number, Passage passage) {
    return of(number, passage, new Sentences.Span(0, passage.source().chunk().text().length()));
  }

  /// @param span in the passage's text
  static Citation of(int number, Passage passage, Sentences.Span span) {
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
