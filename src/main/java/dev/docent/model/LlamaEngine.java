package dev.docent.model;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/// One loaded model with one context: text to tokens, tokens to logits, and the prefix cache.
///
/// The vocabulary's methods ([#tokenize], [#piece], [#render]) are safe for concurrent use. Those
/// of the context ([#read], [#append], [#logits]) and [#close] belong to one thread at a time.
///
/// The cache holds the keys and values of `cached`, the tokens read last. A new prompt drops what
/// differs and reads only the rest:
///
/// ```
///   cached   [system | passages | question 1 | answer 1]
///   prompt   [system | passages | question 2]
///             kept               read
/// ```
final class LlamaEngine implements AutoCloseable {
  /// Tokens handed to llama.cpp at once. 512 is its default; the compute buffer grows with it (4
  /// bytes a token and vocabulary entry: 304 MB for Qwen2.5) and 256 read as fast.
  private static final int BATCH_TOKENS = 256;

  private static final int ABORTED = 2; // llama_decode's result after an abort

  private final LlamaLibrary library = LlamaLibrary.get();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment model;
  private final MemorySegment context;
  private final MemorySegment vocabulary;
  private final int vocabularySize;
  private final int contextTokens;
  private final String chatTemplate;
  private final MemorySegment batch;
  private final MemorySegment batchTokens;
  private final MemorySegment batchPositions;
  private final MemorySegment batchOutputs;
  private int[] cached = {};
  private volatile BooleanSupplier cancelled = () -> false;

  /// Loads a file that [GgufHeader] has accepted.
  LlamaEngine(Path file, LlamaSettings settings) {
    MemorySegment loaded = MemorySegment.NULL;
    try {
      loaded = load(file);
      model = loaded;
      vocabulary = library.vocabulary(model);
      vocabularySize = library.vocabularySize(vocabulary);
      String template = library.chatTemplate(model);
      chatTemplate = template.isEmpty() ? "chatml" : template; // as llama.cpp's server does
      contextTokens = Math.min(settings.contextTokens(), library.trainedContext(model));
      context = newContext(settings);
      batchTokens = arena.allocate(JAVA_INT, BATCH_TOKENS);
      batchPositions = arena.allocate(JAVA_INT, BATCH_TOKENS);
      batchOutputs = arena.allocate(JAVA_BYTE, BATCH_TOKENS);
      batch = newBatch();
    } catch (RuntimeException e) {
      if (!loaded.equals(MemorySegment.NULL)) {
        library.freeModel(loaded);
      }
      arena.close();
      throw e;
    }
  }

  private MemorySegment load(Path file) {
    try (Arena local = Arena.ofConfined();
        RepackedModel repacked = RepackedModel.of(file).orElse(null)) {
      Path read = repacked == null ? file : repacked.path();
      MemorySegment parameters = library.modelDefaultParameters(local);
      MemorySegment loaded = library.loadModel(local.allocateFrom(read.toString()), parameters);
      if (loaded.equals(MemorySegment.NULL)) {
        throw new ModelUnavailableException(
            "llama.cpp cannot load %s: the file is damaged or not one it knows".formatted(file));
      }
      return loaded;
    }
  }

  private MemorySegment newContext(LlamaSettings settings) {
    StructLayout layout = LlamaLibrary.CONTEXT_PARAMETERS;
    try (Arena local = Arena.ofConfined()) {
      MemorySegment parameters = library.contextDefaultParameters(local);
      setInt(parameters, layout, "n_ctx", contextTokens);
      setInt(parameters, layout, "n_batch", BATCH_TOKENS);
      setInt(parameters, layout, "n_ubatch", BATCH_TOKENS);
      setInt(parameters, layout, "n_threads", settings.threads());
      setInt(parameters, layout, "n_threads_batch", settings.threads());
      parameters.set(
          ADDRESS,
          layout.byteOffset(PathElement.groupElement("abort_callback")),
          LlamaLibrary.abortCallback(() -> cancelled.getAsBoolean(), arena));
      MemorySegment created = library.newContext(model, parameters);
      if (created.equals(MemorySegment.NULL)) {
        throw new ModelUnavailableException(
            "Not enough memory for a context of %d tokens".formatted(contextTokens));
      }
      return created;
    }
  }

