package dev.docent.eval;

import dev.docent.eval.QuestionSet.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts that come with questions, collected to one corpus, each id once.
final class Pool {
  private final List<Corpus.Text> texts = new ArrayList<>();
  private final Map<String, Place> placeOfId = new HashMap<>();

  /// Adds a text unless it is there.
  ///
  /// @return where it will lie
  Place add(String id, String title, String text) {
    return placeOfId.computeIfAbsent(
        id,
        _ -> {
          texts.add(new Corpus.Text(id, title, text));
          return new Place(Corpus.path(texts.size() - 1), Place.ANY_PAGE);
        });
  }

  Corpus corpus() {
    return new Corpus(texts);
  }
}
