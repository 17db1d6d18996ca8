package dev.docent.eval;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Texts, and queries with the texts that are right for them.
///
/// @param queries those with at least one right text, in the order of their file
public record RetrievalSet(String name, Corpus corpus, List<Query> queries) {
  public RetrievalSet {
    requireNonNull(name, "name");
    requireNonNull(corpus, "corpus");
    queries = List.copyOf(queries);
  }

  /// @param relevant ids of the right texts with their grades, all above 0
  public record Query(String id, String text, Map<String, Integer> relevant) {
    public Query {
      requireNonNull(id, "id");
      requireNonNull(text, "text");
      relevant = Map.copyOf(relevant);
    }
  }

  /// Whether [#read] can make something of a folder.
  public static boolean in(Path folder) {
    return Files.isRegularFile(folder.resolve(Corpus.FILE))
        && (Files.isRegularFile(folder.resolve("queries.jsonl"))
            || Files.isRegularFile(folder.resolve("questions.jsonl")));
  }

  /// Reads a folder of one of two layouts: BEIR's (`corpus.jsonl`, `queries.jsonl`, `qrels.tsv`),
  /// or `corpus.jsonl` and `questions.jsonl`, whose answerable questions name their `paragraph_id`.
  ///
  /// @throws BadSetException when a file is missing, or a line is not as it should be
  public static RetrievalSet read(Path folder) {
    Corpus corpus = Corpus.read(folder.resolve(Corpus.FILE));
    Set<String> known = new HashSet<>();
    corpus.texts().forEach(text -> known.add(text.id()));
    Path queries = folder.resolve("queries.jsonl");
    List<Query> read =
        Files.exists(queries)
            ? judged(queries, judgements(folder, known))
            : answerable(folder.resolve("questions.jsonl"), known);
    if (read.isEmpty()) {
      throw new BadSetException(folder, "no query has a text that is right for it");
    }
    return new RetrievalSet(
        String.valueOf(folder.toAbsolutePath().normalize().getFileName()), corpus, read);
  }

  private static List<Query> judged(Path file, Map<String, Map<String, Integer>> judgements) {
    List<Query> queries =
        JsonLines.read(
            file,
            line -> {
              String id = line.text("_id", "id");
              return new Query(
                  id, line.text("text", "question"), judgements.getOrDefault(id, Map.of()));
            });
    return queries.stream().filter(query -> !query.relevant().isEmpty()).toList();
  }

  private static List<Query> answerable(Path file, Set<String> known) {
    List<Query> queries = new ArrayList<>();
    JsonLines.read(
        file,
        line -> {
          if (line.optionalBoolean("answerable").orElse(true)) {
            String text = line.text("paragraph_id", "document");
            if (!known.contains(text)) {
              throw line.bad("the corpus has no text " + text);
            }
            queries.add(
                new Query(
                    line.optionalText("_id", "id").orElse("line " + line.number()),
                    line.text("question", "text"),
                    Map.of(text, 1)));
          }
          return line;
        });
    return queries;
  }

  /// Query id to text id to grade. BEIR has a header and three columns, TREC four and none.
  private static Map<String, Map<String, Integer>> judgements(Path folder, Set<String> known) {
    Path file = folder.resolve("qrels.tsv");
    if (Files.notExists(file) && Files.exists(folder.resolve("qrels/test.tsv"))) {
      file = folder.resolve("qrels/test.tsv");
    }
    Map<String, Map<String, Integer>> judgements = new HashMap<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String[] fields = lines.get(i).strip().split("\\s+");
        if (lines.get(i).isBlank() || i == 0 && !isNumber(fields[fields.length - 1])) {
          continue;
        }
        if (fields.length < 3 || fields.length > 4 || !isNumber(fields[fields.length - 1])) {
          throw new BadSetException(
              file, i + 1, "not a query's id, a text's id and a grade, separated by tabs");
        }
        String text = fields[fields.length - 2];
        int grade = (int) Double.parseDouble(fields[fields.length - 1]);
        // Judgements of texts that the corpus does not have, as some published sets hold, stay: a
        // right text that cannot be found is a miss.
        if (grade > 0) {
          judgements.computeIfAbsent(fields[0], _ -> new HashMap<>()).put(text, grade);
        }
      }
    } catch (IOException e) {
      throw new BadSetException(file, "cannot be read (" + e + ")");
    }
    if (judgements.values().stream()
        .noneMatch(one -> one.keySet().stream().anyMatch(known::contains))) {
      throw new BadSetException(file, "names no text of the corpus");
    }
    return judgements;
  }

  private static boolean isNumber(String text) {
    return text.matches("-?\\d+(\\.\\d+)?");
  }
}
