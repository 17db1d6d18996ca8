package dev.docent.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a GGUF header from front to back; see [GgufHeader] for the format.
final class GgufReader implements Closeable {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int MAX_ENTRIES = 4_096;
  private static final int MAX_TENSORS = 65_536;
  private static final int MAX_KEY_BYTES = 65_535; // the specification's limit
  private static final int MAX_STRING_BYTES = 1 << 20;
  private static final int MAX_ELEMENTS = 8_000_000;
  private static final int MAX_DIMENSIONS = 4;
  private static final int DEFAULT_ALIGNMENT = 32;

  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /// Bytes of each scalar type by its number; 0 for string and array.
  private static final int[] SCALAR_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  /// Weights and bytes of one block of each tensor type of ggml, by its number; 0 for types
  /// removed.
  private static final int[][] TENSOR_BLOCKS = {
    {1, 4},
    {1, 2},
    {32, 18},
    {32, 20},
    {0, 0},
    {0, 0},
    {32, 22},
    {32, 24},
    {32, 34},
    {32, 36},
    {256, 84},
    {256, 110},
    {256, 144},
    {256, 176},
    {256, 210},
    {256, 292},
    {256, 66},
    {256, 74},
    {256, 98},
    {256, 50},
    {32, 18},
    {256, 110},
    {256, 82},
    {256, 136},
    {1, 1},
    {1, 2},
    {1, 4},
    {1, 8},
    {1, 8},
    {256, 56},
    {1, 2},
    {0, 0},
    {0, 0},
    {0, 0},
    {256, 54},
    {256, 66}
  };

  /// The file does not follow the format.
  static final class Malformed extends IOException {
    private Malformed(String message) {
      super(message);
    }
  }

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  // The channel's position, which it would ask the system for: once for each of 300,000 tokens.
  private long reached;
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, String> strings = new HashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private long alignment;
  private long dataStart;

  /// Where a tensor lies.
  ///
  /// @param type its number in ggml
  /// @param typeAt position of that number in the file; the offset's follows it
  /// @param offset of the data from [#dataStart]
  record Tensor(String name, int type, long typeAt, long offset, long bytes) {}

  private GgufReader(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  static GgufReader open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new GgufReader(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  GgufHeader header() throws IOException {
    if (size < 24 || readInt() != MAGIC) {
      throw new Malformed("it does not begin with GGUF");
    }
    int version = readInt();
    if (version != 2 && version != 3) {
      throw new Malformed("version " + Integer.toUnsignedString(version) + " is not 2 or 3");
    }
    int tensors = readCount(MAX_TENSORS, "tensors");
    int entries = readCount(MAX_ENTRIES, "metadata entries");
    for (int i = 0; i < entries; i++) {
      readEntry();
    }
    long parameters = readTensors(tensors);
    String architecture = strings.getOrDefault("general.architecture", "");
    if (!architecture.matches("[a-z0-9_.-]{1,64}")) {
      throw new Malformed("it names no architecture");
    }
    return new GgufHeader(
        architecture,
        strings.getOrDefault("general.name", ""),
        (int) Math.min(Integer.MAX_VALUE, number(architecture, "context_length", 0)),
        strings.getOrDefault("tokenizer.chat_template", ""),
        parameters,
        cacheBytesPerToken(architecture));
  }

  /// The tensors in the header's order, once [#header] has read it.
  List<Tensor> tensors() {
    return List.copyOf(tensors);
  }

  /// Position of the first tensor's data, once [#header] has read it.
  long dataStart() {
    return dataStart;
  }

  /// What each tensor's offset is a multiple of, once [#header] has read it.
  long alignment() {
    return alignment;
  }

  private long cacheBytesPerToken(String architecture) throws Malformed {
    long heads = Math.max(1, number(architecture, "attention.head_count", 1));
    long cachedHeads = number(architecture, "attention.head_count_kv", heads);
    long width = number(architecture, "embedding_length", 0) / heads;
    long key = number(architecture, "attention.key_length", width);
    long value = number(architecture, "attention.value_length", width);
    return exact(
        () ->
            Math.multiplyExact(
                Math.multiplyExact(2L, number(architecture, "block_count", 0)),
                Math.multiplyExact(cachedHeads, Math.addExact(key, value))));
  }

  private long number(String architecture, String key, long otherwise) throws Malformed {
    long value = numbers.getOrDefault(architecture + "." + key, otherwise);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new Malformed(key + " is out of range");
    }
    return value;
  }

  private void readEntry() throws IOException {
    String key = readString(MAX_KEY_BYTES);
    int type = readInt();
    if (type == STRING) {
      strings.put(key, readString(MAX_STRING_BYTES));
    } else if (type == ARRAY) {
      readArray(key);
    } else {
      numbers.put(key, readNumber(type));
    }
  }

  /// Strings are skipped; of numbers the greatest is kept, which is what a value per layer costs.
  private void readArray(String key) throws IOException {
    int type = readInt();
    int count = readCount(MAX_ELEMENTS, "array elements");
    if (type == ARRAY) {
      throw new Malformed("it nests arrays");
    }
    long greatest = 0;
    for (int i = 0; i < count; i++) {
      if (type == STRING) {
        skip(readCount(MAX_STRING_BYTES, "bytes of a string"));
      } else {
        greatest = Math.max(greatest, readNumber(type));
      }
    }
    numbers.put(key, greatest);
  }

  /// The value of an integer type; fractions are consumed and give 0.
  private long readNumber(int type) throws IOException {
    if (type < 0 || type >= SCALAR_BYTES.length || SCALAR_BYTES[type] == 0) {
      throw new Malformed("it has a value of unknown type " + Integer.toUnsignedString(type));
    }
    ByteBuffer bytes = require(SCALAR_BYTES[type]);
    return switch (type) {
      case 0, 7 -> Byte.toUnsignedLong(bytes.get());
      case 1 -> bytes.get();
      case 2 -> Short.toUnsignedLong(bytes.getShort());
      case 3 -> bytes.getShort();
      case 4 -> Integer.toUnsignedLong(bytes.getInt());
      case 5 -> bytes.getInt();
      case 6 -> {
        bytes.getFloat();
        yield 0;
      }
      case 10, 11 -> bytes.getLong();
      default -> {
        bytes.getDouble();
        yield 0;
      }
    };
  }

  /// Returns the number of weights, after checking that each tensor lies within the file.
  private long readTensors(int count) throws IOException {
    long parameters = 0;
    long end = 0;
    for (int i = 0; i < count; i++) {
      String name = readString(MAX_KEY_BYTES);
      long weights = 1;
      int dimensions = readInt();
      if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
        throw new Malformed("a tensor has " + Integer.toUnsignedString(dimensions) + " dimensions");
      }
      for (int d = 0; d < dimensions; d++) {
        long known = weights;
        long length = readLong();
        if (length < 1) {
          throw new Malformed("a tensor has a dimension of " + Long.toUnsignedString(length));
        }
        weights = exact(() -> Math.multiplyExact(known, length));
      }
      long typeAt = position();
      int type = readInt();
      long bytes = bytes(type, weights);
      long offset = readLong();
      if (offset < 0) {
        throw new Malformed("a tensor lies outside the file");
      }
      end = Math.max(end, exact(() -> Math.addExact(offset, bytes)));
      tensors.add(new Tensor(name, type, typeAt, offset, bytes));
      long sum = parameters;
      long more = weights;
      parameters = exact(() -> Math.addExact(sum, more));
    }
    requireData(end);
    return parameters;
  }

