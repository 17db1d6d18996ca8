package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class RepackedModelTest {
  private static final int BLOCKS = 3 * 32;
  private static final int COLUMNS = 96;
  private static final int ROWS = BLOCKS * 32 / COLUMNS;

  @TempDir Path folder;

  private final Random random = new Random(11);

  @Test
  void keepsTheValueOfEachWeight() {
    byte[] five = fiveBits();
    byte[] eight = new byte[BLOCKS * 34];

    RepackedModel.repack(five, eight, BLOCKS);

    assertThat(ofEightBits(eight)).isEqualTo(ofFiveBits(five));
  }

  @Test
  void changesTheLayoutOfMultipliedWeightsAndNothingElse() throws IOException {
    byte[] embeddings = fiveBits();
    byte[] first = fiveBits();
    byte[] other = new byte[4 * 144];
    random.nextBytes(other);
    byte[] second = fiveBits();
    Path file =
        GgufFile.llama()
            .blocks("unused.weight", GgufFile.F32, new byte[16 * 4 * 4], 16, 4)
            .blocks("token_embd.weight", GgufFile.Q5_0, embeddings, COLUMNS, ROWS)
            .blocks("blk.0.attn_q.weight", GgufFile.Q5_0, first, COLUMNS, ROWS)
            .blocks("blk.0.ffn_down.weight", GgufFile.Q4_K, other, 512, 2)
            .blocks("blk.0.attn_k.weight", GgufFile.Q5_0, second, COLUMNS, ROWS)
            .in(folder);

    try (RepackedModel copy = RepackedModel.of(file).orElseThrow();
        GgufReader reader = GgufReader.open(copy.path());
        FileChannel data = FileChannel.open(copy.path())) {
      assertThat(reader.header()).isEqualTo(GgufHeader.read(file));
      assertThat(reader.tensors())
          .extracting(GgufReader.Tensor::type)
          .containsExactly(
              GgufFile.F32,
              GgufFile.F32,
              GgufFile.Q5_0,
              GgufFile.Q8_0,
              GgufFile.Q4_K,
              GgufFile.Q8_0);
      assertThat(reader.tensors())
          .allSatisfy(tensor -> assertThat(tensor.offset() % reader.alignment()).isZero());
      assertThat(bytes(reader, data, "token_embd.weight")).isEqualTo(embeddings);
      assertThat(ofEightBits(bytes(reader, data, "blk.0.attn_q.weight")))
          .isEqualTo(ofFiveBits(first));
      assertThat(bytes(reader, data, "blk.0.ffn_down.weight")).isEqualTo(other);
      assertThat(ofEightBits(bytes(reader, data, "blk.0.attn_k.weight")))
          .isEqualTo(ofFiveBits(second));
    }
  }

  @Test
  void isGoneOnceItIsClosed() {
    Path file =
        new GgufFile()
            .text("general.architecture", "llama")
            .blocks("blk.0.attn_q.weight", GgufFile.Q5_0, fiveBits(), COLUMNS, ROWS)
            .in(folder);
    Path path;
    try (RepackedModel copy = RepackedModel.of(file).orElseThrow()) {
      path = copy.path();
      assertThat(path).exists();
    }

    assertThat(Files.exists(path)).isFalse();
  }

  @Test
  void copiesNoFileThatHasNothingToGain() {
    Path file =
        new GgufFile()
            .text("general.architecture", "llama")
            .blocks("token_embd.weight", GgufFile.Q5_0, fiveBits(), COLUMNS, ROWS)
            .in(folder);

    assertThat(RepackedModel.of(file)).isEmpty();
  }

  private byte[] fiveBits() {
    ByteBuffer bytes = ByteBuffer.allocate(BLOCKS * 22).order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < BLOCKS; block++) {
      byte[] rest = new byte[20];
      random.nextBytes(rest);
      bytes.putShort(Float.floatToFloat16((float) random.nextGaussian())).put(rest);
    }
    return bytes.array();
  }

  private static byte[] bytes(GgufReader reader, FileChannel data, String name) throws IOException {
    GgufReader.Tensor tensor =
        reader.tensors().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes());
    int _ = data.read(bytes, reader.dataStart() + tensor.offset());
    return bytes.array();
  }

  /// As ggml's `dequantize_row_q5_0` has it: of the first half of a block the low four bits come
  /// first in each byte, of the second the high ones.
  private static float[] ofFiveBits(byte[] blocks) {
    ByteBuffer in = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[blocks.length / 22 * 32];
    for (int at = 0; at < values.length; at += 32) {
      float scale = Float.float16ToFloat(in.getShort());
      int fifth = in.getInt();
      for (int i = 0; i < 16; i++) {
        int pair = Byte.toUnsignedInt(in.get());
        values[at + i] = scale * (pair % 16 + 16 * (fifth >> i & 1) - 16);
        values[at + 16 + i] = scale * (pair / 16 + 16 * (fifth >> 16 + i & 1) - 16);
      }
    }
    return values;
  }

  private static float[] ofEightBits(byte[] blocks) {
    ByteBuffer in = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[blocks.length / 34 * 32];
    for (int at = 0; at < values.length; at += 32) {
      float scale = Float.float16ToFloat(in.getShort());
      for (int i = 0; i < 32; i++) {
        values[at + i] = scale * in.get();
      }
    }
    return values;
  }
}
