package dev.docent.eval;

import static java.util.Objects.requireNonNull;

import dev.docent.access.GroupId;
import dev.docent.answer.Question.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Questions about documents, with what is known of their answers.
///
/// | field | meaning | when it is missing |
/// | --- | --- | --- |
/// | `question` | | an error |
/// | `answerable` | whether the documents state the answer | they do |
/// | `answers` | phrases of which an answer holds at least one | quotations are not judged |
/// | `document`, `page` | where the answer stands; the page counts from 0 | places are not judged |
/// | `also` | further places, each a `document` and a `page` | there are none |
/// | `unrelated` | places where a phrase stands without answering | there are none |
/// | `group` | the group whose members may read the document | asked as the operator |
/// | `id` | | the line's number |
///
/// `_id`, `paragraph_id`, CUAD's `file`, `evidence` and `present`, and FinanceBench's
/// `financebench_id`, `doc_name` and `evidence_page_num` are read as what they mean.
public record QuestionSet(List<Asked> questions) {
  public QuestionSet {
    questions = List.copyOf(questions);
    if (questions.isEmpty()) {
      throw new IllegalArgumentException("A set has questions");
    }
  }

  /// One question.
  ///
  /// @param answers verbatim up to case and white space
  /// @param places right ones, any of them
  /// @param earlier what was said before in the conversation it is asked in
  public record Asked(
      String id,
      String question,
      boolean answerable,
      List<String> answers,
      List<Place> places,
      List<Place> unrelated,
      Optional<GroupId> group,
      List<Turn> earlier) {
    public Asked {
      requireNonNull(id, "id");
      requireNonNull(question, "question");
      answers = List.copyOf(answers);
      places = List.copyOf(places);
      unrelated = List.copyOf(unrelated);
      requireNonNull(group, "group");
      earlier = List.copyOf(earlier);
    }

    /// One of a set whose texts everybody may read.
    static Asked of(
        String id,
        String question,
        boolean answerable,
        List<String> answers,
        List<Place> places,
        List<Turn> earlier) {
      return new Asked(
          id, question, answerable, answers, places, List.of(), Optional.empty(), earlier);
    }
  }

  /// @param path of the document
  /// @param page 0-based; -1: any
  public record Place(String path, int page) {
    static final int ANY_PAGE = -1;

    boolean holds(Place other) {
      return path.equals(other.path) && (page == ANY_PAGE || page == other.page);
    }
  }

  /// Reads a file of one question a line.
  ///
  /// @throws BadSetException when a line is not as it should be, or names a document that is not
  ///   there
  public static QuestionSet read(Path file, DocumentNames documents) {
    List<Asked> questions = JsonLines.read(file, line -> asked(line, documents));
    if (questions.isEmpty()) {
      throw new BadSetException(file, "holds no question");
    }
    return new QuestionSet(questions);
  }

  private static Asked asked(JsonLines.Line line, DocumentNames documents) {
    boolean answerable = line.optionalBoolean("answerable", "present").orElse(true);
    return new Asked(
        line.optionalText("id", "_id", "financebench_id").orElse("line " + line.number()),
        line.question("question"),
        answerable,
        answers(line),
        places(line, documents),
        others(line, "unrelated", documents),
        line.optionalText("group").map(name -> group(line, name)),
        List.of());
  }

  private static List<String> answers(JsonLines.Line line) {
    boolean evidence = !line.json().has("answers") && isListOfTexts(line, "evidence");
    return line.texts(evidence ? "evidence" : "answers").stream()
        .filter(answer -> !answer.isBlank())
        .toList();
  }

  private static boolean isListOfTexts(JsonLines.Line line, String name) {
    return line.json().path(name).path(0).isTextual();
  }

  private static List<Place> places(JsonLines.Line line, DocumentNames documents) {
    Optional<String> named = line.optionalText("document", "file", "doc_name", "paragraph_id");
    if (named.isEmpty()) {
      return List.of();
    }
    String path = path(line, named.get(), documents);
    List<Place> places = new ArrayList<>();
    places.add(new Place(path, line.optionalPage("page").orElse(Place.ANY_PAGE)));
    if (line.json().path("evidence").path(0).has("evidence_page_num")) {
      places.clear();
      for (JsonLines.Line evidence : line.objects("evidence")) {
        evidence
            .optionalPage("evidence_page_num")
            .ifPresent(page -> places.add(new Place(path, page)));
      }
    }
    places.addAll(others(line, "also", documents));
    return places;
  }

  private static List<Place> others(JsonLines.Line line, String name, DocumentNames documents) {
    return line.objects(name).stream()
        .map(
            place ->
                new Place(
                    path(line, place.text("document"), documents),
                    place.optionalPage("page").orElse(Place.ANY_PAGE)))
        .toList();
  }

  private static String path(JsonLines.Line line, String name, DocumentNames documents) {
    return documents
        .path(name)
        .orElseThrow(() -> line.bad("there is no document " + name + ", or more than one"));
  }

  private static GroupId group(JsonLines.Line line, String name) {
    try {
      return new GroupId(name);
    } catch (IllegalArgumentException e) {
      throw line.bad("\"group\" is no group's name: " + name);
    }
  }
}
