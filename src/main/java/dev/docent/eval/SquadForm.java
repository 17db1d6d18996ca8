package dev.docent.eval;

import dev.docent.eval.QuestionSet.Asked;
import dev.docent.eval.QuestionSet.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// SQuAD 1.1: articles of paragraphs, each with questions that a stretch of it answers.
final class SquadForm {
  private SquadForm() {}

  static List<Asked> read(Path file, Pool pool) {
    List<Asked> questions = new ArrayList<>();
    int paragraphs = 0;
    for (JsonLines.Line article : JsonLines.whole(file).objects("data")) {
      String title = article.optionalText("title").orElse("").replace('_', ' ');
      for (JsonLines.Line paragraph : article.objects("paragraphs")) {
        paragraphs++;
        Place place = pool.add("paragraph " + paragraphs, title, paragraph.text("context"));
        for (JsonLines.Line question : paragraph.objects("qas")) {
          List<String> answers =
              question.objects("answers").stream().map(one -> one.text("text")).toList();
          questions.add(
              Asked.of(
                  question.text("id"),
                  question.question("question"),
                  true,
                  answers,
                  List.of(place),
                  List.of()));
        }
      }
    }
    return questions;
  }
}
