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
  static float CONTEXT = Float.parseFloat(System.getProperty("w.ctx", "0.4"));
  static float CODE = Float.parseFloat(System.getProperty("w.code", "0.3"));
  static float TIE = Float.parseFloat(System.getProperty("w.tie", "0.5"));

  private WordQuery() {}

  static Query of(String question) {
    Set<String> terms = new LinkedHashSet<>();
    for (Terms.Term term : Terms.of(question)) {
      terms.add(term.value());
    }
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (String term : terms) {
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
