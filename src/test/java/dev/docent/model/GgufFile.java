package dev.docent.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Writes small GGUF files, well-formed or not.
final class GgufFile {
  static final int U32 = 4;
  static final int STRING = 8;
  static final int ARRAY = 9;
  static final int REAL = 6;
  static final int I32 = 5;
  static final int F32 = 0;
  static final int Q5_0 = 6;
  static final int Q8_0 = 8;
  static final int Q4_K = 12;
  static final int Q5_K = 13;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream weights = new ByteArrayOutputStream();
  private int magic = 0x46554747;
  private int version = 3;
  private long entryCount;
  private long tensorCount;
  private long dataBytes;

  /// A header as a small llama has it.
  static GgufFile llama() {
    return new GgufFile()
        .text("general.architecture", "llama")
        .text("general.name", "Tiny")
        .number("llama.context_length", 2048)
        .number("llama.block_count", 3)
        .number("llama.embedding_length", 64)
        .number("llama.attention.head_count", 4)
        .number("llama.attention.head_count_kv", 2)
        .text("tokenizer.chat_template", "{{ messages }}")
        .tensor("weights", F32, 0, 16, 4);
  }

  GgufFile magic(int value) {
    magic = value;
    return this;
  }

  GgufFile version(int value) {
    version = value;
    return this;
  }

  GgufFile text(String key, String value) {
    string(entries, key);
    put(entries, number(STRING));
    string(entries, value);
    entryCount++;
    return this;
  }

  GgufFile number(String key, int value) {
    string(entries, key);
    put(entries, number(U32));
    put(entries, number(value));
    entryCount++;
    return this;
  }

  GgufFile real(String key, float value) {
    string(entries, key);
    put(entries, number(REAL));
    put(entries, number(Float.floatToIntBits(value)));
    entryCount++;
    return this;
  }

  GgufFile array(String key, int... values) {
    return arrayOf(U32, key, values);
  }

  /// @param type U32, I32 or REAL
  /// @param values of a REAL, its bits
  GgufFile arrayOf(int type, String key, int... values) {
    string(entries, key);
    put(entries, number(ARRAY));
    put(entries, number(type));
    put(entries, number((long) values.length));
    for (int value : values) {
      put(entries, number(value));
    }
    entryCount++;
    return this;
  }

  GgufFile texts(String key, List<String> values) {
    string(entries, key);
    put(entries, number(ARRAY));
    put(entries, number(STRING));
    put(entries, number((long) values.size()));
    values.forEach(value -> string(entries, value));
    entryCount++;
    return this;
  }

  /// Declares a tensor. The file gets no data for it: see [#data].
  GgufFile tensor(String name, int type, long offset, long... dimensions) {
    string(tensors, name);
    put(tensors, number(dimensions.length));
    for (long dimension : dimensions) {
      put(tensors, number(dimension));
    }
    put(tensors, number(type));
    put(tensors, number(offset));
    tensorCount++;
    return this;
  }

  /// A tensor with its data, 32-bit floats, in the order of these calls.
  GgufFile weights(String name, Supplier<Float> values, long... dimensions) {
    tensor(name, F32, weights.size(), dimensions);
    long count = Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
    for (long i = 0; i < count; i++) {
      put(weights, number(Float.floatToIntBits(values.get())));
    }
    put(weights, new byte[Math.floorMod(-weights.size(), 32)]);
    return this;
  }

  /// A tensor with its data as it lies in the file, in the order of these calls.
  GgufFile blocks(String name, int type, byte[] data, long... dimensions) {
    tensor(name, type, weights.size(), dimensions);
    put(weights, data);
    put(weights, new byte[Math.floorMod(-weights.size(), 32)]);
    return this;
  }

  GgufFile data(long bytes) {
    dataBytes = bytes;
    return this;
  }

  GgufFile entryCount(long claimed) {
    entryCount = claimed;
    return this;
  }

  GgufFile tensorCount(long claimed) {
    tensorCount = claimed;
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    put(all, number(magic));
    put(all, number(version));
    put(all, number(tensorCount));
    put(all, number(entryCount));
    all.writeBytes(entries.toByteArray());
    all.writeBytes(tensors.toByteArray());
    put(all, new byte[Math.floorMod(-all.size(), 32)]);
    put(all, weights.toByteArray());
    put(all, new byte[(int) dataBytes]);
    return all.toByteArray();
  }

  Path in(Path folder) {
    return write(folder.resolve("model.gguf"), bytes());
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    put(out, number((long) bytes.length));
    put(out, bytes);
  }

  private static void put(ByteArrayOutputStream out, byte[] bytes) {
    out.writeBytes(bytes);
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
