package dev.docent.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Cuts text into the terms that the index compares. Safe for concurrent use.
public final class Terms {
  private static final Analyzer TEXT = new TextAnalyzer();

  private Terms() {}

  /// A term and the stretch of text it was made of, UTF-16 units, `[start, end)`.
  public record Term(String value, int start, int end) {}

  /// The terms of a text in order, without words that carry no meaning.
  public static List<Term> of(String text) {
    List<Term> terms = new ArrayList<>();
    try (TokenStream tokens = TEXT.tokenStream(Fields.TEXT, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(new Term(term.toString(), offset.startOffset(), offset.endOffset()));
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a string in memory", e);
    }
    return terms;
  }
}
