package dev.docent.model;

import static java.util.Objects.requireNonNull;

import dev.docent.model.LlamaEngine.Grammar;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A model in this process, run by llama.cpp on the processor.
///
/// One request runs at a time, on one thread of the engine. A request is cancellable while it waits
/// (it leaves the queue), while its prompt is read and while it generates (llama.cpp asks before
/// each step of a computation: milliseconds).
public final class LlamaChatModel implements LocalChatModel {
  private static final int DEFAULT_OUTPUT_TOKENS = 512;
  private static final int LEAST_OUTPUT_TOKENS = 16;
  private static final List<String> YES = List.of("yes", "Yes", "YES", " yes", " Yes");
  private static final List<String> NO = List.of("no", "No", "NO", " no", " No");

  private final ModelIdentity identity;
  private final LlamaEngine engine;
  private final TurnQueue turns;
  private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed; // guarded by lifetime

  private LlamaChatModel(ModelIdentity identity, LlamaEngine engine, LlamaSettings settings) {
    this.identity = identity;
    this.engine = engine;
    this.turns = new TurnQueue(settings.maxPending(), settings.queueTimeout());
  }

  /// Loads a model file, after its header was checked. Throws [ModelUnavailableException] if the
  /// file is not a model that llama.cpp b4916 runs, or there is not enough memory.
  public static LlamaChatModel load(ModelFile file, LlamaSettings settings) {
    GgufHeader.read(file.path()).requireSupported();
    LlamaEngine engine = new LlamaEngine(file.path(), settings);
    try {
      PromptTokens.of(engine, List.of(UserMessage.from("Is the template known?")));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
    return new LlamaChatModel(file.identity(), engine, settings);
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return GenerationParameters.builder().build();
  }

  @Override
  public StreamingHandle generate(ChatRequest request, StreamingChatResponseHandler handler) {
    requireNonNull(handler, "handler");
    return whileOpen(
        () -> {
          GenerationParameters parameters = GenerationParameters.of(request.parameters());
          int[] prompt = PromptTokens.of(engine, request.messages());
          int outputTokens = outputTokens(prompt.length, parameters.maxOutputTokens());
          TokenSampler sampler = new TokenSampler(parameters);
          Grammar grammar = parameters.grammar().map(engine::grammar).orElse(null);
          return turns.submit(
              new Generation(
                  prompt, outputTokens, sampler, grammar, parameters.stopSequences(), handler));
        });
  }

  private int outputTokens(int promptTokens, @Nullable Integer requested) {
    int room = engine.contextTokens() - promptTokens;
    if (room < (requested == null ? LEAST_OUTPUT_TOKENS : requested)) {
      throw new PromptTooLongException(promptTokens, engine.contextTokens());
    }
    return requested == null ? Math.min(DEFAULT_OUTPUT_TOKENS, room) : requested;
  }

  @Override
  public OptionalDouble yesProbability(String system, String user) {
    CompletableFuture<Double> answer = new CompletableFuture<>();
    StreamingHandle handle =
        whileOpen(
            () -> {
              int[] prompt =
                  PromptTokens.of(
                      engine, List.of(SystemMessage.from(system), UserMessage.from(user)));
              outputTokens(prompt.length, 1);
              return turns.submit(new YesOrNo(prompt, answer));
            });
    try {
      return OptionalDouble.of(answer.get());
    } catch (InterruptedException e) {
      handle.cancel();
      Thread.currentThread().interrupt();
      throw new ModelUnavailableException("Interrupted while waiting for the model", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ModelException known
          ? known
          : new ModelUnavailableException("The model failed", e.getCause());
    }
  }

  @Override
  public int countTokens(String text) {
    return whileOpen(() -> engine.tokenize(text, false).length);
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return whileOpen(() -> PromptTokens.of(engine, messages).length);
  }

  @Override
  public int contextTokens() {
    return engine.contextTokens();
  }

  @Override
  public int pendingRequests() {
    return turns.pending();
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  /// Cancels what runs, refuses what waits, and frees the model's memory. Idempotent.
  @Override
  public void close() {
    turns.close();
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        engine.close();
      }
    } finally {
      lifetime.writeLock().unlock();
    }
  }

  private <T> T whileOpen(Supplier<T> action) {
    lifetime.readLock().lock();
    try {
      if (closed) {
        throw new ModelUnavailableException("The model is closed");
      }
      return action.get();
    } finally {
      lifetime.readLock().unlock();
    }
  }

  /// One question answered with the probability of a yes.
  private final class YesOrNo extends TurnQueue.Turn {
    private final int[] prompt;
    private final CompletableFuture<Double> answer;

    private YesOrNo(int[] prompt, CompletableFuture<Double> answer) {
      this.prompt = prompt;
      this.answer = answer;
    }

    @Override
    boolean run() {
      if (engine.read(prompt, this::isStopped) < 0) {
        return false;
      }
      float[] logits = engine.logits();
      float best = logits[TokenSampler.best(logits)];
      double yes = mass(YES, logits, best);
      return answer.complete(yes / (yes + mass(NO, logits, best)));
    }

    private double mass(List<String> words, float[] logits, float best) {
      return words.stream()
          .map(word -> engine.tokenize(word, false))
          .filter(tokens -> tokens.length == 1)
          .mapToInt(tokens -> tokens[0])
          .distinct()
          .mapToDouble(token -> Math.exp(logits[token] - best))
          .sum();
    }

    @Override
    void fail(RuntimeException cause) {
      answer.completeExceptionally(cause);
    }

    @Override
    void release() {}
  }

  /// One output, token by token.
  private final class Generation extends TurnQueue.Turn {
    private final int[] prompt;
    private final int outputTokens;
    private final TokenSampler sampler;
    private final @Nullable Grammar grammar;
    private final StopSequences stops;
    private final StreamingChatResponseHandler handler;
    private final Utf8Assembler characters = new Utf8Assembler();
    private final StringBuilder output = new StringBuilder();

    private Generation(
        int[] prompt,
        int outputTokens,
        TokenSampler sampler,
        @Nullable Grammar grammar,
        List<String> stopSequences,
        StreamingChatResponseHandler handler) {
      this.prompt = prompt;
      this.outputTokens = outputTokens;
      this.sampler = sampler;
      this.grammar = grammar;
      this.stops = new StopSequences(stopSequences);
      this.handler = handler;
    }

    @Override
    boolean run() {
      long start = System.nanoTime();
      int cached = engine.read(prompt, this::isStopped);
      long read = System.nanoTime();
      if (cached < 0) {
        return false;
      }
      Duration promptTime = Duration.ofNanos(read - start);
      handler.onUnmappedRawEvent(new PromptRead(prompt.length, cached, waited(), promptTime));
      int generated = 0;
      FinishReason reason = FinishReason.LENGTH;
      while (generated < outputTokens) {
        int token = nextToken();
        if (engine.endsGeneration(token)) {
          reason = FinishReason.STOP;
          break;
        }
        generated++;
        show(stops.append(characters.append(engine.piece(token))));
        if (stops.reached()) {
          reason = FinishReason.STOP;
          break;
        }
        if (generated < outputTokens && !engine.append(token, this::isStopped)) {
          return false;
        }
      }
      show(stops.append(characters.finish()));
      show(stops.finish());
      complete(
          reason,
          new GenerationTimings(
              prompt.length,
              cached,
              generated,
              waited(),
              promptTime,
              Duration.ofNanos(System.nanoTime() - read)));
      return true;
    }

    /// The grammar costs a pass over the whole vocabulary: it is asked about the chosen token
    /// first.
    private int nextToken() {
      float[] logits = engine.logits();
      if (grammar == null) {
        return sampler.sample(logits);
      }
      int token = sampler.sample(logits);
      if (!grammar.allows(token)) {
        grammar.restrict(logits);
        token = sampler.sample(logits);
      }
      grammar.accept(token);
      return token;
    }

    private void show(String text) {
      if (!text.isEmpty() && !isCancelled()) {
        output.append(text);
        handler.onPartialResponse(new PartialResponse(text), new PartialResponseContext(this));
      }
    }

    private void complete(FinishReason reason, GenerationTimings timings) {
      if (isCancelled()) {
        return;
      }
      if (output.isEmpty()) {
        throw new EmptyOutputException("The model ended its turn without a word");
      }
      handler.onCompleteResponse(
          ChatResponse.builder()
              .aiMessage(AiMessage.from(output.toString()))
              .metadata(new GenerationMetadata(identity.name(), reason, timings))
              .build());
    }

    @Override
    void fail(RuntimeException cause) {
      handler.onError(cause);
    }

    @Override
    void release() {
      if (grammar != null) {
        grammar.close();
      }
    }
  }
}
