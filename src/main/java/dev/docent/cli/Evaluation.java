package dev.docent.cli;

import dev.docent.eval.AnswerEvaluation;
import dev.docent.eval.BadSetException;
import dev.docent.eval.Corpus;
import dev.docent.eval.DocumentNames;
import dev.docent.eval.PooledSet;
import dev.docent.eval.QuestionSet;
import dev.docent.eval.RetrievalEvaluation;
import dev.docent.eval.RetrievalSet;
import dev.docent.model.ModelException;
import dev.docent.wiring.DataFolderException;
import dev.docent.wiring.Settings;
import dev.docent.wiring.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Evaluations one after another in one scratch folder, each with its documents alone in the index;
/// tables and a file of JSON at the end.
final class Evaluation implements AutoCloseable {
  private static final int REJECTIONS_SHOWN = 5;

  private final Terminal terminal;
  private final EvalOptions options;
  private final ScratchFolder scratch;
  private final Settings settings;
  private final List<RetrievalEvaluation.Report> retrieval = new ArrayList<>();
  private final List<AnswerEvaluation.Report> answers = new ArrayList<>();

  /// @param model the chat model's file; empty: answers are quotations
  Evaluation(Terminal terminal, EvalOptions options, Optional<Path> model) {
    this.terminal = terminal;
    this.options = options;
    options.json().ifPresent(Evaluation::requireWritable);
    this.scratch = ScratchFolder.open(options.scratch());
    System.setProperty("docent.data", scratch.path().toString());
    model.ifPresent(file -> System.setProperty("docent.model.file", file.toString()));
    this.settings = Settings.read();
  }

  private static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw new CommandException("The file %s cannot be written".formatted(file));
    }
  }

  /// Measures the ranking of a folder in one of the layouts that [RetrievalSet#read] knows, or of
  /// the sets that [PooledSet#in] finds there.
  void retrieval(Path folder) {
    List<PooledSet> pooled = reading(() -> PooledSet.in(folder));
    if (pooled.isEmpty()) {
      retrieval(reading(() -> RetrievalSet.read(folder)));
    }
    pooled.stream().flatMap(set -> set.retrieval().stream()).forEach(this::retrieval);
  }

  private void retrieval(RetrievalSet set) {
    try (Workbench workbench = open()) {
      Path folder = laidDown(set.corpus());
      read(workbench, set.name(), folder, folder);
      try (Progress progress = terminal.progress("Searching " + set.name())) {
        retrieval.add(
            RetrievalEvaluation.run(
                set, workbench.retriever(), done -> update(progress, done, set.queries().size())));
      }
    }
    note(retrieval.getLast().set(), "searched");
  }

  /// Measures the answers to a file's questions.
  ///
  /// @param documents a folder of documents, or of a `corpus.jsonl`, or such a file
  void answers(
      String name, Path documents, Path questions, boolean compose, boolean withinDocument) {
    Optional<Corpus> corpus = reading(() -> Corpus.in(documents));
    try (Workbench workbench = open()) {
      Workbench.Shelf shelf =
          read(workbench, name, corpus.map(this::laidDown).orElse(documents), questions);
      DocumentNames names =
          corpus.map(DocumentNames::ofTexts).orElseGet(() -> DocumentNames.ofFiles(shelf.paths()));
      QuestionSet set = reading(() -> QuestionSet.read(questions, names));
      ask(workbench, name, shelf, names, set, compose, withinDocument);
    }
  }

  /// Measures the answers to the questions of the sets that [PooledSet#in] finds in a folder.
  void answers(Path folder, boolean compose) {
    List<PooledSet> sets = reading(() -> PooledSet.in(folder));
    if (sets.isEmpty()) {
      throw new CommandException("The folder %s has no set of a known form".formatted(folder));
    }
    for (PooledSet set : sets) {
      try (Workbench workbench = open()) {
        Workbench.Shelf shelf = read(workbench, set.name(), laidDown(set.corpus()), folder);
        DocumentNames names = DocumentNames.ofTexts(set.corpus());
        ask(workbench, set.name(), shelf, names, set.questions(), compose, false);
      }
    }
  }

  private void ask(
      Workbench workbench,
      String name,
      Workbench.Shelf shelf,
      DocumentNames names,
      QuestionSet set,
      boolean compose,
      boolean withinDocument) {
    boolean composes = compose && loadModel(workbench);
    AnswerEvaluation evaluation =
        new AnswerEvaluation(workbench.answerer(), names, workbench::id, workbench::resolves);
    try (Progress progress = terminal.progress("Asking " + name)) {
      answers.add(
          evaluation.run(
              name,
              shelf.paths().size() - shelf.rejected().size(),
              set,
              new AnswerEvaluation.Manner(composes, withinDocument, shelf.labelled()),
              done -> update(progress, done, set.questions().size())));
    }
    note(name, "asked");
  }

  private void note(String name, String what) {
    terminal.note(name + " " + what);
  }

  private boolean loadModel(Workbench workbench) {
    try {
      Optional<String> model = workbench.loadModel();
      if (model.isEmpty()) {
        terminal.note("There is no chat model on this machine: answers are quotations");
      }
      return model.isPresent();
    } catch (ModelException e) {
      throw new CommandException("The chat model cannot be used: " + e.getMessage(), e);
    }
  }

  private Workbench open() {
    try {
      return Workbench.open(settings);
    } catch (DataFolderException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  private Path laidDown(Corpus corpus) {
    try {
      Path folder = Files.createTempDirectory(scratch.path(), "corpus-");
      corpus.writeTo(folder);
      return folder;
    } catch (IOException e) {
      throw new CommandException("The corpus cannot be laid down: " + e, e);
    }
  }

  private Workbench.Shelf read(Workbench workbench, String name, Path folder, Path questions) {
    Workbench.Shelf shelf;
    try (Progress progress = terminal.progress("Reading " + name)) {
      shelf =
          workbench.read(
              folder,
              questions,
              (done, of, path) -> progress.update(done, of, "%d/%d".formatted(done, of), path));
    } catch (IOException e) {
      throw new CommandException(e.getMessage(), e);
    }
    shelf.rejected().stream()
        .limit(REJECTIONS_SHOWN)
        .forEach(line -> terminal.note("  not read: " + line));
    if (shelf.rejected().size() > REJECTIONS_SHOWN) {
      terminal.note("  and %d more".formatted(shelf.rejected().size() - REJECTIONS_SHOWN));
    }
    return shelf;
  }

  private static void update(Progress progress, int done, int of) {
    progress.update(done, of, "%d/%d".formatted(done, of), "");
  }

  /// Something that reads a set.
  @FunctionalInterface
  private interface Reading<T> {
    T read();
  }

  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (BadSetException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  /// Prints the tables, and writes the file that was asked for.
  void report() {
    if (!retrieval.isEmpty()) {
      EvaluationTables.retrieval(retrieval).forEach(terminal::line);
    }
    if (!answers.isEmpty()) {
      if (!retrieval.isEmpty()) {
        terminal.line("");
      }
      EvaluationTables.answers(answers).forEach(terminal::line);
    }
    options.json().ifPresent(this::write);
  }

  private void write(Path file) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("retrieval", retrieval);
    all.put("answers", answers);
    try {
      ServiceClient.JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    } catch (IOException e) {
      throw new CommandException("The file %s cannot be written: %s".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    scratch.close();
  }
}
