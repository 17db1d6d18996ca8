package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AnswerPrinterTest {
  private static final String SOURCES =
      """
      "citations": [
        {"number": 1, "title": "Leave policy", "path": "hr/leave.pdf", "page": 11, "pageLabel": "12"},
        {"number": 2, "title": "", "path": "hr/rates.xlsx", "pageLabel": "Rates 2026"},
        {"number": 3, "title": "notes.md", "path": "notes.md", "page": null, "pageLabel": ""}]
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AnswerPrinter printer =
      new AnswerPrinter(
          Terminal.of(
              Map.of(),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(out, true, StandardCharsets.UTF_8)));

  private void told(String event, String json) throws JsonProcessingException {
    printer.accept(event, ServiceClient.JSON.readTree(json));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aQuotationComesFirstAndItsSourcesLast() throws JsonProcessingException {
    told(
        "quotation",
        "{\"quotations\": [{\"text\": \" 27 days. \", \"title\": \"Leave policy\", \"path\":"
            + " \"hr/leave.pdf\", \"pageLabel\": \"12\"}]}");
    told("answer", "{\"kind\": \"quotation\", \"note\": \"No model.\", %s}".formatted(SOURCES));

    assertThat(printed())
        .isEqualTo(
            """
            \u201c27 days.\u201d
               Leave policy (hr/leave.pdf), page 12

            No model.
            Sources
             [1] Leave policy (hr/leave.pdf), page 12
             [2] hr/rates.xlsx, Rates 2026
             [3] notes.md
            """);
  }

  @Test
  void whatTheDocumentsDoNotSupportIsTakenBack() throws JsonProcessingException {
    told("token", "{\"text\": \"You have 27 days. And a yacht.\"}");
    told(
        "answer",
        """
        {"kind": "composed", "withheld": 1, "sentences": [
          {"text": "You have 27 days.", "citations": [1, 3], "verdict": "supported"},
          {"text": "", "citations": [], "verdict": "withheld"}], %s}
        """
            .formatted(SOURCES));

    assertThat(printed())
        .contains(
            "1 sentence of this draft is not supported",
            "\nYou have 27 days. [1] [3]\n",
            "\nSources\n [1] Leave policy");
  }

  @Test
  void aDraftThatHoldsStandsAndIsGivenItsSources() throws JsonProcessingException {
    told("token", "{\"text\": \"You have 27 days.\"}");
    told(
        "answer",
        """
        {"kind": "composed", "withheld": 0, "sentences": [
          {"text": "You have 27 days.", "citations": [2, 1], "verdict": "supported"}], %s}
        """
            .formatted(SOURCES));

    assertThat(printed())
        .startsWith("You have 27 days.\n\nChecked: the documents support it: [2] [1]\n")
        .containsOnlyOnce("27 days");
  }

  @Test
  void aRefusalNamesWhatComesNearest() throws JsonProcessingException {
    told(
        "answer",
        """
        {"kind": "refused", "citations": [], "refusal": {"reason": "not_stated",
          "nearest": [{"title": "Pets", "path": "pets.txt", "pageLabel": "iv"}]}}
        """);

    assertThat(printed())
        .isEqualTo(
            """
            Not in your documents.
            What was found does not state the answer.
            Nearest passages:
              Pets (pets.txt), iv
            """);
  }

  @Test
  void aFailureEndsTheCommandWithItsSentence() {
    assertThatThrownBy(
            () ->
                told(
                    "error", "{\"problem\": {\"title\": \"T\", \"detail\": \"The log is away.\"}}"))
        .isInstanceOf(CommandException.class)
        .hasMessage("The log is away.");
    assertThatThrownBy(() -> told("stopped", "{}")).hasMessageContaining("stopped");
  }
}
