package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TokenSamplerTest {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  private static GenerationParameters.Builder warm() {
    return GenerationParameters.builder().temperature(1.0).seed(3);
  }

  private static float[] logits() {
    return new float[] {1, 4, 2, 3.5f, NEVER};
  }

  private static Set<Integer> drawn(GenerationParameters parameters) {
    TokenSampler sampler = new TokenSampler(parameters);
    Set<Integer> drawn = new HashSet<>();
    IntStream.range(0, 500).forEach(_ -> drawn.add(sampler.sample(logits())));
    return drawn;
  }

  @Test
  void isGreedyUnlessToldOtherwise() {
    assertThat(drawn(GenerationParameters.builder().build())).containsExactly(1);
    assertThat(drawn(GenerationParameters.builder().temperature(0.0).build())).containsExactly(1);
  }

  @Test
  void drawsWhatIsLikelyAndNeverWhatIsForbidden() {
    assertThat(drawn(warm().topP(1.0).build())).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(drawn(warm().topP(1.0).topK(2).build())).containsExactlyInAnyOrder(1, 3);
    // the two best have .56 and .34 of the mass
    assertThat(drawn(warm().topP(0.5).build())).containsExactly(1);
    assertThat(drawn(warm().topP(0.8).build())).containsExactlyInAnyOrder(1, 3);
  }

  @Test
  void repeatsItselfWithTheSameSeed() {
    TokenSampler one = new TokenSampler(warm().topP(1.0).build());
    TokenSampler other = new TokenSampler(warm().topP(1.0).build());

    assertThat(IntStream.range(0, 50).map(_ -> one.sample(logits())))
        .containsExactly(
            IntStream.range(0, 50)
                .map(_ -> other.sample(logits()))
                .boxed()
                .toArray(Integer[]::new));
  }

  @Test
  void penalisesWhatWasSaid() {
    TokenSampler sampler =
        new TokenSampler(GenerationParameters.builder().presencePenalty(1.0).build());

    assertThat(sampler.sample(logits())).isEqualTo(1);
    assertThat(sampler.sample(logits())).as("4 - 1 < 3.5").isEqualTo(3);
    assertThat(sampler.sample(logits())).as("4 - 1 > 3.5 - 1").isEqualTo(1);
  }

  @Test
  void refusesSenselessParameters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenSampler(warm().temperature(-1.0).build()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenSampler(warm().topP(0.0).build()));
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenSampler(warm().topK(0).build()));
  }
}
