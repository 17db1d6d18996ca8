package dev.docent.index;

import dev.docent.access.DocumentId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One moment of a [SearchIndex]: changes made meanwhile are not seen.
///
/// The scope's access filter is part of every query, so what the caller may not read takes no part
/// in the search: it neither appears nor displaces anything.
///
/// Safe for concurrent use until closed.
public interface IndexView extends AutoCloseable {

  /// The passages with the question's words, best first; ties by document and ordinal. The text is
  /// never read as a query language.
  List<Hit> words(String question, SearchScope scope, int limit);

  /// The passages nearest to a vector, best first by cosine; ties by document and ordinal.
  List<Hit> meaning(float[] vector, SearchScope scope, int limit);

  /// The documents that the question calls by their titles or paths; none when it names none, or
  /// more than `limit` alike.
  Set<DocumentId> named(String question, SearchScope scope, int limit);

  /// Those of the passages, given by their documents and ordinals, that the scope reaches.
  List<Hit> at(Map<DocumentId, Set<Integer>> places, SearchScope scope);

  /// Reads passages that this view found, in the given order.
  List<IndexedChunk> read(List<Hit> hits);

  /// The words of a text that carry meaning, as the index knows them, each once, in order.
  List<WeightedTerm> weigh(String text);

  @Override
  void close();
}
