package dev.docent.model;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.docent.model.GgufReader.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// A copy of a model file in memory, with its weights of five bits in a byte each.
///
/// A Q5_0 block keeps the fifth bit of each weight apart from the other four, and llama.cpp joins
/// them for every product anew. A Q8_0 block holds the same scale and the same integers:
///
/// ```
///   Q5_0   scale f16 | 32 × 1 bit | 16 × (4 bits | 4 bits)    22 bytes
///   Q8_0   scale f16 | 32 × 8 bits, signed                    34 bytes
/// ```
///
/// No weight changes its value. A prompt is read faster, an answer written as fast (see the bench
/// command's part "model"). The table of token embeddings stays as it is: it is looked up, not
/// multiplied. Source of the layouts: ggml's ggml-common.h and ggml-quants.c.
///
/// The copy has no name in the file system and is gone with the process: nothing to clean up after
/// a crash, nothing to tamper with. Linux only; elsewhere, and where memory is short, the engine
/// reads the file itself.
final class RepackedModel implements AutoCloseable {
  private static final int Q5_0 = 6;
  private static final int Q8_0 = 8;
  private static final int Q5_0_BYTES = 22;
  private static final int Q8_0_BYTES = 34;
  private static final String EMBEDDINGS = "token_embd.weight";

  /// Free memory that the copy must leave: the engine's buffers and everything else.
  private static final long SPARE_BYTES = 512L << 20;

  private static final int CHUNK_BLOCKS = 1 << 15;

  private final int descriptor;

  private RepackedModel(int descriptor) {
    this.descriptor = descriptor;
  }

  /// The copy of a file that [GgufHeader] has accepted; empty where there is nothing to gain or no
  /// room for it.
  static Optional<RepackedModel> of(Path file) {
    try (GgufReader reader = GgufReader.open(file);
        FileChannel source = FileChannel.open(file)) {
      GgufHeader _ = reader.header();
      if (reader.tensors().stream().noneMatch(RepackedModel::gains)
          || Hardware.detect().availableMemoryBytes() < size(reader) + SPARE_BYTES) {
        return Optional.empty();
      }
      OptionalInt descriptor = NamelessFile.create();
      if (descriptor.isEmpty()) {
        return Optional.empty();
      }
      RepackedModel copy = new RepackedModel(descriptor.getAsInt());
      try (FileChannel target = FileChannel.open(copy.path(), READ, WRITE)) {
        write(source, reader, target);
        return Optional.of(copy);
      } catch (IOException e) {
        copy.close();
        throw e;
      }
    } catch (IOException _) {
      return Optional.empty(); // a faster way that is not there
    }
  }

  private static boolean gains(Tensor tensor) {
    return tensor.type() == Q5_0 && !tensor.name().equals(EMBEDDINGS);
  }

  private static long bytes(Tensor tensor) {
    return gains(tensor) ? tensor.bytes() / Q5_0_BYTES * Q8_0_BYTES : tensor.bytes();
  }

  private static long size(GgufReader reader) {
    return reader.dataStart() + reader.tensors().stream().mapToLong(RepackedModel::bytes).sum();
  }

  /// Types and offsets have fixed widths, so that the header keeps its length.
  static void write(FileChannel source, GgufReader reader, FileChannel target) throws IOException {
    ByteBuffer header =
        ByteBuffer.allocate(Math.toIntExact(reader.dataStart())).order(ByteOrder.LITTLE_ENDIAN);
    readFully(source, header, 0);
    long offset = 0;
    for (Tensor tensor : reader.tensors()) {
      int typeAt = Math.toIntExact(tensor.typeAt());
      header.putLong(typeAt + Integer.BYTES, offset);
      if (gains(tensor)) {
        header.putInt(typeAt, Q8_0);
      }
      copy(
          source,
          reader.dataStart() + tensor.offset(),
          tensor,
          target,
          reader.dataStart() + offset);
      offset = Math.ceilDiv(offset + bytes(tensor), reader.alignment()) * reader.alignment();
    }
    writeFully(target, header.rewind(), 0);
  }

  private static void copy(
      FileChannel source, long from, Tensor tensor, FileChannel target, long to)
      throws IOException {
    int chunk = CHUNK_BLOCKS * Q5_0_BYTES;
    byte[] repacked = new byte[CHUNK_BLOCKS * Q8_0_BYTES];
    for (long done = 0; done < tensor.bytes(); done += chunk) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(chunk, tensor.bytes() - done));
      readFully(source, bytes, from + done);
      if (gains(tensor)) {
        int blocks = bytes.capacity() / Q5_0_BYTES;
        repack(bytes.array(), repacked, blocks);
        writeFully(
            target,
            ByteBuffer.wrap(repacked, 0, blocks * Q8_0_BYTES),
            to + done / Q5_0_BYTES * Q8_0_BYTES);
      } else {
        writeFully(target, bytes.rewind(), to + done);
      }
    }
  }

  /// Q5_0 blocks to Q8_0 blocks.
  static void repack(byte[] five, byte[] eight, int blocks) {
    for (int block = 0; block < blocks; block++) {
      int in = block * Q5_0_BYTES;
      int out = block * Q8_0_BYTES;
      eight[out] = five[in];
      eight[out + 1] = five[in + 1];
      int fifth =
          five[in + 2] & 0xFF
              | (five[in + 3] & 0xFF) << 8
              | (five[in + 4] & 0xFF) << 16
              | five[in + 5] << 24;
      for (int i = 0; i < 16; i++) {
        int pair = five[in + 6 + i];
        eight[out + 2 + i] = (byte) ((pair & 0xF | (fifth >>> i & 1) << 4) - 16);
        eight[out + 18 + i] = (byte) ((pair >>> 4 & 0xF | (fifth >>> i + 16 & 1) << 4) - 16);
      }
    }
  }

  private static void readFully(FileChannel source, ByteBuffer buffer, long position)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (source.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the model file was shortened meanwhile");
      }
    }
  }

  private static void writeFully(FileChannel target, ByteBuffer buffer, long position)
      throws IOException {
    while (buffer.hasRemaining()) {
      target.write(buffer, position + buffer.position());
    }
  }

  /// Opens the copy while this is not closed.
  Path path() {
    return Path.of("/proc/self/fd/" + descriptor);
  }

  /// What was mapped of the copy stays mapped.
  @Override
  public void close() {
    NamelessFile.close(descriptor);
  }

  /// The two functions of the C library for a file in memory without a name.
  private static final class NamelessFile {
    private static final int CLOSE_ON_EXEC = 1;

    private static OptionalInt create() {
      Optional<MethodHandle> create =
          function("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
      if (create.isEmpty()) {
        return OptionalInt.empty();
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment name = arena.allocateFrom("docent-model");
        int descriptor =
            LlamaLibrary.invoke(() -> (int) create.get().invokeExact(name, CLOSE_ON_EXEC));
        return descriptor < 0 ? OptionalInt.empty() : OptionalInt.of(descriptor);
      }
    }

    private static void close(int descriptor) {
      MethodHandle close =
          function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).orElseThrow();
      int _ = LlamaLibrary.invoke(() -> (int) close.invokeExact(descriptor));
    }

    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      return library.find(name).map(address -> linker.downcallHandle(address, descriptor));
    }
  }
}
