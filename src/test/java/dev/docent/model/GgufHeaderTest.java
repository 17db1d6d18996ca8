package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GgufHeaderTest {
  private static final int DATA_BYTES = 16 * 4 * 4;

  @TempDir Path folder;

  @Test
  void readsWhatTheFileSaysOfItself() {
    GgufHeader header = GgufHeader.read(GgufFile.llama().data(DATA_BYTES).in(folder));

    assertThat(header)
        .isEqualTo(
            new GgufHeader(
                "llama",
                "Tiny",
                2048,
                "{{ messages }}",
                64,
                // 3 layers, 2 cached heads of 16 + 16 values, 2 bytes each
                3 * 2 * (16 + 16) * 2));
  }

  @Test
  void takesTheGreatestOfAValueForEachLayer() {
    GgufFile file =
        new GgufFile()
            .text("general.architecture", "openelm")
            .number("openelm.block_count", 2)
            .number("openelm.embedding_length", 64)
            .number("openelm.attention.head_count", 4)
            .array("openelm.attention.head_count_kv", 1, 4, 2)
            .tensor("weights", GgufFile.F32, 0, 16, 4)
            .data(DATA_BYTES);

    assertThat(GgufHeader.read(file.in(folder)).cacheBytesPerToken()).isEqualTo(2 * 2 * 4 * 32);
  }

  @Test
  void countsAQuantisedTensorByItsBlocks() {
    GgufFile file =
        new GgufFile()
            .text("general.architecture", "qwen2")
            .tensor("weights", GgufFile.Q4_K, 0, 512, 2);

    assertThat(GgufHeader.read(file.data(4 * 144).in(folder)).parameters()).isEqualTo(1024);
    assertThatThrownBy(() -> GgufHeader.read(file.data(4 * 144 - 1).in(folder)))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void refusesAFileCutOffAnywhere() {
    byte[] whole = GgufFile.llama().data(DATA_BYTES).bytes();
    for (int length = 0; length < whole.length; length++) {
      Path cut = GgufFile.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GgufHeader.read(cut))
          .as("the first %d of %d bytes", length, whole.length)
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("is not a usable GGUF model file");
    }
  }

  @Test
  void refusesWhatIsNoGguf() {
    assertRefused(GgufFile.llama().magic(0x04034b50), "does not begin with GGUF");
    assertRefused(GgufFile.llama().version(1), "version 1 is not 2 or 3");
    assertRefused(new GgufFile(), "names no architecture");
    assertThatThrownBy(() -> GgufHeader.read(folder.resolve("none.gguf")))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("There is no model file");
  }

  @Test
  void refusesLengthsThatAreLies() {
    assertRefused(GgufFile.llama().entryCount(-1), "18446744073709551615 metadata entries");
    assertRefused(GgufFile.llama().entryCount(Integer.MAX_VALUE), "metadata entries");
    assertRefused(GgufFile.llama().tensorCount(1L << 40), "tensors");
    assertRefused(GgufFile.llama().tensor("w", GgufFile.F32, -8, 1), "outside the file");
    assertRefused(
        GgufFile.llama().tensor("w", GgufFile.F32, 0, Long.MAX_VALUE, 8), "a size overflows");
    assertRefused(
        GgufFile.llama().tensor("w", GgufFile.F32, Long.MAX_VALUE - 3, 1), "a size overflows");
    assertRefused(GgufFile.llama().tensor("w", 4, 0, 1), "unknown type 4");
    assertRefused(GgufFile.llama().number("general.alignment", 3), "alignment is 3");
  }

  /// Compare CVE-2024-21802 and CVE-2024-23605: sizes from the file that an allocation believed.
  @Test
  void neitherFailsOtherwiseNorAllocatesWhateverBytesAreExchanged() {
    byte[] whole = GgufFile.llama().array("numbers", 1, 2, 3).data(DATA_BYTES).bytes();
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = whole.clone();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = GgufFile.write(folder.resolve("fuzzed.gguf"), bytes);
      try {
        GgufHeader.read(file);
      } catch (ModelUnavailableException _) {
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 1_999);
  }

  @Test
  void namesTheArchitectureThatItCannotRun() {
    GgufHeader future = GgufHeader.read(header("llama4"));
    assertThatThrownBy(future::requireSupported)
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("'llama4'")
        .hasMessageContaining("external llama.cpp server");
    GgufHeader embeddings = GgufHeader.read(header("nomic-bert"));
    assertThatThrownBy(embeddings::requireSupported).hasMessageContaining("does not chat");
    GgufHeader.read(header("gemma3")).requireSupported();
  }

  private Path header(String architecture) {
    return new GgufFile()
        .text("general.architecture", architecture)
        .tensor("weights", GgufFile.F32, 0, 4)
        .data(16)
        .in(folder);
  }

  private void assertRefused(GgufFile file, String reason) {
    Path path = file.data(DATA_BYTES).in(folder);
    assertThatThrownBy(() -> GgufHeader.read(path))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining(reason);
  }
}
