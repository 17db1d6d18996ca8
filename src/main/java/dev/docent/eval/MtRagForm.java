package dev.docent.eval;

import dev.docent.answer.Question.Turn;
import dev.docent.eval.QuestionSet.Asked;
import dev.docent.eval.QuestionSet.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// MTRAG's generation tasks: a conversation a line, of which the last turn of the user is to be
/// answered, with the passages that do it. One without an answer, or that leaves open what it asks
/// for, has none.
final class MtRagForm {
  private static final Set<String> ANSWERED = Set.of("ANSWERABLE", "PARTIAL");

  private MtRagForm() {}

  static List<Asked> read(Path file, Pool pool) {
    return JsonLines.read(file, line -> asked(line, pool));
  }

  private static Asked asked(JsonLines.Line line, Pool pool) {
    List<Place> places =
        line.objects("contexts").stream()
            .map(
                context ->
                    pool.add(
                        context.text("document_id"),
                        context.optionalText("title").orElse(""),
                        context.text("text")))
            .toList();
    List<JsonLines.Line> input = line.objects("input");
    if (input.isEmpty() || !isUser(input.getLast())) {
      throw line.bad("\"input\" does not end with the user");
    }
    return Asked.of(
        line.text("task_id"),
        input.getLast().question("text"),
        line.texts("answerability").stream().anyMatch(ANSWERED::contains),
        List.of(),
        places,
        turns(input.subList(0, input.size() - 1)));
  }

  private static List<Turn> turns(List<JsonLines.Line> said) {
    List<Turn> turns = new ArrayList<>();
    for (JsonLines.Line one : said) {
      if (isUser(one)) {
        turns.add(new Turn(one.text("text"), ""));
      } else if (!turns.isEmpty()) {
        turns.add(new Turn(turns.removeLast().question(), one.text("text")));
      }
    }
    return turns;
  }

  private static boolean isUser(JsonLines.Line one) {
    return one.text("speaker").equals("user");
  }
}
