package dev.docent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

    for (int block = 0; block < BLOCKS; block++) {
      BlockLayout.Q5_0.repack(five, block * 22, eight, block * 34);
    }

    assertThat(ofEightBits(eight)).isEqualTo(ofFiveBits(five));
  }

  @Test
  void roundsFourAndSixBitsByHalfAStepAtMost() {
    byte[] four = fourBits(20);
    byte[] six = sixBits(20);

    assertRounded(repacked(BlockLayout.Q4_K, four), ofFourBits(four));
    assertRounded(repacked(BlockLayout.Q6_K, six), ofSixBits(six));
  }

  @Test
  void repacksBlocksOfNothing() {
    assertThat(repacked(BlockLayout.Q4_K, new byte[144])).containsOnly(0);
    assertThat(repacked(BlockLayout.Q6_K, new byte[210])).containsOnly(0);
  }

  private static float[] repacked(BlockLayout layout, byte[] blocks) {
    byte[] eight = new byte[blocks.length / layout.bytes() * layout.repackedBytes()];
    for (int block = 0; block < blocks.length / layout.bytes(); block++) {
      layout.repack(blocks, block * layout.bytes(), eight, block * layout.repackedBytes());
    }
    return ofEightBits(eight);
  }

  /// Half a step, and what the step itself is rounded to sixteen bits, 127 times at most.
  private static void assertRounded(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int block = 0; block < expected.length; block += 32) {
      float largest = 0;
      for (int i = 0; i < 32; i++) {
        largest = Math.max(largest, Math.abs(expected[block + i]));
      }
      float allowed = largest / 127 / 2 + largest / 2048;
      for (int i = 0; i < 32; i++) {
        assertThat(actual[block + i]).isCloseTo(expected[block + i], within(allowed));
      }
    }
  }

  @Test
  void changesTheLayoutOfMultipliedWeightsAndNothingElse() throws IOException {
    byte[] embeddings = fiveBits();
    byte[] first = fiveBits();
    byte[] down = fourBits(4);
    byte[] other = new byte[4 * 176];
    random.nextBytes(other);
    byte[] second = fiveBits();
    Path file =
        GgufFile.llama()
            .blocks("unused.weight", GgufFile.F32, new byte[16 * 4 * 4], 16, 4)
            .blocks("token_embd.weight", GgufFile.Q5_0, embeddings, COLUMNS, ROWS)
            .blocks("blk.0.attn_q.weight", GgufFile.Q5_0, first, COLUMNS, ROWS)
            .blocks("blk.0.ffn_down.weight", GgufFile.Q4_K, down, 512, 2)
            .blocks("blk.0.ffn_up.weight", GgufFile.Q5_K, other, 512, 2)
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
              GgufFile.Q8_0,
              GgufFile.Q5_K,
              GgufFile.Q8_0);
      assertThat(reader.tensors())
          .allSatisfy(tensor -> assertThat(tensor.offset() % reader.alignment()).isZero());
      assertThat(bytes(reader, data, "token_embd.weight")).isEqualTo(embeddings);
      assertThat(ofEightBits(bytes(reader, data, "blk.0.attn_q.weight")))
          .isEqualTo(ofFiveBits(first));
      assertRounded(ofEightBits(bytes(reader, data, "blk.0.ffn_down.weight")), ofFourBits(down));
      assertThat(bytes(reader, data, "blk.0.ffn_up.weight")).isEqualTo(other);
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
      bytes.putShort(gaussian()).put(rest);
    }
    return bytes.array();
  }

  private byte[] fourBits(int blocks) {
    ByteBuffer bytes = ByteBuffer.allocate(blocks * 144).order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < blocks; block++) {
      byte[] rest = new byte[140];
      random.nextBytes(rest);
      bytes.putShort(gaussian()).putShort(gaussian()).put(rest);
    }
    return bytes.array();
  }

  private byte[] sixBits(int blocks) {
    ByteBuffer bytes = ByteBuffer.allocate(blocks * 210).order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < blocks; block++) {
      byte[] rest = new byte[208];
      random.nextBytes(rest);
      bytes.put(rest).putShort(gaussian());
    }
    return bytes.array();
  }

  private short gaussian() {
    return Float.floatToFloat16((float) random.nextGaussian());
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
        values[at + 16 + i] = scale * (pair / 16 + 16 * (fifth >> (16 + i) & 1) - 16);
      }
    }
    return values;
  }

  /// As ggml's `dequantize_row_q4_K` has it: eight parts of 32 weights, two of which share their
  /// bytes. Scales and minima are packed as `get_scale_min_k4` unpacks them.
  private static float[] ofFourBits(byte[] blocks) {
    ByteBuffer in = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[blocks.length / 144 * 256];
    for (int at = 0; at < values.length; at += 256) {
      float scale = Float.float16ToFloat(in.getShort());
      float least = Float.float16ToFloat(in.getShort());
      int[] packed = unsigned(in, 12);
      int[] pairs = unsigned(in, 128);
      for (int i = 0; i < 256; i++) {
        int part = i / 32;
        int factor =
            part < 4 ? packed[part] % 64 : packed[part + 4] % 16 + packed[part - 4] / 64 * 16;
        int minimum =
            part < 4 ? packed[part + 4] % 64 : packed[part + 4] / 16 + packed[part] / 64 * 16;
        int pair = pairs[i / 64 * 32 + i % 32];
        values[at + i] = scale * factor * (part % 2 == 0 ? pair % 16 : pair / 16) - least * minimum;
      }
    }
    return values;
  }

  /// As ggml's `dequantize_row_q6_K` has it: in each half of a block four parts of 32 weights.
  private static float[] ofSixBits(byte[] blocks) {
    ByteBuffer in = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[blocks.length / 210 * 256];
    for (int at = 0; at < values.length; at += 256) {
      int[] low = unsigned(in, 128);
      int[] high = unsigned(in, 64);
      byte[] scales = new byte[16];
      in.get(scales);
      float scale = Float.float16ToFloat(in.getShort());
      for (int half = 0; half < 2; half++) {
        for (int l = 0; l < 32; l++) {
          int[] lows = {
            low[64 * half + l] % 16,
            low[64 * half + 32 + l] % 16,
            low[64 * half + l] / 16,
            low[64 * half + 32 + l] / 16
          };
          for (int part = 0; part < 4; part++) {
            int bits = lows[part] + (high[32 * half + l] >> (2 * part)) % 4 * 16;
            values[at + 128 * half + 32 * part + l] =
                scale * scales[8 * half + 2 * part + l / 16] * (bits - 32);
          }
        }
      }
    }
    return values;
  }

  private static int[] unsigned(ByteBuffer in, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = Byte.toUnsignedInt(in.get());
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