  private static long bytes(int type, long weights) throws Malformed {
    if (type < 0 || type >= TENSOR_BLOCKS.length || TENSOR_BLOCKS[type][0] == 0) {
      throw new Malformed("a tensor has the unknown type " + Integer.toUnsignedString(type));
    }
    int[] block = TENSOR_BLOCKS[type];
    return exact(() -> Math.multiplyExact(Math.ceilDiv(weights, block[0]), (long) block[1]));
  }

  private void requireData(long dataBytes) throws IOException {
    alignment = numbers.getOrDefault("general.alignment", (long) DEFAULT_ALIGNMENT);
    if (alignment < 1 || alignment > 1 << 16 || Long.bitCount(alignment) != 1) {
      throw new Malformed("its alignment is " + alignment);
    }
    dataStart = Math.ceilDiv(position(), alignment) * alignment;
    if (dataBytes > size - dataStart) {
      throw new Malformed(
          "it is cut off: %d bytes of %s"
              .formatted(
                  size, dataBytes > Long.MAX_VALUE - dataStart ? "more" : dataStart + dataBytes));
    }
  }

  private interface Arithmetic {
    long compute() throws Malformed;
  }

  private static long exact(Arithmetic arithmetic) throws Malformed {
    try {
      return arithmetic.compute();
    } catch (ArithmeticException e) {
      throw new Malformed("a size overflows");
    }
  }

  private String readString(int maxBytes) throws IOException {
    byte[] bytes = new byte[readCount(maxBytes, "bytes of a string")];
    for (int done = 0; done < bytes.length; ) {
      int n = Math.min(bytes.length - done, buffer.capacity());
      require(n).get(bytes, done, n);
      done += n;
    }
    return new String(bytes, UTF_8);
  }

  /// A count within a limit, and within the bytes that are left.
  private int readCount(int limit, String what) throws IOException {
    long count = readLong();
    if (count < 0 || count > limit) {
      throw new Malformed("it has %s %s".formatted(Long.toUnsignedString(count), what));
    }
    if (count > size - position()) {
      throw new Malformed("it is cut off in its header");
    }
    return (int) count;
  }

  private int readInt() throws IOException {
    return require(Integer.BYTES).getInt();
  }

  private long readLong() throws IOException {
    return require(Long.BYTES).getLong();
  }

  private void skip(int bytes) throws IOException {
    if (bytes <= buffer.remaining()) {
      buffer.position(buffer.position() + bytes);
    } else {
      reached += bytes - buffer.remaining();
      channel.position(reached);
      buffer.position(buffer.limit());
    }
  }

  /// The buffer with at least so many bytes left in it.
  private ByteBuffer require(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      int n = 0;
      while (buffer.position() < bytes && n >= 0) {
        n = channel.read(buffer);
        reached += Math.max(0, n);
      }
      buffer.flip();
      if (buffer.remaining() < bytes) {
        throw new Malformed("it is cut off in its header");
      }
    }
    return buffer;
  }

  private long position() {
    return reached - buffer.remaining();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
