package dev.docent.index;

import dev.docent.access.AccessFilter;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/// A moment of a [LuceneSearchIndex]: one searcher, from acquiring to releasing.
final class LuceneIndexView implements IndexView {
  private final IndexSearcher searcher;
  private final Consumer<IndexSearcher> release;
  private final Consumer<float[]> dimensions;

  LuceneIndexView(
      IndexSearcher searcher, Consumer<IndexSearcher> release, Consumer<float[]> dimensions) {
    this.searcher = searcher;
    this.release = release;
    this.dimensions = dimensions;
  }

  @Override
  public List<Hit> words(String question, SearchScope scope, int limit) {
    Query words = WordQuery.of(question);
    Query filtered =
        new BooleanQuery.Builder().add(words, Occur.MUST).add(filter(scope), Occur.FILTER).build();
    return hits(filtered, limit);
  }

  @Override
  public List<Hit> meaning(float[] vector, SearchScope scope, int limit) {
    dimensions.accept(vector);
    return hits(new KnnFloatVectorQuery(Fields.VECTOR, vector, limit, filter(scope)), limit);
  }

  private List<Hit> hits(Query query, int limit) {
    try {
      ScoreDoc[] found = searcher.search(query, limit).scoreDocs;
      List<Hit> hits = new ArrayList<>(found.length);
      List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
      for (ScoreDoc one : found) {
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(one.doc, leaves));
        int slot = one.doc - leaf.docBase;
        BinaryDocValues document = leaf.reader().getBinaryDocValues(Fields.DOCUMENT);
        NumericDocValues ordinal = leaf.reader().getNumericDocValues(Fields.ORDINAL);
        if (!document.advanceExact(slot) || !ordinal.advanceExact(slot)) {
          throw new IllegalStateException("A passage without its document's id");
        }
        hits.add(
            new Hit(
                Blocks.document(document.binaryValue()),
                (int) ordinal.longValue(),
                one.score,
                one.doc));
      }
      hits.sort(
          Comparator.comparingDouble((Hit hit) -> -hit.score())
              .thenComparing(Hit::document)
              .thenComparingInt(Hit::ordinal));
      return List.copyOf(hits);
    } catch (IOException e) {
      throw LuceneSearchIndex.failure("The search index cannot be read", e);
    }
  }

  @Override
  public Set<DocumentId> named(String question, SearchScope scope, int limit) {
    return Set.of();
  }

  @Override
  public List<IndexedChunk> read(List<Hit> hits) {
    try {
      var stored = searcher.storedFields();
      List<IndexedChunk> chunks = new ArrayList<>(hits.size());
      for (Hit hit : hits) {
        Document passage = stored.document(hit.slot());
        IndexedDocument about = StoredForm.document(passage.getBinaryValue(Fields.ABOUT));
        chunks.add(StoredForm.passage(about, passage.getBinaryValue(Fields.PASSAGE)));
      }
      return List.copyOf(chunks);
    } catch (IOException e) {
      throw LuceneSearchIndex.failure("The search index cannot be read", e);
    }
  }

  @Override
  public List<WeightedTerm> weigh(String text) {
    Set<String> terms = WordQuery.terms(text);
    try {
      int passages = searcher.getIndexReader().getDocCount(Fields.TEXT);
      List<WeightedTerm> weighted = new ArrayList<>(terms.size());
      for (String term : terms) {
        int with = searcher.getIndexReader().docFreq(new Term(Fields.TEXT, term));
        // As in BM25Similarity.
        double weight = Math.log1p((passages - with + 0.5) / (with + 0.5));
        weighted.add(new WeightedTerm(term, with > 0, weight));
      }
      return List.copyOf(weighted);
    } catch (IOException e) {
      throw LuceneSearchIndex.failure("The search index cannot be read", e);
    }
  }

  @Override
  public void close() {
    release.accept(searcher);
  }

  /// What every query is filtered by. The caller's groups come first and are never optional.
  private static Query filter(SearchScope scope) {
    BooleanQuery.Builder filter = new BooleanQuery.Builder();
    filter.add(access(scope.access()), Occur.FILTER);
    if (!scope.collections().isEmpty()) {
      filter.add(
          anyOf(Fields.COLLECTION, scope.collections(), id -> new BytesRef(id.toString())),
          Occur.FILTER);
    }
    if (!scope.documents().isEmpty()) {
      filter.add(anyOf(Fields.DOCUMENT, scope.documents(), Blocks::bytes), Occur.FILTER);
    }
    return filter.build();
  }

  private static Query access(AccessFilter access) {
    return switch (access) {
      case AccessFilter.Everything() -> new MatchAllDocsQuery();
      case AccessFilter.Readers(Set<GroupId> groups) when groups.isEmpty() ->
          new MatchNoDocsQuery("a caller without groups");
      case AccessFilter.Readers(Set<GroupId> groups) ->
          anyOf(Fields.READER, groups, group -> new BytesRef(group.value()));
    };
  }

  private static <T> Query anyOf(String field, Collection<T> values, Function<T, BytesRef> bytes) {
    return new TermInSetQuery(field, values.stream().map(bytes).toList());
  }
}
