package dev.docent.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OnnxEmbeddingModelTest {
  private static final OnnxEmbeddingModel MODEL = new OnnxEmbeddingModel(2);

  private static final List<TextSegment> TEXTS =
      List.of(
          TextSegment.from("Employees accrue two days of leave for each month of service."),
          TextSegment.from("Grade\tRate\nA\tEUR 48\nB\tEUR 52"),
          TextSegment.from("Überstunden naïve café 東京都三鷹市 — “quoted” ﬁnal 😀"),
          TextSegment.from("The incident is reported within four hours. ".repeat(40)),
          TextSegment.from("x"));

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void agreesWithLangChain4jsOwnModel() {
    var reference = new BgeSmallEnV15QuantizedEmbeddingModel();
    List<Embedding> vectors = MODEL.embedAll(TEXTS).content();
    for (int i = 0; i < TEXTS.size(); i++) {
      Embedding expected = reference.embed(TEXTS.get(i)).content();
      assertThat(CosineSimilarity.between(vectors.get(i), expected))
          .as(TEXTS.get(i).text())
          .isCloseTo(1.0, within(1e-4));
    }
  }

  @Test
  void givesATextTheSameVectorWhateverItsCompany() {
    float[] alone = MODEL.embed(TEXTS.getFirst()).content().vector();
    float[] among = MODEL.embedAll(TEXTS).content().getFirst().vector();
    assertThat(among).containsExactly(alone);
  }

  @Test
  void vectorsHaveLengthOne() {
    for (Embedding vector : MODEL.embedAll(TEXTS).content()) {
      assertThat(vector.vector()).hasSize(OnnxEmbeddingModel.DIMENSION);
      assertThat(CosineSimilarity.between(vector, vector)).isCloseTo(1.0, within(1e-6));
      double square = 0;
      for (float value : vector.vector()) {
        square += (double) value * value;
      }
      assertThat(square).isCloseTo(1.0, within(1e-5));
    }
  }

  @Test
  void readsOnlyTheBeginningOfATextLongerThanTheModel() {
    String tooLong = "word ".repeat(600);
    assertThat(MODEL.embed(tooLong).content().vector())
        .containsExactly(MODEL.embed("word ".repeat(900)).content().vector());
    assertThat(MODEL.estimateTokenCountInText(tooLong)).isEqualTo(600);
  }

  @Test
  void aQuestionIsNearerToItsAnswerThanToAnythingElse() {
    Embedding question = Embedding.from(MODEL.embedQuery("How many days of leave do I get?"));
    List<Double> similarities =
        MODEL.embedAll(TEXTS).content().stream()
            .map(vector -> CosineSimilarity.between(question, vector))
            .toList();
    assertThat(similarities.getFirst())
        .isGreaterThan(similarities.stream().skip(1).max(Double::compare).orElseThrow());
  }
}
