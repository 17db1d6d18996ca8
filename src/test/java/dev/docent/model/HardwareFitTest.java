package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HardwareFitTest {
  private static final long GB = 1_000_000_000;

  private static HardwareFit on(int cores, long memoryBytes, String... here) {
    return HardwareFit.choose(
        ModelCatalog.bundled(),
        new Hardware(cores, memoryBytes, /* vectorUnits= */ true),
        model -> List.of(here).contains(model.name()));
  }

  private static String model(HardwareFit fit) {
    return switch (fit) {
      case HardwareFit.Fits(var model, _) -> model.name();
      case HardwareFit.QuotationsOnly(_) -> "none";
    };
  }

  @Test
  void takesTheBestFromFourCores() {
    assertThat(model(on(4, 16 * GB))).isEqualTo("qwen2.5-coder-1.5b-instruct");
    assertThat(model(on(64, 256 * GB))).isEqualTo("qwen2.5-coder-1.5b-instruct");
  }

  @Test
  void takesTheSmallerBelowFourCores() {
    HardwareFit fit = on(2, 16 * GB);

    assertThat(model(fit)).isEqualTo("qwen2.5-coder-0.5b-instruct");
    assertThat(fit.reason())
        .contains("2 cores", "16.0 GB", "qwen2.5-coder-1.5b-instruct wants 4 cores");
    assertThat(model(on(1, 16 * GB))).isEqualTo("qwen2.5-coder-0.5b-instruct");
  }

  @Test
  void takesASmallerOneWhereMemoryIsTight() {
    assertThat(model(on(8, GB))).isEqualTo("qwen2.5-coder-0.5b-instruct");
    HardwareFit fit = on(8, GB / 2);
    assertThat(model(fit)).isEqualTo("smollm2-135m-instruct");
    assertThat(fit.reason()).contains("qwen2.5-coder-0.5b-instruct needs 0.9 GB");
  }

  @Test
  void leavesNoModelThatServesForOneThatWouldHaveToBeFetched() {
    HardwareFit fit = on(4, 16 * GB, "qwen2.5-coder-0.5b-instruct");

    assertThat(model(fit)).isEqualTo("qwen2.5-coder-0.5b-instruct");
    assertThat(fit.reason()).contains("qwen2.5-coder-1.5b-instruct would, too, but is not here");
    assertThat(model(on(4, GB, "smollm2-135m-instruct"))).isEqualTo("smollm2-135m-instruct");
    assertThat(model(on(4, 16 * GB, "smollm2-135m-instruct", "qwen2.5-coder-0.5b-instruct")))
        .isEqualTo("qwen2.5-coder-0.5b-instruct");
  }

  @Test
  void takesNoModelThatIsHereAndTooBig() {
    assertThat(model(on(4, GB / 2, "qwen2.5-coder-0.5b-instruct")))
        .isEqualTo("smollm2-135m-instruct");
    assertThat(model(on(4, GB / 5, "smollm2-135m-instruct"))).isEqualTo("none");
  }

  @Test
  void quotesOnlyWhereNothingFits() {
    HardwareFit fit = on(2, GB / 5);

    assertThat(model(fit)).isEqualTo("none");
    assertThat(fit.reason()).contains("no model suits", "smollm2-135m-instruct needs 0.4 GB");
  }

  @Test
  void quotesOnlyWithoutVectorUnits() {
    HardwareFit fit =
        HardwareFit.choose(
            ModelCatalog.bundled(), new Hardware(16, 64 * GB, /* vectorUnits= */ false));

    assertThat(model(fit)).isEqualTo("none");
    assertThat(fit.reason()).contains("AVX2");
  }
}
