package dev.docent.model;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The layouts against what the library itself fills in: a field that has moved has another value.
final class LlamaLibraryTest {
  private static final int F16 = 1; // GGML_TYPE_F16
  private static final int UNSPECIFIED = -1;

  @TempDir Path folder;

  @Test
  void agreesWithTheLibraryOnTheContextsParameters() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment defaults = LlamaLibrary.get().contextDefaultParameters(arena);
      StructLayout layout = LlamaLibrary.CONTEXT_PARAMETERS;

      assertThat(integer(defaults, layout, "n_ctx")).isEqualTo(512);
      assertThat(integer(defaults, layout, "n_batch")).isEqualTo(2048);
      assertThat(integer(defaults, layout, "n_ubatch")).isEqualTo(512);
      assertThat(integer(defaults, layout, "n_seq_max")).isEqualTo(1);
      assertThat(integer(defaults, layout, "n_threads")).isPositive();
      assertThat(integer(defaults, layout, "n_threads_batch")).isPositive();
      assertThat(integer(defaults, layout, "rope_scaling_type")).isEqualTo(UNSPECIFIED);
      assertThat(integer(defaults, layout, "pooling_type")).isEqualTo(UNSPECIFIED);
      assertThat(integer(defaults, layout, "attention_type")).isEqualTo(UNSPECIFIED);
      assertThat(real(defaults, layout, "rope_freq_base")).isZero();
      assertThat(real(defaults, layout, "yarn_ext_factor")).isEqualTo(-1);
      assertThat(real(defaults, layout, "yarn_attn_factor")).isEqualTo(1);
      assertThat(real(defaults, layout, "yarn_beta_fast")).isEqualTo(32);
      assertThat(real(defaults, layout, "yarn_beta_slow")).isEqualTo(1);
      assertThat(real(defaults, layout, "defrag_thold")).isEqualTo(-1);
      assertThat(integer(defaults, layout, "type_k")).isEqualTo(F16);
      assertThat(integer(defaults, layout, "type_v")).isEqualTo(F16);
      assertThat(flag(defaults, layout, "logits_all")).isFalse();
      assertThat(flag(defaults, layout, "embeddings")).isFalse();
      assertThat(flag(defaults, layout, "offload_kqv")).isTrue();
      assertThat(flag(defaults, layout, "flash_attn")).isFalse();
      assertThat(flag(defaults, layout, "no_perf")).isTrue();
      assertThat(address(defaults, layout, "abort_callback")).isEqualTo(MemorySegment.NULL);
    }
  }

  /// libgomp reads it from the process's environment, which Java shows as it was at the start.
  @Test
  void itsThreadsYieldSoonWhileTheyWait() throws Throwable {
    assumeTrue(System.getenv("GOMP_SPINCOUNT") == null && System.getenv("OMP_WAIT_POLICY") == null);
    LlamaLibrary.get();

    Linker linker = Linker.nativeLinker();
    MethodHandle getenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getenv"), FunctionDescriptor.of(ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      var turns = (MemorySegment) getenv.invokeExact(arena.allocateFrom("GOMP_SPINCOUNT"));
      assertThat(turns.reinterpret(16).getString(0)).isEqualTo("1000");
    }
  }

  @Test
  void agreesWithTheLibraryOnTheModelsParameters() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment defaults = LlamaLibrary.get().modelDefaultParameters(arena);
      StructLayout layout = LlamaLibrary.MODEL_PARAMETERS;

      assertThat(address(defaults, layout, "devices")).isEqualTo(MemorySegment.NULL);
      assertThat(integer(defaults, layout, "split_mode")).isEqualTo(1);
      assertThat(integer(defaults, layout, "main_gpu")).isZero();
      assertThat(flag(defaults, layout, "vocab_only")).isFalse();
      assertThat(flag(defaults, layout, "use_mmap")).isTrue();
      assertThat(flag(defaults, layout, "use_mlock")).isFalse();
      assertThat(flag(defaults, layout, "check_tensors")).isFalse();
    }
  }

  @Test
  void isLoadedOnce() {
    assertThat(LlamaLibrary.get()).isSameAs(LlamaLibrary.get());
  }

  @Test
  void hasABuildForEachSystemByItsName() {
    assertThat(LlamaLibrary.resource("Linux", "amd64"))
        .isEqualTo("/de/kherud/llama/Linux/x86_64/libjllama.so");
    assertThat(LlamaLibrary.resource("Linux", "aarch64"))
        .isEqualTo("/de/kherud/llama/Linux/aarch64/libjllama.so");
    assertThat(LlamaLibrary.resource("Mac OS X", "aarch64"))
        .isEqualTo("/de/kherud/llama/Mac/aarch64/libjllama.dylib");
    assertThat(LlamaLibrary.class.getResource(LlamaLibrary.resource("Linux", "amd64"))).isNotNull();
  }

  /// A header without a fault in it, and not one of the tensors that a llama needs.
  @Test
  void refusesAModelWithoutItsTensors() {
    Path file = GgufFile.llama().data(16 * 4 * 4).in(folder);
    ModelFile model = new ModelFile(file, new ModelIdentity("tiny", "llama", "", 0));
    LlamaSettings settings = new LlamaSettings(256, 1, 1, Duration.ofSeconds(1));

    assertThatThrownBy(() -> LlamaChatModel.load(model, settings))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("the file is damaged");
  }

  private static int integer(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(JAVA_INT, offset(layout, field));
  }

  private static float real(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(JAVA_FLOAT, offset(layout, field));
  }

  private static boolean flag(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(JAVA_BOOLEAN, offset(layout, field));
  }

  private static MemorySegment address(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(ADDRESS, offset(layout, field));
  }

  private static long offset(StructLayout layout, String field) {
    return layout.byteOffset(PathElement.groupElement(field));
  }
}