  private MemorySegment newBatch() {
    MemorySegment sequenceCounts = arena.allocate(JAVA_INT, BATCH_TOKENS);
    MemorySegment sequences = arena.allocate(ADDRESS, BATCH_TOKENS);
    MemorySegment onlySequence = arena.allocateFrom(JAVA_INT, 0);
    for (int i = 0; i < BATCH_TOKENS; i++) {
      sequenceCounts.setAtIndex(JAVA_INT, i, 1);
      sequences.setAtIndex(ADDRESS, i, onlySequence);
    }
    MemorySegment struct = arena.allocate(LlamaLibrary.BATCH);
    setAddress(struct, LlamaLibrary.BATCH, "token", batchTokens);
    setAddress(struct, LlamaLibrary.BATCH, "pos", batchPositions);
    setAddress(struct, LlamaLibrary.BATCH, "n_seq_id", sequenceCounts);
    setAddress(struct, LlamaLibrary.BATCH, "seq_id", sequences);
    setAddress(struct, LlamaLibrary.BATCH, "logits", batchOutputs);
    return struct;
  }

  int contextTokens() {
    return contextTokens;
  }

  /// Reads a prompt, which must not be empty, and returns how many of its tokens came from the
  /// cache. The last one is always read, for its logits. Returns -1 once `cancelled` says so, which
  /// is asked before each step of the computation: milliseconds.
  int read(int[] prompt, BooleanSupplier cancelled) {
    this.cancelled = cancelled;
    int common = Arrays.mismatch(cached, prompt);
    int kept = common < 0 ? prompt.length - 1 : Math.min(common, prompt.length - 1);
    forgetFrom(kept);
    for (int from = kept; from < prompt.length; from += BATCH_TOKENS) {
      int to = Math.min(prompt.length, from + BATCH_TOKENS);
      if (!decode(Arrays.copyOfRange(prompt, from, to), to == prompt.length)) {
        return -1;
      }
    }
    return kept;
  }

  /// Reads one more token. Returns false once `cancelled` says so.
  boolean append(int token, BooleanSupplier cancelled) {
    this.cancelled = cancelled;
    return decode(new int[] {token}, true);
  }

  private void forgetFrom(int position) {
    if (position < cached.length) {
      if (!library.removeFromCache(context, 0, position, -1)) {
        throw new ModelUnavailableException("The prefix cache of this model cannot be shortened");
      }
      cached = Arrays.copyOf(cached, position);
    }
  }

  private boolean decode(int[] tokens, boolean withLogits) {
    if (cancelled.getAsBoolean()) {
      return false;
    }
    int position = cached.length;
    for (int i = 0; i < tokens.length; i++) {
      batchTokens.setAtIndex(JAVA_INT, i, tokens[i]);
      batchPositions.setAtIndex(JAVA_INT, i, position + i);
      batchOutputs.set(JAVA_BYTE, i, (byte) (withLogits && i == tokens.length - 1 ? 1 : 0));
    }
    setInt(batch, LlamaLibrary.BATCH, "n_tokens", tokens.length);
    int result = library.decode(context, batch);
    if (result != 0) {
      library.removeFromCache(context, 0, position, -1);
      if (result == ABORTED) {
        return false;
      }
      throw new ModelUnavailableException("llama.cpp could not read tokens: result " + result);
    }
    cached = Arrays.copyOf(cached, position + tokens.length);
    System.arraycopy(tokens, 0, cached, position, tokens.length);
    return true;
  }

  /// The logits after the token read last, one for each vocabulary entry.
  float[] logits() {
    return library
        .logits(context, -1)
        .reinterpret((long) vocabularySize * Float.BYTES)
        .toArray(JAVA_FLOAT);
  }

  boolean endsGeneration(int token) {
    return library.isEndOfGeneration(vocabulary, token);
  }

