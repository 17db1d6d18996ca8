package dev.docent.eval;

import dev.docent.eval.QuestionSet.Asked;
import dev.docent.eval.QuestionSet.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// ClapNQ: a question a line with its passage, and for each annotator the sentences of it that
/// answer; the question has no answer where nobody wrote one.
final class ClapNqForm {
  private ClapNqForm() {}

  static List<Asked> read(Path file, Pool pool) {
    return JsonLines.read(file, line -> asked(line, pool));
  }

  private static Asked asked(JsonLines.Line line, Pool pool) {
    String id = line.text("id");
    List<Place> places = new ArrayList<>();
    for (JsonLines.Line passage : line.objects("passages")) {
      places.add(
          pool.add(
              id + "/" + places.size(),
              passage.optionalText("title").orElse(""),
              passage.text("text")));
    }
    List<JsonLines.Line> outputs = line.objects("output");
    boolean answerable =
        outputs.stream().anyMatch(one -> !one.optionalText("answer").orElse("").isBlank());
    List<String> sentences =
        outputs.stream()
            .flatMap(one -> one.texts("selected_sentences").stream())
            .filter(sentence -> !sentence.isBlank())
            .distinct()
            .toList();
    return Asked.of(id, line.question("input"), answerable, sentences, places, List.of());
  }
}
