package dev.docent.api;

import static java.util.stream.Collectors.joining;

import dev.docent.answer.Answer;
import dev.docent.answer.AnswerRecorder;
import dev.docent.answer.Citation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A released answer on the wire.
@Schema(name = "Answer")
record AnswerView(
    UUID id,
    @Schema(
            description =
                "composed: sentences, each with its sources. quotation: the quotations are the"
                    + " answer. refused: the documents do not say.",
            enumeration = {"composed", "quotation", "refused"})
        String kind,
    @Schema(
            description =
                "The released words, without marks: composed, the supported sentences; quotation,"
                    + " the quoted words, each quotation on lines of its own. Null: refused")
        @Nullable String answer,
    List<SentenceView> sentences,
    List<CitationView> quotations,
    @Schema(description = "What the sentences' numbers point at") List<CitationView> citations,
    @Schema(description = "Sentences that no document supports; their words are not released")
        long withheld,
    @Nullable RefusalView refusal,
    @Nullable ModelView model,
    @Schema(description = "What to know about how the answer came about") @Nullable String note,
    @Schema(description = "The same as a stable name", examples = "no_model")
        @Nullable String noteCode,
    TimingsView timings,
    @Schema(description = "Ids of the audit records") AuditView audit,
    @Schema(description = "The conversation that the answer was added to")
        @Nullable UUID conversation) {

  record SentenceView(
      String text,
      List<Integer> citations,
      @Schema(enumeration = {"supported", "withheld"}) String verdict) {}

  record RefusalView(
      @Schema(enumeration = {"nothing_found", "not_stated"}) String reason,
      List<CitationView> nearest) {}

  record ModelView(String name, String sha256) {}

  @Schema(name = "Timings", description = "Milliseconds since the question; -1: did not happen")
  record TimingsView(
      long retrieveMillis,
      long quotationMillis,
      long firstTokenMillis,
      long totalMillis,
      int promptTokens,
      @Schema(description = "Those of the prompt that the model had read before") int cachedTokens,
      int generatedTokens) {}

  record AuditView(String intent, String outcome) {}

  static AnswerView of(Answer answer, AnswerRecorder.Receipt receipt, @Nullable UUID conversation) {
    Answer.Timings timings = answer.timings();
    return new AnswerView(
        answer.id(),
        kind(answer.body()),
        words(answer).orElse(null),
        sentences(answer.body()),
        CitationView.of(answer.quotations()),
        CitationView.of(answer.sources()),
        answer.body() instanceof Answer.Body.Composed composed ? composed.withheld() : 0,
        refusal(answer.body()),
        answer.model().map(model -> new ModelView(model.name(), model.sha256())).orElse(null),
        answer.note().map(Answer.Note::text).orElse(null),
        answer.note().map(AnswerView::code).orElse(null),
        new TimingsView(
            timings.retrieveMillis(),
            timings.quotationMillis(),
            timings.firstTokenMillis(),
            timings.totalMillis(),
            timings.promptTokens(),
            timings.cachedTokens(),
            timings.generatedTokens()),
        new AuditView(receipt.intent(), receipt.outcome()),
        conversation);
  }

  private static String kind(Answer.Body body) {
    return switch (body) {
      case Answer.Body.Composed _ -> "composed";
      case Answer.Body.Quoted _ -> "quotation";
      case Answer.Body.Refused _ -> "refused";
    };
  }

  private static Optional<String> words(Answer answer) {
    return switch (answer.body()) {
      case Answer.Body.Composed(var sentences) ->
          Optional.of(
              sentences.stream()
                  .filter(one -> one.verdict() == Answer.Verdict.SUPPORTED)
                  .map(Answer.Sentence::text)
                  .collect(joining(" ")));
      case Answer.Body.Quoted _ ->
          Optional.of(answer.quotations().stream().map(Citation::text).collect(joining("\n")));
      case Answer.Body.Refused _ -> Optional.empty();
    };
  }

  private static List<SentenceView> sentences(Answer.Body body) {
    return body instanceof Answer.Body.Composed(var sentences)
        ? sentences.stream()
            .map(one -> new SentenceView(one.text(), one.citations(), code(one.verdict())))
            .toList()
        : List.of();
  }

  private static @Nullable RefusalView refusal(Answer.Body body) {
    return body instanceof Answer.Body.Refused(var reason, var nearest)
        ? new RefusalView(code(reason), CitationView.of(nearest))
        : null;
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
