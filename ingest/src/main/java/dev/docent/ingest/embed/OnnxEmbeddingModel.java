package dev.docent.ingest.embed;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// bge-small-en-v1.5, quantised to 8 bits, run by ONNX Runtime in this process: 384 floats,
/// L2-normalised. Reads at most 512 tokens of a text; what is behind them has no part in the
/// vector.
///
/// Safe for concurrent use. All calls share one pool as wide as the machine's cores, one thread a
/// model call: LangChain4j's own class costs 1.8 times the CPU. The owner closes.
public final class OnnxEmbeddingModel
    implements EmbeddingModel, TokenCountEstimator, AutoCloseable {
  /// What the model was trained to see before a question (model card of BAAI/bge-small-en-v1.5).
  static final String QUERY_PREFIX = "Represent this sentence for searching relevant passages: ";

  public static final int DIMENSION = 384;

  private static final int MAX_TOKENS = 512;
  private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
  private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final ExecutorService pool;

  public OnnxEmbeddingModel() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /// @param threads model calls at a time
  public OnnxEmbeddingModel(int threads) {
    // DJL looks for native code and reports its use over the network unless told not to
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    this.tokenizer = loadTokenizer();
    this.environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "docent");
    try (var options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // the arena keeps the largest batch ever seen for good; plain allocation costs no time here
      options.setCPUArenaAllocator(false);
      options.setMemoryPatternOptimization(false);
      this.session = environment.createSession(resource(MODEL), options);
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model cannot be loaded", e);
    }
    this.pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("embedding-", 0).daemon().factory());
  }

  /// Vectors in the order of the texts.
  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    List<long[]> ids = segments.stream().map(segment -> read(segment.text())).toList();
    // longest first, so that no thread is left alone with a long text at the end
    List<Integer> order =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -ids.get(i).length))
            .toList();
    List<Callable<float[]>> calls = new ArrayList<>(order.size());
    order.forEach(i -> calls.add(() -> run(ids.get(i))));
    List<float[]> vectors = await(calls);
    Embedding[] embeddings = new Embedding[order.size()];
    for (int i = 0; i < embeddings.length; i++) {
      embeddings[order.get(i)] = Embedding.from(vectors.get(i));
    }
    int tokens = ids.stream().mapToInt(read -> read.length).sum();
    return Response.from(List.of(embeddings), new TokenUsage(tokens));
  }

  /// Texts read token by token, in their order. Costs no more than [#embedAll]: the model makes
  /// these states anyway.
  public List<TokenStates> readAll(List<String> texts) {
    List<Callable<TokenStates>> calls = new ArrayList<>(texts.size());
    texts.forEach(text -> calls.add(() -> states(text)));
    return await(calls);
  }

  /// The vector to search with for a question.
  public float[] embedQuery(String question) {
    return embed(QUERY_PREFIX + question).content().vector();
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public String modelName() {
    return "bge-small-en-v1.5-q";
  }

  /// Tokens of the text as the model reads it, markers at both ends not counted, not capped.
  @Override
  public int estimateTokenCountInText(String text) {
    return tokenizer.encode(text, false, false).getIds().length;
  }

  @Override
  public int estimateTokenCountInMessage(ChatMessage message) {
    throw new UnsupportedOperationException("an embedding model reads no messages");
  }

  @Override
  public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
    throw new UnsupportedOperationException("an embedding model reads no messages");
  }

  @Override
  public void close() {
    pool.close();
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the embedding model cannot be closed", e);
    }
  }

  /// Token ids with the markers at both ends, [CLS] and [SEP].
  private long[] read(String text) {
    return capped(tokenizer.encode(text, true, false).getIds());
  }

  private static long[] capped(long[] ids) {
    if (ids.length <= MAX_TOKENS) {
      return ids;
    }
    long[] beginning = Arrays.copyOf(ids, MAX_TOKENS);
    beginning[MAX_TOKENS - 1] = ids[ids.length - 1];
    return beginning;
  }

  /// One text a call: the model is quantised dynamically, so texts in one batch would change each
  /// other's vectors, and at a passage's length a batch is no faster.
  private float[] run(long[] ids) throws OrtException {
    return states(ids, 1)[0];
  }

  private TokenStates states(String text) throws OrtException {
    Encoding read = tokenizer.encode(text, true, false);
    long[] ids = capped(read.getIds());
    int tokens = ids.length - 2;
    float[][] states = states(ids, ids.length - 1);
    CharSpan[] spans = read.getCharTokenSpans();
    int[] starts = new int[tokens];
    int[] ends = new int[tokens];
    for (int i = 0; i < tokens; i++) {
      starts[i] = spans[i + 1].getStart();
      ends[i] = spans[i + 1].getEnd();
    }
    return new TokenStates(states[0], starts, ends, Arrays.copyOfRange(states, 1, ids.length - 1));
  }

  /// The first `count` tokens' states, each scaled to length 1.
  private float[][] states(long[] ids, int count) throws OrtException {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    long[] shape = {1, ids.length};
    try (var input = tensor(ids, shape);
        var mask = tensor(ones, shape);
        var types = tensor(new long[ids.length], shape);
        var result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[][] normalised = new float[count][];
      for (int i = 0; i < count; i++) {
        normalised[i] = normalised(states, i);
      }
      return normalised;
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /// A token's state, scaled to length 1; the first one's is the text's vector ([CLS] pooling).
  private static float[] normalised(FloatBuffer states, int token) {
    float[] vector = new float[DIMENSION];
    states.get(token * DIMENSION, vector);
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    double length = Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  private <T> List<T> await(List<Callable<T>> calls) {
    List<Future<T>> futures = calls.stream().map(pool::submit).toList();
    List<T> results = new ArrayList<>(futures.size());
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the embedding model failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while embedding", e);
    } finally {
      futures.forEach(future -> future.cancel(false));
    }
  }

  private static HuggingFaceTokenizer loadTokenizer() {
    try (InputStream json = open(TOKENIZER)) {
      return HuggingFaceTokenizer.newInstance(
          json, Map.of("padding", "false", "truncation", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = OnnxEmbeddingModel.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is not on the class path");
    }
    return in;
  }
}
