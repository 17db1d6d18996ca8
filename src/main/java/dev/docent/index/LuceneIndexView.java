package dev.docent.index;

import dev.docent.access.AccessFilter;
import dev.docent.access.DocumentId;
import dev.docent.access.GroupId;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/// A moment of a [LuceneSearchIndex]: one searcher, from acquiring to releasing.
final class LuceneIndexView implements IndexView {
  // Documents whose names share words with the question, those that share most.
  private static final int NAMES_READ = 50;

  // A question names a document when it says this share of the name, words weighed by how rare they
  // are among names: "Boeing in 2022" is meant for BOEING_2022_10K. At .5 the samples' question
  // about a supplier misses the supplier's contract; otherwise no figure differs.
  private static final double NAMED_SHARE = 0.3;

  // Of the documents named, those that are named this nearly as well as the best: a question for
  // 2022
  // does not mean the filing of 2018.
  private static final double NEARLY = 0.9;

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

  @Override
  public List<Hit> at(Map<DocumentId, Set<Integer>> places, SearchScope scope) {
    long[] ordinals =
        places.values().stream().flatMap(Set::stream).distinct().mapToLong(one -> one).toArray();
    if (ordinals.length == 0) {
      return List.of();
    }
    Query there =
        new BooleanQuery.Builder()
            .add(anyOf(Fields.DOCUMENT, places.keySet(), Blocks::bytes), Occur.FILTER)
            .add(NumericDocValuesField.newSlowSetQuery(Fields.ORDINAL, ordinals), Occur.FILTER)
            .add(filter(scope), Occur.FILTER)
            .build();
    return hits(there, places.size() * ordinals.length).stream()
        .filter(hit -> places.getOrDefault(hit.document(), Set.of()).contains(hit.ordinal()))
        .toList();
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
    try {
      Map<String, Double> said = namesIn(question);
      Map<DocumentId, Double> named = new HashMap<>();
      var stored = searcher.storedFields();
      for (ScoreDoc one : searcher.search(called(said, scope), NAMES_READ).scoreDocs) {
        IndexedDocument document =
            StoredForm.document(stored.document(one.doc).getBinaryValue(Fields.ABOUT));
        double share =
            Math.max(share(document.title(), said), share(Names.ofFile(document.path()), said));
        if (share >= NAMED_SHARE) {
          named.put(document.id(), (double) one.score);
        }
      }
      double best = named.values().stream().mapToDouble(score -> score).max().orElse(0);
      named.values().removeIf(score -> score < best * NEARLY);
      return named.size() > limit ? Set.of() : Set.copyOf(named.keySet());
    } catch (IOException e) {
      throw LuceneSearchIndex.failure("The search index cannot be read", e);
    }
  }

  /// The question's words that are in the name of any document, weighed by how rare they are there.
  private Map<String, Double> namesIn(String question) throws IOException {
    Map<String, Double> said = new LinkedHashMap<>();
    for (String term : Names.terms(question)) {
      if (searcher.getIndexReader().docFreq(new Term(Fields.NAME, term)) > 0) {
        said.put(term, nameWeight(term));
      }
    }
    return said;
  }

  private double nameWeight(String term) throws IOException {
    IndexReader reader = searcher.getIndexReader();
    return weight(reader.docFreq(new Term(Fields.NAME, term)), reader.getDocCount(Fields.NAME));
  }

  private static Query called(Map<String, Double> said, SearchScope scope) {
    if (said.isEmpty()) {
      return new MatchNoDocsQuery("no name");
    }
    BooleanQuery.Builder names = new BooleanQuery.Builder();
    said.forEach(
        (term, weight) -> {
          Query name = new ConstantScoreQuery(new TermQuery(new Term(Fields.NAME, term)));
          names.add(new BoostQuery(name, weight.floatValue()), Occur.SHOULD);
        });
    return names.add(filter(scope), Occur.FILTER).setMinimumNumberShouldMatch(1).build();
  }

  /// How much of a name the question says.
  private double share(String name, Map<String, Double> said) throws IOException {
    double all = 0;
    double there = 0;
    for (String word : Names.words(name)) {
      all += nameWeight(word);
      there += said.getOrDefault(word, 0.0);
    }
    return all == 0 ? 0 : there / all;
  }

  // As in BM25Similarity.
  private static double weight(int with, int all) {
    return Math.log1p((all - with + 0.5) / (with + 0.5));
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
        weighted.add(new WeightedTerm(term, with > 0, weight(with, passages)));
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
    if (!scope.period().equals(Period.ALWAYS)) {
      filter.add(within(scope.period()), Occur.FILTER);
    }
    return filter.build();
  }

  private static Query within(Period period) {
    return LongField.newRangeQuery(
        Fields.DATE,
        period.from().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE),
        period.until().map(LocalDate::toEpochDay).orElse(Long.MAX_VALUE));
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
