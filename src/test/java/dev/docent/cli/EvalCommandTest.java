package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command on real engines: parser process, embedding model, index.
@Tag("embedding")
final class EvalCommandTest {
  @TempDir Path folder;
  private Path set;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeSet() throws IOException {
    set = Files.createDirectory(folder.resolve("a set"));
    Files.writeString(
        set.resolve("corpus.jsonl"),
        """
        {"_id": "leave/1", "title": "Leave & holidays", "text": "Full-time staff have 27 working days of holiday a year. Days < 1 are rounded up."}
        {"_id": "gifts", "title": "Gifts", "text": "Employees may keep presents of suppliers up to a value of EUR 40."}
        {"_id": "wifi", "title": "", "text": "The guest network is renewed every Monday by the service desk."}
        """);
    Files.writeString(
        set.resolve("queries.jsonl"),
        """
        {"_id": "q1", "text": "How many days of holiday do I have?"}
        {"_id": "q2", "text": "guest wifi network"}
        """);
    Files.writeString(
        set.resolve("qrels.tsv"), "query-id\tcorpus-id\tscore\nq1\tleave/1\t1\nq2\twifi\t1\n");
  }

  @Test
  void measuresTheRankingOfASet() throws IOException {
    Path json = folder.resolve("out.json");

    int exit = run("eval", "retrieval", "--set", set.toString(), "--json", json.toString());

    assertThat(exit).as(err::toString).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("nDCG@10", "a set", "1.000");
    JsonNode report = new ObjectMapper().readTree(json.toFile()).at("/retrieval/0");
    assertThat(report.at("/figures/recallAt1").asDouble()).isEqualTo(1);
    assertThat(report.at("/cases/0/found/0").asText()).isEqualTo("leave/1");
    assertThat(report.at("/cases")).hasSize(2);
  }

  @Test
  void measuresAnswersOverAFolderOfDocuments() throws IOException {
    Path documents = folder.resolve("documents");
    Files.createDirectories(documents.resolve("hr"));
    Files.writeString(
        documents.resolve("hr/leave.txt"),
        "Full-time staff have 27 working days of holiday a year.\n");
    Files.writeString(
        documents.resolve("gifts.txt"), "Employees may keep presents up to a value of EUR 40.\n");
    Path questions = documents.resolve("questions.jsonl");
    Files.writeString(
        questions,
        """
        {"question": "How many working days of holiday do full-time staff have?", "answers": ["27 Working\\nDays"], "document": "leave.txt", "page": null}
        {"question": "Up to what value may employees keep presents?", "answers": ["EUR 50"], "document": "gifts.txt"}
        """);
    Path json = folder.resolve("out.json");

    int exit =
        run(
            "eval",
            "answers",
            "--documents",
            documents.toString(),
            "--questions",
            questions.toString(),
            "--no-compose",
            "--json",
            json.toString());

    assertThat(exit).as(err::toString).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile()).at("/answers/0");
    assertThat(report.at("/documents").asInt()).as("the questions are no document").isEqualTo(2);
    assertThat(report.at("/figures/placeTop1/rate").asDouble()).isEqualTo(1);
    assertThat(report.at("/figures/quotation/hits").asInt()).isEqualTo(1);
    assertThat(report.at("/figures/refusedUnanswerable/rate").isNull()).isTrue();
    JsonNode resolve = report.at("/figures/citationsResolve");
    assertThat(resolve.path("of").asInt()).isPositive().isEqualTo(resolve.path("hits").asInt());
    assertThat(report.at("/cases/0/quotations/0/document").asText()).isEqualTo("hr/leave.txt");
  }

  @Test
  void measuresASetWhoseQuestionsComeWithTheirTexts() throws IOException {
    Path published = Files.createDirectory(folder.resolve("published"));
    Files.writeString(
        published.resolve("reference.jsonl"),
        """
        {"task_id": "a:2", "answerability": ["ANSWERABLE"], "contexts": [{"document_id": "leave", \
        "text": "Full-time staff have 27 working days of holiday a year."}], "input": [ \
        {"speaker": "user", "text": "Who has holidays?"}, \
        {"speaker": "agent", "text": "Full-time staff have working days of holiday."}, \
        {"speaker": "user", "text": "How many working days a year is that?"}]}
        {"task_id": "b:1", "answerability": ["UNANSWERABLE"], "contexts": [], "input": [ \
        {"speaker": "user", "text": "Which planets have rings?"}]}
        """);
    Path json = folder.resolve("out.json");

    int exit =
        run(
            "eval",
            "answers",
            "--set",
            published.toString(),
            "--no-compose",
            "--json",
            json.toString());

    assertThat(exit).as(err::toString).isZero();
    JsonNode figures = new ObjectMapper().readTree(json.toFile()).at("/answers/0/figures");
    assertThat(figures.at("/placeTop1/rate").asDouble()).isEqualTo(1);
    assertThat(figures.at("/refusedUnanswerable/hits").asInt()).isEqualTo(1);
    assertThat(run("eval", "answers", "--set", set.toString())).isEqualTo(1);
    assertThat(run("eval", "answers")).as("documents are not named").isEqualTo(2);
  }

  @Test
  void saysWhichLineIsWrong() throws IOException {
    Files.writeString(set.resolve("queries.jsonl"), "{\"_id\": \"q1\", \"text\": 5}\n{\"_id\"\n");

    assertThat(run("eval", "retrieval", "--set", set.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("queries.jsonl, line 2: no JSON");
  }

  @Test
  void leavesNoScratchFolderBehind() throws IOException {
    var before = scratchFolders();

    run("eval", "retrieval", "--set", set.toString());

    assertThat(scratchFolders()).isEqualTo(before);
  }

  private static List<Path> scratchFolders() throws IOException {
    try (var paths = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith(ScratchFolder.PREFIX))
          .sorted()
          .toList();
    }
  }

  private int run(String... arguments) {
    Terminal terminal =
        Terminal.of(
            Map.of(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.commandLine(terminal).execute(arguments);
  }
}
