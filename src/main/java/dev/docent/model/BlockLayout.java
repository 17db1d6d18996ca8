package dev.docent.model;

import static java.lang.Float.float16ToFloat;
import static java.lang.Float.floatToFloat16;

import java.util.Arrays;
import java.util.Optional;

/// Layouts of weights whose bits llama.cpp puts together anew for every product, and how their
/// blocks become Q8_0 blocks: a scale (f16) and 32 signed bytes.
///
/// A Q5_0 block has such a scale and such integers already, so that no weight changes its value. A
/// block of the K layouts has a scale of its own for each 16 or 32 of its 256 weights; they are
/// rounded to steps of a 127th of the largest of 32. The file's own steps are commonly four times
/// as wide (Q6_K) or more (Q4_K).
///
/// Source of the layouts: ggml's ggml-common.h and ggml-quants.c.
enum BlockLayout {
  /// scale f16 | 32 × 1 bit | 16 × (4 bits | 4 bits)
  Q5_0(6, 22, 32) {
    @Override
    void repack(byte[] in, int at, byte[] out, int to) {
      out[to] = in[at];
      out[to + 1] = in[at + 1];
      int fifth = unsigned(in, at + 2) | unsigned(in, at + 4) << 16;
      for (int i = 0; i < 16; i++) {
        int pair = in[at + 6 + i];
        out[to + 2 + i] = (byte) ((pair & 0xF | (fifth >>> i & 1) << 4) - 16);
        out[to + 18 + i] = (byte) ((pair >>> 4 & 0xF | (fifth >>> i + 16 & 1) << 4) - 16);
      }
    }
  },

  /// scale f16 | scale of the minima f16 | 8 × (scale 6 bits, minimum 6 bits) | 256 × 4 bits
  Q4_K(12, 144, 256) {
    @Override
    void repack(byte[] in, int at, byte[] out, int to) {
      float scale = half(in, at);
      float least = half(in, at + 2);
      float[] weights = new float[EIGHT_BIT_WEIGHTS];
      for (int part = 0; part < 8; part++) {
        float factor = scale * packedScale(in, at + 4, part);
        float minimum = least * packedMinimum(in, at + 4, part);
        int nibbles = at + 16 + part / 2 * 32;
        for (int i = 0; i < weights.length; i++) {
          weights[i] = factor * (in[nibbles + i] >>> part % 2 * 4 & 0xF) - minimum;
        }
        quantize(weights, out, to + part * EIGHT_BIT_BYTES);
      }
    }
  },

  /// 256 × low 4 bits | 256 × high 2 bits | 16 × scale 8 bits | scale f16
  Q6_K(14, 210, 256) {
    @Override
    void repack(byte[] in, int at, byte[] out, int to) {
      float scale = half(in, at + 208);
      float[] weights = new float[EIGHT_BIT_WEIGHTS];
      for (int part = 0; part < 8; part++) {
        int within = part % 4; // each half of the block has four parts
        int low = at + part / 4 * 64 + within % 2 * 32;
        int high = at + 128 + part / 4 * 32;
        for (int i = 0; i < weights.length; i++) {
          int bits = in[low + i] >>> within / 2 * 4 & 0xF | (in[high + i] >>> within * 2 & 3) << 4;
          weights[i] = scale * in[at + 192 + part * 2 + i / 16] * (bits - 32);
        }
        quantize(weights, out, to + part * EIGHT_BIT_BYTES);
      }
    }
  };

  /// ggml's number of the layout that blocks are brought into.
  static final int EIGHT_BITS = 8;

  private static final int EIGHT_BIT_WEIGHTS = 32;
  private static final int EIGHT_BIT_BYTES = 34;

  private final int type;
  private final int bytes;
  private final int weights;

  BlockLayout(int type, int bytes, int weights) {
    this.type = type;
    this.bytes = bytes;
    this.weights = weights;
  }

  /// The layout with this number in ggml, if it is one of these.
  static Optional<BlockLayout> of(int type) {
    return Arrays.stream(values()).filter(layout -> layout.type == type).findFirst();
  }

  /// Bytes of one block.
  int bytes() {
    return bytes;
  }

  /// Bytes that one block becomes.
  int repackedBytes() {
    return weights / EIGHT_BIT_WEIGHTS * EIGHT_BIT_BYTES;
  }

  /// One block, from `in` at `at`, into `out` at `to`.
  abstract void repack(byte[] in, int at, byte[] out, int to);

  private static int packedScale(byte[] in, int at, int part) {
    return part < 4
        ? in[at + part] & 0x3F
        : in[at + part + 4] & 0xF | (in[at + part - 4] >>> 6 & 3) << 4;
  }

  private static int packedMinimum(byte[] in, int at, int part) {
    return part < 4
        ? in[at + part + 4] & 0x3F
        : in[at + part + 4] >>> 4 & 0xF | (in[at + part] >>> 6 & 3) << 4;
  }

  private static void quantize(float[] weights, byte[] out, int to) {
    float largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    float step = largest / Byte.MAX_VALUE;
    float perStep = step == 0 ? 0 : 1 / step;
    short scale = floatToFloat16(step);
    out[to] = (byte) scale;
    out[to + 1] = (byte) (scale >>> 8);
    for (int i = 0; i < weights.length; i++) {
      out[to + 2 + i] = (byte) Math.round(weights[i] * perStep);
    }
  }

  private static float half(byte[] in, int at) {
    return float16ToFloat((short) unsigned(in, at));
  }

  private static int unsigned(byte[] in, int at) {
    return in[at] & 0xFF | (in[at + 1] & 0xFF) << 8;
  }
}
