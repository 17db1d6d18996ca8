package dev.docent.model;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The C interface of llama.cpp b4916, called through the JDK's foreign-function API in the native
/// library that java-llama.cpp 4.2.0 carries.
///
/// Its Java classes are left aside, for reasons measured with that version: they return an empty
/// string for a prompt over the context and for an invalid grammar; they attach a thread to the JVM
/// that is never detached, so that `main` never returns after `close()`; they cannot be cancelled
/// while a prompt is read; and they read the probabilities of a token under names that the engine
/// no longer writes.
///
/// The layouts below belong to exactly that build. `LlamaLibraryTest` compares them with the
/// defaults that the library itself fills in.
///
/// Loaded once per process and never unloaded. Safe for concurrent use as far as llama.cpp is:
/// model and vocabulary are read-only, a context is confined to one thread at a time.
final class LlamaLibrary {
  private static final String RESOURCE = "/de/kherud/llama/%s/%s/libjllama.%s";

  static final StructLayout MODEL_PARAMETERS =
      MemoryLayout.structLayout(
          ADDRESS.withName("devices"),
          JAVA_INT.withName("n_gpu_layers"),
          JAVA_INT.withName("split_mode"),
          JAVA_INT.withName("main_gpu"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("tensor_split"),
          ADDRESS.withName("progress_callback"),
          ADDRESS.withName("progress_callback_user_data"),
          ADDRESS.withName("kv_overrides"),
          JAVA_BOOLEAN.withName("vocab_only"),
          JAVA_BOOLEAN.withName("use_mmap"),
          JAVA_BOOLEAN.withName("use_mlock"),
          JAVA_BOOLEAN.withName("check_tensors"),
          MemoryLayout.paddingLayout(4));

  static final StructLayout CONTEXT_PARAMETERS =
      MemoryLayout.structLayout(
          JAVA_INT.withName("n_ctx"),
          JAVA_INT.withName("n_batch"),
          JAVA_INT.withName("n_ubatch"),
          JAVA_INT.withName("n_seq_max"),
          JAVA_INT.withName("n_threads"),
          JAVA_INT.withName("n_threads_batch"),
          JAVA_INT.withName("rope_scaling_type"),
          JAVA_INT.withName("pooling_type"),
          JAVA_INT.withName("attention_type"),
          JAVA_FLOAT.withName("rope_freq_base"),
          JAVA_FLOAT.withName("rope_freq_scale"),
          JAVA_FLOAT.withName("yarn_ext_factor"),
          JAVA_FLOAT.withName("yarn_attn_factor"),
          JAVA_FLOAT.withName("yarn_beta_fast"),
          JAVA_FLOAT.withName("yarn_beta_slow"),
          JAVA_INT.withName("yarn_orig_ctx"),
          JAVA_FLOAT.withName("defrag_thold"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("cb_eval"),
          ADDRESS.withName("cb_eval_user_data"),
          JAVA_INT.withName("type_k"),
          JAVA_INT.withName("type_v"),
          JAVA_BOOLEAN.withName("logits_all"),
          JAVA_BOOLEAN.withName("embeddings"),
          JAVA_BOOLEAN.withName("offload_kqv"),
          JAVA_BOOLEAN.withName("flash_attn"),
          JAVA_BOOLEAN.withName("no_perf"),
          MemoryLayout.paddingLayout(3),
          ADDRESS.withName("abort_callback"),
          ADDRESS.withName("abort_callback_data"));

  static final StructLayout BATCH =
      MemoryLayout.structLayout(
          JAVA_INT.withName("n_tokens"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("token"),
          ADDRESS.withName("embd"),
          ADDRESS.withName("pos"),
          ADDRESS.withName("n_seq_id"),
          ADDRESS.withName("seq_id"),
          ADDRESS.withName("logits"));

  static final StructLayout CHAT_MESSAGE =
      MemoryLayout.structLayout(ADDRESS.withName("role"), ADDRESS.withName("content"));

  static final StructLayout TOKEN_DATA =
      MemoryLayout.structLayout(
          JAVA_INT.withName("id"), JAVA_FLOAT.withName("logit"), JAVA_FLOAT.withName("p"));

  static final StructLayout TOKEN_DATA_ARRAY =
      MemoryLayout.structLayout(
          ADDRESS.withName("data"),
          JAVA_LONG.withName("size"),
          JAVA_LONG.withName("selected"),
          JAVA_BOOLEAN.withName("sorted"),
          MemoryLayout.paddingLayout(7));

  private final SymbolLookup symbols;
  private final MethodHandle modelDefaultParameters;
  private final MethodHandle contextDefaultParameters;
  private final MethodHandle loadModel;
  private final MethodHandle freeModel;
  private final MethodHandle newContext;
  private final MethodHandle freeContext;
  private final MethodHandle vocabulary;
  private final MethodHandle trainedContext;
  private final MethodHandle vocabularySize;
  private final MethodHandle isEndOfGeneration;
  private final MethodHandle addsBeginningToken;
  private final MethodHandle beginningToken;
  private final MethodHandle tokenize;
  private final MethodHandle tokenToPiece;
  private final MethodHandle applyChatTemplate;
  private final MethodHandle decode;
  private final MethodHandle logits;
  private final MethodHandle removeFromCache;
  private final MethodHandle clearCache;
  private final MethodHandle newGrammar;
  private final MethodHandle applySampler;
  private final MethodHandle acceptToken;
  private final MethodHandle freeSampler;

  private LlamaLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
    modelDefaultParameters =
        bind("llama_model_default_params", FunctionDescriptor.of(MODEL_PARAMETERS));
    contextDefaultParameters =
        bind("llama_context_default_params", FunctionDescriptor.of(CONTEXT_PARAMETERS));
    loadModel =
        bind(
            "llama_model_load_from_file",
            FunctionDescriptor.of(ADDRESS, ADDRESS, MODEL_PARAMETERS));
    freeModel = bind("llama_model_free", FunctionDescriptor.ofVoid(ADDRESS));
    newContext =
        bind("llama_init_from_model", FunctionDescriptor.of(ADDRESS, ADDRESS, CONTEXT_PARAMETERS));
    freeContext = bind("llama_free", FunctionDescriptor.ofVoid(ADDRESS));
    vocabulary = bind("llama_model_get_vocab", FunctionDescriptor.of(ADDRESS, ADDRESS));
    trainedContext = bind("llama_model_n_ctx_train", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    vocabularySize = bind("llama_vocab_n_tokens", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    isEndOfGeneration =
        bind("llama_vocab_is_eog", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT));
    addsBeginningToken =
        bind("llama_vocab_get_add_bos", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    beginningToken = bind("llama_vocab_bos", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    tokenize =
        bind(
            "llama_tokenize",
            FunctionDescriptor.of(
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_BOOLEAN,
                JAVA_BOOLEAN));
    tokenToPiece =
        bind(
            "llama_token_to_piece",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BOOLEAN));
    applyChatTemplate =
        bind(
            "llama_chat_apply_template",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_BOOLEAN, ADDRESS, JAVA_INT));
    decode = bind("llama_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, BATCH));
    logits = bind("llama_get_logits_ith", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    removeFromCache =
        bind(
            "llama_kv_self_seq_rm",
            FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    clearCache = bind("llama_kv_self_clear", FunctionDescriptor.ofVoid(ADDRESS));
    newGrammar =
        bind(
            "llama_sampler_init_grammar",
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    applySampler = bind("llama_sampler_apply", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    acceptToken = bind("llama_sampler_accept", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
    freeSampler = bind("llama_sampler_free", FunctionDescriptor.ofVoid(ADDRESS));
  }

  /// The library, loaded at the first call. Throws [ModelUnavailableException] where there is none
  /// for this machine, on every call.
  static LlamaLibrary get() {
    return Holder.load();
  }

  private static final class Holder {
    private static volatile @Nullable LlamaLibrary loaded;

    private static synchronized LlamaLibrary load() {
      LlamaLibrary library = loaded;
      if (library == null) {
        library = new LlamaLibrary(open());
        library.silence();
        library.initialiseBackend();
        loaded = library;
      }
      return library;
    }
  }

  /// `dlopen` reads the file at once: it lies in a folder that only this user may enter, and is
  /// gone when this returns.
  private static SymbolLookup open() {
    String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
    try (InputStream in = LlamaLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelUnavailableException(
            "llama.cpp has no build for this system: " + resource + " is missing");
      }
      Path folder =
          Files.createTempDirectory(
              "docent-native",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path file = folder.resolve("libjllama.so");
      try {
        Files.copy(in, file);
        yieldWhileWaiting();
        return SymbolLookup.libraryLookup(file, Arena.global());
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new ModelUnavailableException("The native library cannot be unpacked: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new ModelUnavailableException(
          "The native library cannot be loaded (it needs libgomp and libstdc++): " + e.getMessage(),
          e);
    }
  }

  /// The engine's threads meet some hundred times for each token. libgomp lets the first one there
  /// spin for milliseconds; where another process has the core of the second, both then stand
  /// still: beside other builds prompts were read and answers written three to six times slower
  /// than with a thousand turns, and on a quiet machine as fast (two cores, Qwen2.5-Coder-0.5B).
  /// libgomp reads the setting when it is loaded. What the operator has set stays.
  private static void yieldWhileWaiting() {
    if (System.getenv("GOMP_SPINCOUNT") != null || System.getenv("OMP_WAIT_POLICY") != null) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("GOMP_SPINCOUNT");
      MemorySegment turns = arena.allocateFrom("1000");
      invoke(() -> (int) setenv.invokeExact(name, turns, 1));
    }
  }

  static String resource(String osName, String osArch) {
    boolean mac = osName.toLowerCase(Locale.ROOT).startsWith("mac");
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> osArch;
        };
    return RESOURCE.formatted(mac ? "Mac" : osName, arch, mac ? "dylib" : "so");
  }

  private MethodHandle bind(String name, FunctionDescriptor descriptor) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () -> new ModelUnavailableException("The native library has no function " + name));
    return Linker.nativeLinker().downcallHandle(address, descriptor);
  }

  MemorySegment modelDefaultParameters(SegmentAllocator allocator) {
    return invoke(() -> (MemorySegment) this.modelDefaultParameters.invokeExact(allocator));
  }

  MemorySegment contextDefaultParameters(SegmentAllocator allocator) {
    return invoke(() -> (MemorySegment) this.contextDefaultParameters.invokeExact(allocator));
  }

  MemorySegment loadModel(MemorySegment path, MemorySegment parameters) {
    return invoke(() -> (MemorySegment) this.loadModel.invokeExact(path, parameters));
  }

  void freeModel(MemorySegment model) {
    run(
        () -> {
          this.freeModel.invokeExact(model);
        });
  }

  MemorySegment newContext(MemorySegment model, MemorySegment parameters) {
    return invoke(() -> (MemorySegment) this.newContext.invokeExact(model, parameters));
  }

  void freeContext(MemorySegment context) {
    run(
        () -> {
          this.freeContext.invokeExact(context);
        });
  }

  MemorySegment vocabulary(MemorySegment model) {
    return invoke(() -> (MemorySegment) this.vocabulary.invokeExact(model));
  }

  int trainedContext(MemorySegment model) {
    return invoke(() -> (int) this.trainedContext.invokeExact(model));
  }

  int vocabularySize(MemorySegment vocabulary) {
    return invoke(() -> (int) this.vocabularySize.invokeExact(vocabulary));
  }

  boolean isEndOfGeneration(MemorySegment vocabulary, int token) {
    return invoke(() -> (boolean) this.isEndOfGeneration.invokeExact(vocabulary, token));
  }

  boolean addsBeginningToken(MemorySegment vocabulary) {
    return invoke(() -> (boolean) this.addsBeginningToken.invokeExact(vocabulary));
  }

  int beginningToken(MemorySegment vocabulary) {
    return invoke(() -> (int) this.beginningToken.invokeExact(vocabulary));
  }

  int tokenize(
      MemorySegment vocabulary,
      MemorySegment text,
      int bytes,
      MemorySegment tokens,
      int capacity,
      boolean addSpecial,
      boolean parseSpecial) {
    return invoke(
        () ->
            (int)
                this.tokenize.invokeExact(
                    vocabulary, text, bytes, tokens, capacity, addSpecial, parseSpecial));
  }

  int tokenToPiece(
      MemorySegment vocabulary,
      int token,
      MemorySegment buffer,
      int capacity,
      int stripLeft,
      boolean special) {
    return invoke(
        () ->
            (int)
                this.tokenToPiece.invokeExact(
                    vocabulary, token, buffer, capacity, stripLeft, special));
  }

  int applyChatTemplate(
      MemorySegment template,
      MemorySegment messages,
      long count,
      boolean addAssistant,
      MemorySegment buffer,
      int capacity) {
    return invoke(
        () ->
            (int)
                this.applyChatTemplate.invokeExact(
                    template, messages, count, addAssistant, buffer, capacity));
  }

  int decode(MemorySegment context, MemorySegment batch) {
    return invoke(() -> (int) this.decode.invokeExact(context, batch));
  }

  MemorySegment logits(MemorySegment context, int index) {
    return invoke(() -> (MemorySegment) this.logits.invokeExact(context, index));
  }

  boolean removeFromCache(MemorySegment context, int sequence, int from, int to) {
    return invoke(() -> (boolean) this.removeFromCache.invokeExact(context, sequence, from, to));
  }

  void clearCache(MemorySegment context) {
    run(
        () -> {
          this.clearCache.invokeExact(context);
        });
  }

  MemorySegment newGrammar(MemorySegment vocabulary, MemorySegment grammar, MemorySegment root) {
    return invoke(() -> (MemorySegment) this.newGrammar.invokeExact(vocabulary, grammar, root));
  }

  void applySampler(MemorySegment sampler, MemorySegment candidates) {
    run(
        () -> {
          this.applySampler.invokeExact(sampler, candidates);
        });
  }

  void acceptToken(MemorySegment sampler, int token) {
    run(
        () -> {
          this.acceptToken.invokeExact(sampler, token);
        });
  }

  void freeSampler(MemorySegment sampler) {
    run(
        () -> {
          this.freeSampler.invokeExact(sampler);
        });
  }

  /// The chat template of the model file, or an empty string.
  String chatTemplate(MemorySegment model) {
    MethodHandle function =
        bind("llama_model_chat_template", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    MemorySegment text =
        invoke(() -> (MemorySegment) function.invokeExact(model, MemorySegment.NULL));
    return text.equals(MemorySegment.NULL) ? "" : text.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private void initialiseBackend() {
    MethodHandle function = bind("llama_backend_init", FunctionDescriptor.ofVoid());
    run(
        () -> {
          function.invokeExact();
        });
  }

  /// llama.cpp writes its log to standard error; nothing of it belongs into ours.
  private void silence() {
    MethodHandle target =
        find(
            "ignoreLog",
            MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class));
    MemorySegment ignore =
        Linker.nativeLinker()
            .upcallStub(
                target, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), Arena.global());
    MethodHandle function = bind("llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    run(
        () -> {
          function.invokeExact(ignore, MemorySegment.NULL);
        });
  }

  @SuppressWarnings("unused") // called from native code
  private static void ignoreLog(int level, MemorySegment text, MemorySegment data) {}

  /// A C function that asks before each step of a computation whether to give it up.
  static MemorySegment abortCallback(BooleanSupplier abort, Arena arena) {
    MethodHandle target =
        find(
            "isAborted",
            MethodType.methodType(boolean.class, BooleanSupplier.class, MemorySegment.class));
    return Linker.nativeLinker()
        .upcallStub(target.bindTo(abort), FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS), arena);
  }

  @SuppressWarnings("unused") // called from native code
  private static boolean isAborted(BooleanSupplier abort, MemorySegment data) {
    return abort.getAsBoolean();
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.lookup().findStatic(LlamaLibrary.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  interface NativeCall<T> {
    T invoke() throws Throwable;
  }

  private interface NativeRun {
    void invoke() throws Throwable;
  }

  private static void run(NativeRun call) {
    invoke(
        () -> {
          call.invoke();
          return true;
        });
  }

  /// Native functions throw nothing; the JDK's linker throws unchecked exceptions and errors only.
  static <T> T invoke(NativeCall<T> call) {
    try {
      return call.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a native call", e);
    }
  }
}
