package dev.docent.eval;

import static java.util.Objects.requireNonNull;

import dev.docent.eval.QuestionSet.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A published set whose questions come with their texts. All its texts are one corpus, and every
/// question is asked of all of it.
///
/// | files | form | a right quotation holds |
/// | --- | --- | --- |
/// | `xquad.LANGUAGE.json` | SQuAD 1.1; a set a language | an answer |
/// | `clapnq_*.jsonl` | ClapNQ | a sentence that was selected for the answer |
/// | `reference.jsonl` | MTRAG: the last of the turns is asked | answers are free: not judged |
///
/// @param questions with places in the corpus, as [Corpus#writeTo] lays it down
public record PooledSet(String name, Corpus corpus, QuestionSet questions) {
  private static final String XQUAD = "xquad\\.\\w+\\.json";
  private static final String CLAP_NQ = "clapnq_\\w+\\.jsonl";
  private static final String MT_RAG = "reference\\.jsonl";

  public PooledSet {
    requireNonNull(name, "name");
    requireNonNull(corpus, "corpus");
    requireNonNull(questions, "questions");
  }

  /// Whether [#in] finds a set in a folder.
  public static boolean isIn(Path folder) {
    return Stream.of(XQUAD, CLAP_NQ, MT_RAG).anyMatch(form -> !files(folder, form).isEmpty());
  }

  /// The sets of a folder; none where its files have another form.
  ///
  /// @throws BadSetException when a file is not as it should be
  public static List<PooledSet> in(Path folder) {
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    List<PooledSet> sets = new ArrayList<>();
    for (Path file : files(folder, XQUAD)) {
      String language = fileName(file).split("\\.")[1];
      sets.add(read(name + " " + language, List.of(file), SquadForm::read));
    }
    List<Path> clapNq = files(folder, CLAP_NQ);
    if (!clapNq.isEmpty()) {
      sets.add(read(name, clapNq, ClapNqForm::read));
    }
    List<Path> mtRag = files(folder, MT_RAG);
    if (!mtRag.isEmpty()) {
      sets.add(read(name, mtRag, MtRagForm::read));
    }
    return sets;
  }

  /// Reads a file's questions, and its texts to the pool.
  @FunctionalInterface
  private interface Form {
    List<Asked> read(Path file, Pool pool);
  }

  private static PooledSet read(String name, List<Path> files, Form form) {
    Pool pool = new Pool();
    List<Asked> questions = files.stream().flatMap(file -> form.read(file, pool).stream()).toList();
    if (questions.isEmpty()) {
      throw new BadSetException(files.getFirst(), "holds no question");
    }
    return new PooledSet(name, pool.corpus(), new QuestionSet(questions));
  }

  private static List<Path> files(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> fileName(file).matches(name)).sorted().toList();
    } catch (IOException e) {
      throw new BadSetException(folder, "cannot be read (" + e + ")");
    }
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /// Its questions as queries: those with a right text that say by themselves what they ask for.
  public Optional<RetrievalSet> retrieval() {
    DocumentNames names = DocumentNames.ofTexts(corpus);
    List<RetrievalSet.Query> queries =
        questions.questions().stream()
            .filter(one -> one.answerable() && !one.places().isEmpty() && one.earlier().isEmpty())
            .map(
                one ->
                    new RetrievalSet.Query(
                        one.id(),
                        one.question(),
                        one.places().stream()
                            .map(place -> names.name(place.path()))
                            .distinct()
                            .collect(Collectors.toMap(id -> id, _ -> 1))))
            .toList();
    return queries.isEmpty()
        ? Optional.empty()
        : Optional.of(new RetrievalSet(name, corpus, queries));
  }
}
