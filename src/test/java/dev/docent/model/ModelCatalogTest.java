package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.docent.model.CatalogModel.Box;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelCatalogTest {
  private final ModelCatalog catalog = ModelCatalog.bundled();

  @Test
  void namesItsModelsBestFirst() {
    assertThat(catalog.models())
        .extracting(CatalogModel::name)
        .containsExactly(
            "qwen2.5-coder-1.5b-instruct", "qwen2.5-coder-0.5b-instruct", "smollm2-135m-instruct");
    assertThat(catalog.models())
        .isSortedAccordingTo(Comparator.comparingLong(CatalogModel::bytes).reversed());
  }

  @Test
  void trustsThePublishersDigests() {
    assertThat(catalog.models())
        .extracting(CatalogModel::sha256)
        .containsExactly(
            "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
            "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
  }

  @Test
  void findsAModelByItsName() {
    assertThat(catalog.find("smollm2-135m-instruct")).isPresent();
    assertThat(catalog.find("SmolLM2")).isEmpty();
  }

  @Test
  void refusesAFileNameThatLeadsElsewhere() {
    assertThatIllegalArgumentException().isThrownBy(() -> model("../x.gguf", 8, "a".repeat(64)));
    assertThatIllegalArgumentException().isThrownBy(() -> model("/etc/x", 8, "a".repeat(64)));
  }

  @Test
  void refusesBoxesThatAreNotTheFile() {
    assertThatIllegalArgumentException().isThrownBy(() -> model("x.gguf", 9, "a".repeat(64)));
    assertThatIllegalArgumentException().isThrownBy(() -> model("x.gguf", 8, "A".repeat(64)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Box("--index-url=http://evil", "1.0", "part", 8));
    assertThatIllegalArgumentException().isThrownBy(() -> new Box("part", "; rm", "part", 8));
  }

  private static CatalogModel model(String file, long bytes, String sha256) {
    return new CatalogModel(
        "name",
        file,
        "llama",
        bytes,
        sha256,
        "Apache-2.0",
        "publisher",
        1,
        1,
        "publisher/repository",
        List.of(new Box("part-1", "1.0", "a.bin", 3), new Box("part-2", "1.0", "b.bin", 5)));
  }
}