  /// Bytes of a token's text; none for control tokens.
  byte[] piece(int token) {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment buffer = local.allocate(256);
      int length = library.tokenToPiece(vocabulary, token, buffer, 256, 0, false);
      if (length < 0) {
        buffer = local.allocate(-length);
        length = library.tokenToPiece(vocabulary, token, buffer, -length, 0, false);
      }
      return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    }
  }

  /// @param markers whether the text's own control markers, such as `<|im_end|>`, become control
  ///   tokens
  int[] tokenize(String text, boolean markers) {
    if (text.isEmpty()) {
      return new int[0];
    }
    byte[] bytes = text.getBytes(UTF_8);
    try (Arena local = Arena.ofConfined()) {
      MemorySegment in = local.allocateFrom(JAVA_BYTE, bytes);
      MemorySegment out = local.allocate(JAVA_INT, bytes.length + 2L);
      int count =
          library.tokenize(vocabulary, in, bytes.length, out, bytes.length + 2, false, markers);
      if (count < 0) {
        out = local.allocate(JAVA_INT, -count);
        count = library.tokenize(vocabulary, in, bytes.length, out, -count, false, markers);
      }
      return out.asSlice(0, (long) count * Integer.BYTES).toArray(JAVA_INT);
    }
  }

  /// Whether a prompt starts with this model's beginning-of-text token, and which.
  int[] beginning() {
    return library.addsBeginningToken(vocabulary)
        ? new int[] {library.beginningToken(vocabulary)}
        : new int[0];
  }

  /// The messages in the model's own chat template, ready for the assistant's turn.
  String render(List<Turn> turns) {
    StructLayout layout = LlamaLibrary.CHAT_MESSAGE;
    try (Arena local = Arena.ofConfined()) {
      MemorySegment messages = local.allocate(layout, turns.size());
      int size = 1024;
      for (int i = 0; i < turns.size(); i++) {
        MemorySegment message = messages.asSlice(i * layout.byteSize(), layout);
        setAddress(message, layout, "role", local.allocateFrom(turns.get(i).role()));
        setAddress(message, layout, "content", local.allocateFrom(turns.get(i).content()));
        size += 256 + 2 * turns.get(i).content().getBytes(UTF_8).length;
      }
      MemorySegment template = local.allocateFrom(chatTemplate);
      MemorySegment buffer = local.allocate(size);
      int length = library.applyChatTemplate(template, messages, turns.size(), true, buffer, size);
      if (length < 0 || length > size) {
        throw new ModelUnavailableException("llama.cpp does not know the model's chat template");
      }
      return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), UTF_8);
    }
  }

  /// One message of a chat: `system`, `user` or `assistant`.
  record Turn(String role, String content) {}

  /// Restricts generation to a GBNF grammar. Throws [InvalidGrammarException] if it is none.
  Grammar grammar(String gbnf) {
    return new Grammar(gbnf);
  }

  /// The state of one grammar along one output. Confined to the engine's thread; close it.
  final class Grammar implements AutoCloseable {
    private final MemorySegment sampler;

    private Grammar(String gbnf) {
      try (Arena local = Arena.ofConfined()) {
        sampler =
            library.newGrammar(vocabulary, local.allocateFrom(gbnf), local.allocateFrom("root"));
      }
      if (!rejectsNul()) {
        library.freeSampler(sampler);
        throw new InvalidGrammarException("not a valid GBNF grammar with a rule named root");
      }
    }

    /// llama.cpp b4916 returns a sampler without a grammar, which allows everything, for one it
    /// cannot parse. A real one never allows the token of the NUL byte, which comes last: some
    /// vocabularies put a space before every text.
    private boolean rejectsNul() {
      int[] nul = tokenize("\0", false);
      return nul.length > 0 && !allows(nul[nul.length - 1]);
    }

    boolean allows(int token) {
      float[] logits = new float[1];
      apply(new int[] {token}, logits);
      return Float.isFinite(logits[0]);
    }

    /// Sets the logits of all tokens that the grammar does not allow next to minus infinity.
    void restrict(float[] logits) {
      int[] tokens = new int[logits.length];
      Arrays.setAll(tokens, i -> i);
      apply(tokens, logits);
    }

    private void apply(int[] tokens, float[] logits) {
      StructLayout entry = LlamaLibrary.TOKEN_DATA;
      try (Arena local = Arena.ofConfined()) {
        MemorySegment data = local.allocate(entry, tokens.length);
        for (int i = 0; i < tokens.length; i++) {
          data.set(JAVA_INT, i * entry.byteSize(), tokens[i]);
          data.set(JAVA_FLOAT, i * entry.byteSize() + Integer.BYTES, logits[i]);
        }
        StructLayout layout = LlamaLibrary.TOKEN_DATA_ARRAY;
        MemorySegment array = local.allocate(layout);
        setAddress(array, layout, "data", data);
        array.set(JAVA_LONG, layout.byteOffset(PathElement.groupElement("size")), tokens.length);
        array.set(JAVA_LONG, layout.byteOffset(PathElement.groupElement("selected")), -1);
        library.applySampler(sampler, array);
        for (int i = 0; i < tokens.length; i++) {
          logits[i] = data.get(JAVA_FLOAT, i * entry.byteSize() + Integer.BYTES);
        }
      }
    }

    void accept(int token) {
      library.acceptToken(sampler, token);
    }

    @Override
    public void close() {
      library.freeSampler(sampler);
    }
  }

  @Override
  public void close() {
    library.freeContext(context);
    library.freeModel(model);
    arena.close();
  }

  private static void setInt(MemorySegment struct, StructLayout layout, String field, int value) {
    struct.set(JAVA_INT, layout.byteOffset(PathElement.groupElement(field)), value);
  }

  private static void setAddress(
      MemorySegment struct, StructLayout layout, String field, MemorySegment value) {
    struct.set(ADDRESS, layout.byteOffset(PathElement.groupElement(field)), value);
  }
}
