package dev.docent.index;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// A question as a query for its words. Built from terms, never parsed: a question has no
/// operators.
final class WordQuery {
  // How much less a word counts in the title, path, headings or table header over the passage.
  private static final float CONTEXT = 0.4f;

  // What a code that is the same as a whole adds to its parts.
  private static final float CODE = 0.3f;

  // How much the weaker of text and context adds to the stronger.
  private static final float TIE = 0.5f;

  // What makes a sentence a question, or speaks of who asks: rare in documents, and so of great
  // weight, but no matter of the question. Months and nouns among them ("may", "can") are left.
  private static final Set<String> QUESTION_WORDS =
      Set.of(
          "how", "mani", "much", "what", "when", "where", "who", "whom", "whose", "which", "why",
          "do", "does", "did", "doe", "i", "i'm", "me", "my", "we", "us", "our", "you", "your",
          "he", "she", "him", "her", "hi", "have", "has", "had", "ha", "am", "been", "were", "wa",
          "wer", "would", "should", "could", "get", "got", "from", "so", "than", "don't", "doesn't",
          "isn't", "pleas", "tell");

  private WordQuery() {}

  /// The terms of a question that speak of its matter, each once, in order.
  static Set<String> terms(String question) {
    Set<String> all = new LinkedHashSet<>();
    for (Terms.Term term : Terms.of(question)) {
      all.add(term.value());
    }
    Set<String> matter = new LinkedHashSet<>(all);
    matter.removeAll(QUESTION_WORDS);
    return matter.isEmpty() ? all : matter;
  }

  static Query of(String question) {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (String term : terms(question)) {
      words.add(
          new DisjunctionMaxQuery(
              List.of(
                  new TermQuery(new Term(Fields.TEXT, term)),
                  new BoostQuery(new TermQuery(new Term(Fields.CONTEXT, term)), CONTEXT)),
              TIE),
          Occur.SHOULD);
    }
    for (String code : Codes.in(question)) {
      words.add(new BoostQuery(new TermQuery(new Term(Fields.CODE, code)), CODE), Occur.SHOULD);
    }
    BooleanQuery query = words.build();
    return query.clauses().isEmpty() ? new MatchNoDocsQuery("no words") : query;
  }
}
